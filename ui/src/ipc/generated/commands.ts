// Placeholder with the shape of the generated file, until the command list writes it.
import type { BookStatus, Tag } from "./types";

type Empty = Record<string, never>;

export interface Commands {
  book_status: { request: Empty; reply: BookStatus; kind: "query" };
  undo: { request: Empty; reply: BookStatus; kind: "mutation" };
  redo: { request: Empty; reply: BookStatus; kind: "mutation" };
}

export const provides: Record<string, Tag[]> = { book_status: ["book"] };
export const invalidates: Record<string, Tag[]> = {
  undo: ["book", "customer", "price", "plan", "usage", "invoice", "company"],
  redo: ["book", "customer", "price", "plan", "usage", "invoice", "company"],
};
