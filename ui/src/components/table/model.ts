import { compare } from "../../lib/decimal";

/** What a column sorts by: words, an exact figure, or nothing (always last). */
export type SortValue = { text: string } | { figure: string } | null;

export interface Sort {
  column: string;
  direction: "up" | "down";
}

export interface SortableColumn<Row> {
  id: string;
  sortBy?: (row: Row) => SortValue;
  /** Direction of the first press: figures mostly start with the largest. */
  firstDirection?: Sort["direction"];
}

/** Rows in the order of one column; equal rows keep their order, missing values stay last. */
export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly SortableColumn<Row>[],
  sort: Sort | null,
  locale: string,
): readonly Row[] {
  const sortBy = columns.find((column) => column.id === sort?.column)?.sortBy;
  if (!sort || !sortBy) return rows;
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: "base" });
  const factor = sort.direction === "up" ? 1 : -1;
  const keyed = rows.map((row) => ({ row, key: sortBy(row) }));
  return keyed.toSorted((a, b) => order(a.key, b.key, factor, collator)).map(({ row }) => row);
}

function order(a: SortValue, b: SortValue, factor: number, collator: Intl.Collator): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  if ("figure" in a && "figure" in b) return factor * compare(a.figure, b.figure);
  const text = (value: NonNullable<SortValue>) => ("text" in value ? value.text : value.figure);
  return factor * collator.compare(text(a), text(b));
}

/** The sort after a press on a head: first direction, the other one, then none. */
export function nextSort<Row>(sort: Sort | null, column: SortableColumn<Row>): Sort | null {
  const first = column.firstDirection ?? "up";
  if (sort?.column !== column.id) return { column: column.id, direction: first };
  if (sort.direction !== first) return null;
  return { column: column.id, direction: first === "up" ? "down" : "up" };
}

/** Pixels below which the table scrolls sideways: each column at the least its track allows. */
export function leastWidth(columns: readonly { width?: string }[]): number {
  const least = (track: string | undefined) => Number.parseInt(/(\d+)px/.exec(track ?? "96px")?.[1] ?? "96", 10);
  return columns.reduce((sum, column) => sum + least(column.width), 16);
}

export type Move = "next" | "previous" | "first" | "last" | "pageDown" | "pageUp";

const MOVES: Record<string, Move> = {
  ArrowDown: "next",
  j: "next",
  ArrowUp: "previous",
  k: "previous",
  Home: "first",
  End: "last",
  PageDown: "pageDown",
  PageUp: "pageUp",
};

/** The move a key means in a list; keys with Ctrl, Alt or Cmd mean something else. */
export function moveOf(event: { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean }): Move | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  return MOVES[event.key] ?? null;
}

/** The row after a move: stays inside the list; from nowhere the first or last one. */
export function movedIndex(index: number, move: Move, count: number, page: number): number {
  if (count === 0) return -1;
  const last = count - 1;
  switch (move) {
    case "next":
      return Math.min(index + 1, last);
    case "previous":
      return index < 0 ? last : Math.max(index - 1, 0);
    case "first":
      return 0;
    case "last":
      return last;
    case "pageDown":
      return Math.min(Math.max(index, 0) + page, last);
    case "pageUp":
      return Math.max(index - page, 0);
  }
}

export type TableState = "loading" | "error" | "empty" | "noResult" | "rows";

/** Which of the five faces of a list is shown. */
export function tableState(
  rows: readonly unknown[] | undefined,
  error: unknown,
  isFiltered: boolean,
): TableState {
  if (rows && rows.length > 0) return "rows";
  if (error) return "error";
  if (!rows) return "loading";
  return isFiltered ? "noResult" : "empty";
}
