import type { ChargedAs, PriceCell, PriceColumn, PriceGridReply, PricePlace, PriceRow } from "../../ipc/generated/types";
import { type DimensionGroup, groupOf, spansOf } from "./model";

/** One column: a dimension, plain or under conditions. */
export interface GridColumn {
  /** The dimension, behind its conditions where it has some: `long_context|input_tokens`. */
  id: string;
  dimension: string;
  /** `long_context`, `processing = batch`; empty without conditions. */
  under: string;
}

export interface ColumnSpan {
  /** A group of dimensions, or the conditions that all its columns have. */
  group: DimensionGroup | { under: string };
  columns: GridColumn[];
}

const PARTED = "|";

export function columnId(dimension: string, under: string): string {
  return under === "" ? dimension : `${under}${PARTED}${dimension}`;
}

export function readColumn(id: string): GridColumn {
  const cut = id.indexOf(PARTED);
  return { id, dimension: cut < 0 ? id : id.slice(cut + 1), under: cut < 0 ? "" : id.slice(0, cut) };
}

/** Text first, then prices under conditions, then the rest; each group in the book's order. */
export function columnsOf(head: Pick<PriceGridReply, "dimensions" | "conditionColumns"> | undefined): ColumnSpan[] {
  if (!head) return [];
  const plain = spansOf(head.dimensions).map(({ group, dimensions }): ColumnSpan => ({ group, columns: dimensions.map((one) => ({ id: one, dimension: one, under: "" })) }));
  const conditional = conditionSpans(head.conditionColumns);
  const after = plain.findIndex(({ group }) => group === "media" || group === "other");
  return after < 0 ? [...plain, ...conditional] : [...plain.slice(0, after), ...conditional, ...plain.slice(after)];
}

function conditionSpans(columns: readonly PriceColumn[]): ColumnSpan[] {
  const names = [...new Set(columns.map(({ column }) => column))];
  return names.map((under) => {
    const dimensions = columns.filter(({ column }) => column === under).map(({ dimension }) => dimension);
    const sorted = spansOf(dimensions).flatMap((span) => span.dimensions);
    return { group: { under }, columns: sorted.map((dimension) => ({ id: columnId(dimension, under), dimension, under })) };
  });
}

/** The columns without those that are hidden; the one that was gone to is always there. */
export function shownColumns(spans: readonly ColumnSpan[], hidden: ReadonlySet<string>, wanted: string | null): ColumnSpan[] {
  return spans
    .map((span) => ({ ...span, columns: span.columns.filter(({ id }) => id === wanted || !hidden.has(id)) }))
    .filter((span) => span.columns.length > 0);
}

/** The cell of a column; null where the model does not offer it. */
export function cellOf(row: PriceRow | undefined, id: string | null): PriceCell | null {
  if (!row || id === null) return null;
  const { dimension, under } = readColumn(id);
  if (under === "") return row.cells.find((cell) => cell.dimension === dimension) ?? null;
  return row.conditionCells.find((cell) => cell.column === under && cell.dimension === dimension) ?? null;
}

/** The dimension whose price is taken where a model has none of its own. */
export function chargedAs(row: PriceRow | undefined, id: string): ChargedAs | null {
  return row?.chargedAs.find(({ dimension }) => dimension === id) ?? null;
}

/** How a cell is named to the program. */
export function placeOf(row: PriceRow, id: string): PricePlace {
  const { dimension } = readColumn(id);
  // Exactly these conditions, also when they are none: a list price must not reach long contexts.
  return { provider: row.provider, model: row.model, dimension, conditions: cellOf(row, id)?.conditionsKey ?? "" };
}

export function isCondition(group: ColumnSpan["group"]): group is { under: string } {
  return typeof group === "object";
}

export { groupOf };
