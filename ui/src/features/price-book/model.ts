import type { GridFilter } from "../../ipc/generated/types";
import { add, type DecimalString, shift, toCoordinate } from "../../lib/decimal";

/** What the cells show; keys 1 to 4 in this order. */
export const VIEWS = ["cost", "markup", "sell", "margin"] as const;
export type View = (typeof VIEWS)[number];
export const FILTERS: readonly GridFilter[] = ["used", "all", "own", "below_cost"];

/** What the address of the price book says. */
export interface PriceSearch {
  search?: string;
  show?: GridFilter;
  provider?: string;
  view?: View;
  /** `provider/model`. */
  model?: string;
  dimension?: string;
  /** An open sheet. */
  sheet?: "rules" | "review";
  /** The version that prices are compared with. */
  compare?: number;
}

const word = (value: unknown) =>
  typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;

/** Reads the address and forgives what it does not know. A model alone is shown among all models. */
export function readSearch(raw: Record<string, unknown>): PriceSearch {
  const model = word(raw.model);
  const show = FILTERS.find((filter) => filter === raw.show);
  const search = word(raw.search);
  const alone = model !== undefined && show === undefined && search === undefined;
  return {
    search: alone ? splitKey(model).model : search,
    show: alone ? "all" : show,
    provider: word(raw.provider),
    view: VIEWS.find((view) => view === raw.view),
    model,
    dimension: word(raw.dimension),
    sheet: raw.sheet === "rules" || raw.sheet === "review" ? raw.sheet : undefined,
    compare: typeof raw.compare === "number" && Number.isInteger(raw.compare) && raw.compare > 0 ? raw.compare : undefined,
  };
}

export interface ModelName {
  provider: string;
  model: string;
}

/** `openai/gpt-5`: the provider is what stands before the first slash. */
export function keyOf({ provider, model }: ModelName): string {
  return `${provider}/${model}`;
}

export function splitKey(key: string): ModelName {
  const cut = key.indexOf("/");
  return cut < 0 ? { provider: "", model: key } : { provider: key.slice(0, cut), model: key.slice(cut + 1) };
}

/** Prices of tokens are per million, all others per unit. */
export function isTokens(dimension: string): boolean {
  return dimension.endsWith("_tokens");
}

export type DimensionGroup = "text" | "cache" | "media" | "other";
const GROUPS: readonly DimensionGroup[] = ["text", "cache", "media", "other"];
const TEXT = ["input_tokens", "output_tokens", "output_reasoning_tokens", "input_tool_tokens", "citation_tokens"];

export function groupOf(dimension: string): DimensionGroup {
  if (TEXT.includes(dimension) || dimension.endsWith("unspecified_tokens")) return "text";
  if (/audio|image|video|pixels/.test(dimension)) return "media";
  return dimension.includes("cache_") ? "cache" : "other";
}

export interface DimensionSpan {
  group: DimensionGroup;
  dimensions: string[];
}

/** Dimensions in groups: text first, then cache, media and the rest; inside a group in the book's order. */
export function spansOf(dimensions: readonly string[]): DimensionSpan[] {
  const rank = (dimension: string) => {
    const at = TEXT.indexOf(dimension);
    return at < 0 ? TEXT.length + dimensions.indexOf(dimension) : at;
  };
  return GROUPS.map((group) => ({
    group,
    dimensions: dimensions.filter((one) => groupOf(one) === group).toSorted((a, b) => rank(a) - rank(b)),
  })).filter((span) => span.dimensions.length > 0);
}

/** A markup as a factor: 45 percent is 1.45. Exact. */
export function factorOf(percent: string): DecimalString {
  return shift(add(percent, "100"), -2);
}

/** Step of the heat map that a margin falls into; below cost has a drawing of its own. */
export function heatOf(margin: string): "n2" | "n1" | "0" | "1" | "2" | "3" | "4" {
  const level = toCoordinate(margin);
  if (level < 0) return "n2";
  if (level < 10) return "n1";
  if (level < 20) return "0";
  if (level < 30) return "1";
  if (level < 40) return "2";
  return level < 50 ? "3" : "4";
}

/** Thousands short as in `272K`, for the tag of a threshold. */
export function shortTokens(tokens: number): string {
  if (tokens >= 1_000_000 && tokens % 100_000 === 0) return `${tokens / 1_000_000}M`;
  return tokens >= 1000 ? `${Math.round(tokens / 1000)}K` : String(tokens);
}
