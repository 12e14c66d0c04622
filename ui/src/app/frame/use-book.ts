import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import type { OpenBook } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";

/** The open book as the frame shows it; undefined while none is open or known. */
export function useBook(): OpenBook | undefined {
  const status = useCommand("book_status", {}).data;
  const navigate = useNavigate();
  const isClosed = status !== undefined && status.book === null;
  useEffect(() => {
    // The book was closed: every screen would only say so.
    if (isClosed) void navigate({ to: "/", replace: true });
  }, [isClosed, navigate]);
  return status?.book ?? undefined;
}
