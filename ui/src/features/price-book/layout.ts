import type { PriceRow, ProviderRow } from "../../ipc/generated/types";

/** Rows asked for at once. */
export const PAGE = 200;

/** A provider with its models in the grid. */
export interface Group {
  provider: ProviderRow;
  /** Line of the provider's own row. */
  line: number;
  /** Index of its first model among all matching ones. */
  first: number;
  isOpen: boolean;
}

export interface Layout {
  groups: readonly Group[];
  lines: number;
}

export type Line = { kind: "provider"; group: Group } | { kind: "model"; group: Group; index: number };

/** Where each provider and model stands, known before any model is loaded. */
export function layoutOf(providers: readonly ProviderRow[], closed: ReadonlySet<string>): Layout {
  const groups: Group[] = [];
  let line = 0;
  let first = 0;
  for (const provider of providers) {
    const isOpen = !closed.has(provider.provider);
    groups.push({ provider, line, first, isOpen });
    line += 1 + (isOpen ? provider.matching : 0);
    first += provider.matching;
  }
  return { groups, lines: line };
}

/** What stands on a line; null outside. */
export function lineAt({ groups, lines }: Layout, line: number): Line | null {
  if (line < 0 || line >= lines) return null;
  let low = 0;
  let high = groups.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((groups[middle]?.line ?? 0) <= line) low = middle;
    else high = middle - 1;
  }
  const group = groups[low];
  if (!group) return null;
  if (group.line === line) return { kind: "provider", group };
  return { kind: "model", group, index: group.first + line - group.line - 1 };
}

/** The line of a model by its index; null when its provider is closed. */
export function lineOf({ groups }: Layout, index: number): number | null {
  const group = groups.findLast((one) => one.first <= index && index < one.first + one.provider.matching);
  return group?.isOpen ? group.line + 1 + index - group.first : null;
}

/** Offsets of the pages that hold the models between two lines. */
export function pagesOf(layout: Layout, from: number, to: number): number[] {
  const pages = new Set<number>();
  for (let line = Math.max(0, from); line <= to && line < layout.lines; line++) {
    const found = lineAt(layout, line);
    if (found?.kind === "model") pages.add(Math.floor(found.index / PAGE) * PAGE);
  }
  return [...pages].toSorted((a, b) => a - b);
}

/** The selected place: survives views, filters and reloading because it names the model. */
export interface Cursor {
  line: number;
  /** Column; null is the name column. */
  dimension: string | null;
  /** `provider/model`, or the provider alone; null while the row is not loaded. */
  key: string | null;
}

export type GridMove =
  | "up"
  | "down"
  | "left"
  | "right"
  | "rowStart"
  | "rowEnd"
  | "first"
  | "last"
  | "pageUp"
  | "pageDown";

interface Key {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

const MOVES: Record<string, GridMove> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  Home: "rowStart",
  End: "rowEnd",
  PageUp: "pageUp",
  PageDown: "pageDown",
  j: "down",
  k: "up",
};

/** The move that a key means; Ctrl Home and Ctrl End go to the corners. */
export function gridMoveOf(event: Key): GridMove | null {
  if (event.altKey) return null;
  if (event.ctrlKey || event.metaKey) {
    return event.key === "Home" ? "first" : event.key === "End" ? "last" : null;
  }
  return MOVES[event.key] ?? null;
}

/** The place after a move: stays inside the grid. The key is lost when the line changes. */
export function moveCursor(
  cursor: Cursor,
  move: GridMove,
  { lines, columns, page }: { lines: number; columns: readonly string[]; page: number },
): Cursor {
  const column = cursor.dimension === null ? -1 : columns.indexOf(cursor.dimension);
  const toLine = (line: number): Cursor => {
    const next = Math.min(Math.max(line, 0), lines - 1);
    return next === cursor.line ? cursor : { ...cursor, line: next, key: null };
  };
  const toColumn = (next: number): Cursor => ({ ...cursor, dimension: columns[Math.min(next, columns.length - 1)] ?? null });
  switch (move) {
    case "up":
      return toLine(cursor.line - 1);
    case "down":
      return toLine(cursor.line + 1);
    case "pageUp":
      return toLine(cursor.line - page);
    case "pageDown":
      return toLine(cursor.line + page);
    case "left":
      return toColumn(column - 1);
    case "right":
      return toColumn(column + 1);
    case "rowStart":
      return toColumn(-1);
    case "rowEnd":
      return toColumn(columns.length - 1);
    case "first":
      return { ...toLine(0), dimension: null };
    case "last":
      return { ...toLine(lines - 1), dimension: columns.at(-1) ?? null };
  }
}

/**
 * Line of the cursor in the rows of now: where it was, or where its model went. −1 when the model
 * is not in the grid; the first model when nothing was selected yet.
 */
export function cursorLine(
  cursor: Cursor | null,
  layout: Layout,
  rows: ReadonlyMap<number, PriceRow>,
): number {
  if (cursor === null) return layout.lines > 1 && layout.groups[0]?.isOpen ? 1 : 0;
  const here = lineAt(layout, cursor.line);
  if (cursor.key === null) return here ? cursor.line : -1;
  if (here && keyAt(here, rows) === cursor.key) return cursor.line;
  for (const [index, row] of rows) {
    if (`${row.provider}/${row.model}` === cursor.key) return lineOf(layout, index) ?? -1;
  }
  return layout.groups.find((group) => group.provider.provider === cursor.key)?.line ?? -1;
}

/** What a line is called: `provider/model`, the provider, or null while it is not loaded. */
export function keyAt(line: Line, rows: ReadonlyMap<number, PriceRow>): string | null {
  if (line.kind === "provider") return line.group.provider.provider;
  const row = rows.get(line.index);
  return row ? `${row.provider}/${row.model}` : null;
}
