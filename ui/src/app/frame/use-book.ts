import type { BookStatus } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";

/** The open book as the frame shows it; undefined while it is not known. */
export function useBook(): BookStatus | undefined {
  return useCommand("book_status", {}).data;
}
