import type { PricePasteRequest, PriceRow } from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";
import { cellOf, readColumn } from "./columns";
import { type ModelName } from "./model";
import { type CellReading, guessSign, guessUnit, readCell, type Sign, stagedText, type Unit, unitOfWords } from "./paste";

/** How a pasted block is to be read. */
export interface PasteReading {
  sign: Sign;
  unit: Unit;
  /** The first line names the columns. */
  hasHead: boolean;
  /** Column with the names of models; null when the block falls on the rows of the grid. */
  names: number | null;
  /** What each pasted column is: id of a column of the grid, or null to leave it out. */
  columns: readonly (string | null)[];
}

export interface PasteFault {
  /** From 1, as a person counts. */
  row: number;
  column: number;
  text: string;
  code: "text_among_numbers" | "unknown_model" | "ambiguous_model";
}

export interface PastePlan {
  request: PricePasteRequest;
  faults: PasteFault[];
  /** Cells that say something. */
  filled: number;
}

const bare = (text: string) =>
  text
    .toLowerCase()
    .replace(/\(.*?\)|\[.*?\]/g, " ")
    .replace(/(?:[$€£]|usd|eur)?\s*(?:per|\/)\s*(?:1?\s*[mk](?:tok\w*)?|1,?000,?000|1,?000|million|token)\b/gi, " ")
    .replace(/\b(?:price|cost|rate|tokens?|usd|eur)\b|[$€£_\-/]/g, " ")
    .replace(/\s+/g, " ")
    .trim();

const WORDS: Record<string, string> = {
  prompt: "input_tokens",
  input: "input_tokens",
  in: "input_tokens",
  completion: "output_tokens",
  output: "output_tokens",
  out: "output_tokens",
  "cached input": "cache_read_tokens",
  cached: "cache_read_tokens",
  "cache read": "cache_read_tokens",
  "cache read input": "cache_read_tokens",
  "input cache read": "cache_read_tokens",
  "cache hit": "cache_read_tokens",
  "cache write": "cache_write_tokens",
  "cache creation": "cache_write_tokens",
  "cache creation input": "cache_write_tokens",
  "input cache write": "cache_write_tokens",
  reasoning: "output_reasoning_tokens",
  "internal reasoning": "output_reasoning_tokens",
};

/** The column of the grid that a head means; null when none. `named` gives the words of each. */
export function columnOfHead(head: string, columns: readonly string[], named: (id: string) => string[]): string | null {
  const wanted = head.trim().toLowerCase();
  if (wanted === "") return null;
  const exact = columns.find((id) => [id, ...named(id)].some((word) => word.toLowerCase() === wanted));
  if (exact) return exact;
  const plain = WORDS[bare(head)];
  return columns.find((id) => id === plain || named(id).some((word) => bare(word) === bare(head))) ?? null;
}

/** Rows that a guess looks at: a person sees what came out of it. */
const SAMPLE = 1_000;

const MODEL_HEAD = /^(?:model|models|model ?(?:id|name)|name|id|slug|deployment|modell)$/i;

/** What a guess looks at beside the block. */
export interface PasteGrid {
  columns: readonly string[];
  /** Column of the cursor. */
  from: number;
  named: (id: string) => string[];
  /** It was pasted onto cells: a word is then a fault rather than a name, unless some model has it. */
  onCells?: boolean;
  isName?: (text: string) => boolean;
}

/** A first guess: a list with names and a head, or a block that falls on the grid from the cursor on. */
export function guessReading(block: readonly (readonly string[])[], grid: PasteGrid, locale: string): PasteReading {
  const [first = []] = block;
  const heads = first.map((word) => columnOfHead(word, grid.columns, grid.named));
  const hasHead = heads.some((id) => id !== null) || first.some((word) => MODEL_HEAD.test(word.trim()));
  const body = hasHead ? block.slice(1) : block;
  const sign = guessSign(body.slice(0, SAMPLE).flat(), locale);
  const isText = (at: number) => {
    const words = body.slice(0, SAMPLE).map((row) => row[at] ?? "");
    const texts = words.filter((word) => readCell(word, sign, locale).kind === "text");
    if (texts.length === 0 || texts.length * 2 < words.length) return false;
    if (!grid.onCells || texts.some((word) => grid.isName?.(word))) return true;
    // Names that nobody knows stand before their prices, one in each of several lines.
    return at === 0 && body.length > 1 && texts.length === words.length && first.length > 1;
  };
  const byHead = first.findIndex((word) => hasHead && MODEL_HEAD.test(word.trim()));
  const byText = first.findIndex((_, at) => isText(at));
  const names = byHead >= 0 ? byHead : byText >= 0 ? byText : null;
  // A head without names would not say which rows are meant: the block still falls on the grid.
  // Names without a head pasted onto cells: their prices fall from the selected column on.
  const onGrid = names === null || grid.onCells === true;
  const places = first.map((_, at) => at).filter((at) => at !== names);
  const fallsOn = (at: number) => (onGrid ? (grid.columns[grid.from + places.indexOf(at)] ?? null) : null);
  const columns = first.map((_, at) => (at === names ? null : hasHead ? (heads[at] ?? null) : fallsOn(at)));
  const seen = new Set<string>();
  const once = columns.map((id) => (id === null || seen.has(id) ? null : (seen.add(id), id)));
  return { sign, unit: (hasHead && unitOfWords(first)) || "million", hasHead, names, columns: once };
}

