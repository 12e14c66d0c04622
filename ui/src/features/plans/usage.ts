import { readDecimal, type DecimalProblem } from "../../lib/decimal-input";
import type { DecimalString } from "../../lib/decimal";
import { pricesEvents, type PriceDraft } from "../../app/pricing/price";

/** What of usage a field stands for. */
export type UsageKind = "quantity" | "money" | "events";

/** One field of a usage that is tried, with the words that it needs. */
export interface UsageField {
  /** Names what is typed in it, as long as the price has it. */
  id: string;
  kind: UsageKind;
  /** Number of a bucket, from 1; the value of a line; the name of a unit. Null for the only field. */
  of: string | number | null;
  /** A value that is typed too: one of those that have no price of their own. */
  isOther?: boolean;
}

/** What was typed, all of it as text. */
export interface TypedUsage {
  texts: Readonly<Record<string, string>>;
  /** How many buckets there are. */
  buckets: number;
  /** Values beside those that have a price of their own. */
  others: readonly { key: number; value: string }[];
}

/** Whether one quantity says too little: events, buckets, values or several units are asked for. */
export const needsUsage = ({ model }: PriceDraft) => pricesEvents(model) || model === "bucketed" || model === "line_sum" || model === "capacity";

export function kindOf({ model }: PriceDraft): UsageKind {
  if (pricesEvents(model)) return "events";
  return model === "graduated_percentage" ? "money" : "quantity";
}

/** The fields that a price asks for. */
export function usageFields(price: PriceDraft, typed: TypedUsage): UsageField[] {
  switch (price.model) {
    case "bucketed":
      return Array.from({ length: typed.buckets }, (_, index) => ({ id: `bucket${index}`, kind: price.base ? kindOf(price.base) : "quantity", of: index + 1 }));
    case "line_sum": {
      const lines = price.lines.map((line) => ({ id: `line${line.key}`, kind: kindOf(line.price), of: line.value.trim() }));
      const { fallback } = price;
      const others = fallback === null ? [] : typed.others.map(({ key, value }) => ({ id: `other${key}`, kind: kindOf(fallback), of: value.trim(), isOther: true }));
      return [...lines, ...others];
    }
    case "capacity":
      return price.capacity.units.map(({ key, name }) => ({ id: `unit${key}`, kind: "quantity", of: name.trim() }));
    default:
      return [{ id: "all", kind: kindOf(price), of: null }];
  }
}

export interface ReadUsage {
  /** The `usage` of a price document; null while something cannot be read. */
  usage: Record<string, unknown> | null;
  /** Why, by the field's id. */
  problems: Record<string, DecimalProblem>;
}

/** What was typed as the usage of a price document. An empty field is no usage. */
export function readUsage(price: PriceDraft, typed: TypedUsage, locale: string, usual: (field: UsageField, index: number) => string): ReadUsage {
  const problems: Record<string, DecimalProblem> = {};
  const parts = usageFields(price, typed).map((field, index) => {
    const read = readPart(field, typed.texts[field.id] ?? usual(field, index), locale);
    if (typeof read === "string") problems[field.id] = read;
    return { field, measured: typeof read === "string" ? null : read };
  });
  if (Object.keys(problems).length > 0) return { usage: null, problems };
  const lines = parts.filter(({ field }) => field.of !== "");
  switch (price.model) {
    case "bucketed":
      return { usage: { buckets: parts.map(({ measured }) => measured) }, problems };
    case "line_sum":
      return { usage: { lines: lines.map(({ field, measured }) => ({ value: field.of, ...measured })) }, problems };
    case "capacity":
      return { usage: Object.fromEntries(lines.map(({ field, measured }) => [field.of, measured?.quantity])), problems };
    default:
      return { usage: { ...parts[0]?.measured }, problems };
  }
}

type Measured = { quantity?: DecimalString; events?: DecimalString[] };

function readPart({ kind }: UsageField, text: string, locale: string): Measured | DecimalProblem {
  if (kind === "events") {
    const events = text.split(/[\s;]+/).filter((one) => one !== "").map((one) => readDecimal(one, locale));
    const wrong = events.find((one) => one.kind === "problem");
    if (wrong?.kind === "problem") return wrong.problem;
    return { events: events.flatMap((one) => (one.kind === "value" ? [one.value] : [])) };
  }
  const read = readDecimal(text, locale, { maxPlaces: 12 });
  if (read.kind === "problem") return read.problem;
  return { quantity: read.kind === "value" ? read.value : ("0" as DecimalString) };
}
