import { type Cursor, type GridMove, type Layout, lineAt, moveCursor } from "./layout";

/** A corner of a range: a line and a column, −1 is the column of names. */
export interface Corner {
  line: number;
  column: number;
}

/** Two opposite corners, in any order. */
export interface Range {
  from: Corner;
  to: Corner;
}

/** A range in order, both ends included. From the names on, whole rows are meant. */
export interface Bounds {
  top: number;
  bottom: number;
  left: number;
  right: number;
  /** The names belong to it. */
  wholeRows: boolean;
}

export function boundsOf({ from, to }: Range, columns: number): Bounds {
  const wholeRows = Math.min(from.column, to.column) < 0;
  return {
    top: Math.min(from.line, to.line),
    bottom: Math.max(from.line, to.line),
    left: wholeRows ? 0 : Math.min(from.column, to.column),
    right: wholeRows ? columns - 1 : Math.max(from.column, to.column),
    wholeRows,
  };
}

/** More than one cell: a single one is the cursor's and needs no range. */
export function isMany({ from, to }: Range): boolean {
  return from.line !== to.line || from.column !== to.column;
}

export function holds(bounds: Bounds | null, line: number, column: number): boolean {
  if (bounds === null || line < bounds.top || line > bounds.bottom) return false;
  return column < 0 ? bounds.wholeRows : column >= bounds.left && column <= bounds.right;
}

/** The range after its far end moved; without one it begins at the cursor. */
export function extend(
  range: Range | null,
  active: Corner,
  move: GridMove,
  grid: { lines: number; columns: readonly string[]; page: number },
): Range {
  const far = range?.to ?? active;
  const cursor: Cursor = { line: far.line, dimension: grid.columns[far.column] ?? null, key: null };
  const next = moveCursor(cursor, move, grid);
  const column = next.dimension === null ? -1 : grid.columns.indexOf(next.dimension);
  return { from: active, to: { line: next.line, column } };
}

/** All rows that the filter shows, without their names: what is pasted elsewhere keeps its place. */
export function everything(lines: number, columns: number): Range {
  return { from: { line: 0, column: 0 }, to: { line: lines - 1, column: columns - 1 } };
}

/** Indices of the models in it, in order; heads of providers are no cells. */
export function modelsIn(layout: Layout, bounds: Bounds): number[] {
  const found: number[] = [];
  for (let line = bounds.top; line <= bounds.bottom; line++) {
    const place = lineAt(layout, line);
    if (place?.kind === "model") found.push(place.index);
  }
  return found;
}

/** How many models and columns it covers. */
export function sizeOf(layout: Layout, bounds: Bounds): { models: number; columns: number } {
  return { models: modelsIn(layout, bounds).length, columns: bounds.right - bounds.left + 1 };
}

/** The next model lines from a line on, that line included when it is one. */
export function modelLines(layout: Layout, from: number, count: number): number[] {
  const lines: number[] = [];
  for (let line = from; line < layout.lines && lines.length < count; line++) {
    if (lineAt(layout, line)?.kind === "model") lines.push(line);
  }
  return lines;
}

/**
 * The range after its corner was dragged to a cell: further down, else further to the right. A range
 * grows to one side only; dragged back into itself it is what it was.
 */
export function filled(base: Bounds, to: Corner, columns: number): Bounds {
  if (to.line > base.bottom) return { ...base, bottom: to.line };
  return to.column > base.right ? { ...base, right: Math.min(to.column, columns - 1) } : base;
}