/** Models by what they may be called. */
export function modelIndex(models: readonly ModelName[]): ReadonlyMap<string, readonly ModelName[]> {
  const index = new Map<string, ModelName[]>();
  const put = (name: string, model: ModelName) => {
    const known = index.get(name);
    if (!known) index.set(name, [model]);
    else if (!known.includes(model)) known.push(model);
  };
  for (const model of models) {
    put(model.model.toLowerCase(), model);
    put(`${model.provider}/${model.model}`.toLowerCase(), model);
  }
  return index;
}

export interface PasteTarget {
  /** Rows of the grid from the cursor on, for a block without names. */
  rows: readonly (PriceRow | undefined)[];
  /** All models, for a list with names. */
  index: ReadonlyMap<string, readonly ModelName[]>;
  /** The provider that the grid is filtered to: it settles a name that several have. */
  provider: string | null;
  rowOf: (model: ModelName) => PriceRow | undefined;
}

/** A number as the view means it: a price, a percent on cost, a wished margin. */
export type FromNumber = (value: DecimalString) => string | null;

/** What the block would stage, and each cell that cannot be read. */
export function planPaste(
  block: readonly (readonly string[])[],
  reading: PasteReading,
  target: PasteTarget,
  locale: string,
  asTyped: FromNumber | null = null,
): PastePlan {
  const body = reading.hasHead ? block.slice(1) : block;
  const firstRow = reading.hasHead ? 2 : 1;
  const faults: PasteFault[] = [];
  let filled = 0;
  const taken = reading.columns.flatMap((id, at) => (id === null ? [] : [{ id, dimension: readColumn(id).dimension, at }]));
  const columns = new Map<string, { place: number; dimension: string; conditions: string }>();
  const rows: { model: ModelName; cells: Map<number, string> }[] = [];
  body.forEach((cells, at) => {
    const found = rowAt(cells, at, reading, target);
    const hasValue = taken.some((column) => (cells[column.at] ?? "").trim() !== "");
    if (!hasValue) return;
    if ("code" in found) {
      faults.push({ row: firstRow + at, column: (reading.names ?? 0) + 1, text: cells[reading.names ?? 0] ?? "", code: found.code });
      return;
    }
    const row = target.rowOf(found);
    const texts = new Map<number, string>();
    for (const { id, dimension, at: across } of taken) {
      const raw = cells[across] ?? "";
      const text = textOf(readCell(raw, reading.sign, locale), dimension, reading.unit, asTyped);
      if (text === null) faults.push({ row: firstRow + at, column: across + 1, text: raw, code: "text_among_numbers" });
      if (text === null || text === "") continue;
      const conditions = cellOf(row, id)?.conditionsKey ?? "";
      const key = `${id}\n${conditions}`;
      const place = columns.get(key)?.place ?? columns.size;
      if (place === columns.size) columns.set(key, { place, dimension, conditions });
      texts.set(place, text);
      filled += 1;
    }
    if (texts.size > 0) rows.push({ model: found, cells: texts });
  });
  return {
    request: {
      columns: [...columns.values()].map(({ dimension, conditions }) => ({ dimension, conditions })),
      rows: rows.map(({ model: { provider, model }, cells }) => ({ provider, model, cells: Array.from({ length: columns.size }, (_, at) => cells.get(at) ?? "") })),
      note: "",
    },
    faults,
    filled,
  };
}

function textOf(reading: CellReading, dimension: string, unit: Unit, asTyped: FromNumber | null): string | null {
  if (reading.kind === "value" && asTyped) return asTyped(reading.value);
  return stagedText(reading, dimension, unit);
}

function rowAt(cells: readonly string[], at: number, reading: PasteReading, target: PasteTarget): ModelName | { code: PasteFault["code"] } {
  if (reading.names === null) {
    const row = target.rows[at];
    return row ? { provider: row.provider, model: row.model } : { code: "unknown_model" };
  }
  const name = (cells[reading.names] ?? "").trim().toLowerCase();
  const found = target.index.get(name) ?? [];
  const [only] = found.length > 1 && target.provider ? found.filter(({ provider }) => provider === target.provider) : found;
  if (!only) return { code: "unknown_model" };
  return found.length > 1 && !target.provider ? { code: "ambiguous_model" } : only;
}

/** The unit by the prices that the cells have now. */
export function guessPasteUnit(block: readonly (readonly string[])[], reading: PasteReading, target: PasteTarget, locale: string): Unit {
  const body = reading.hasHead ? block.slice(1, 400) : block.slice(0, 400);
  const pairs = body.flatMap((cells, at) => {
    const found = rowAt(cells, at, reading, target);
    const row = "code" in found ? undefined : target.rowOf(found);
    return reading.columns.flatMap((id, across) => {
      const read = id === null || !readColumn(id).dimension.endsWith("_tokens") ? null : readCell(cells[across] ?? "", reading.sign, locale);
      if (id === null || read?.kind !== "value") return [];
      const cell = cellOf(row, id);
      return [{ value: read.value, now: cell?.sell ?? cell?.costConverted ?? null }];
    });
  });
  return guessUnit(pairs);
}
