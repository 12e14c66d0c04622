import type { OpenBook } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";

/** The open book as the frame shows it; undefined while none is open or known. */
export function useBook(): OpenBook | undefined {
  return useCommand("book_status", {}).data?.book ?? undefined;
}
