import type {
  UsageGroup,
  UsageMeasure,
  UsageOverviewRequest,
  UsageRow,
} from "../../ipc/generated/types";
import { addMonths, isDate, monthDays, type DateString } from "../../lib/dates";
import type { DecimalString } from "../../lib/decimal";

/** What the address says: what is shown of which days. Absent parts have their defaults. */
export interface UsageSearch {
  month?: string;
  /** Custom days, both included; they win over the month. */
  from?: DateString;
  to?: DateString;
  group?: UsageGroup;
  measure?: UsageMeasure;
  customer?: string;
  model?: string;
  /** The selected row. */
  at?: string;
}

const GROUPS: readonly UsageGroup[] = ["customer", "model", "provider"];
const MEASURES: readonly UsageMeasure[] = ["cost", "tokens", "events"];
const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;

export function isMonth(text: unknown): text is string {
  return typeof text === "string" && MONTH.test(text);
}

/** Reads an address; what makes no sense is left out, never an error. */
export function readSearch(raw: Record<string, unknown>): UsageSearch {
  const search: UsageSearch = {};
  if (isMonth(raw.month)) search.month = raw.month;
  const { from, to } = raw;
  if (typeof from === "string" && typeof to === "string" && validDays(from, to) === null) {
    search.from = from;
    search.to = to;
  }
  if (GROUPS.includes(raw.group as UsageGroup)) search.group = raw.group as UsageGroup;
  if (MEASURES.includes(raw.measure as UsageMeasure)) search.measure = raw.measure as UsageMeasure;
  for (const key of ["customer", "model", "at"] as const) {
    const value = raw[key];
    // The router reads a search value such as `123` as a number.
    if (typeof value === "string" || typeof value === "number") search[key] = String(value);
  }
  return search;
}

export type DaysProblem = "from" | "to" | "order" | "tooLong";

/** At most as many days as the chart can draw side by side. */
export const MAX_DAYS = 366;

export function validDays(from: string, to: string): DaysProblem | null {
  if (!isDate(from)) return "from";
  if (!isDate(to)) return "to";
  if (to < from) return "order";
  const length = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return length >= MAX_DAYS ? "tooLong" : null;
}

export interface UsagePeriod {
  from: DateString;
  to: DateString;
  /** Null for custom days. */
  month: string | null;
}

/** The days shown: custom ones, the month asked for, else the newest month with usage. */
export function periodOf(search: UsageSearch, months: readonly string[], today: string): UsagePeriod {
  if (search.from && search.to) return { from: search.from, to: search.to, month: null };
  const month = search.month ?? months[0] ?? today.slice(0, 7);
  const { first, last } = monthDays(month);
  return { from: first, to: last, month };
}

/** Months to choose from, newest first: those with usage, the shown one and those between. */
export function monthChoices(months: readonly string[], shown: string | null): string[] {
  const known = shown && !months.includes(shown) ? [...months, shown] : [...months];
  const sorted = known.toSorted();
  const [oldest, newest] = [sorted[0], sorted.at(-1)];
  if (!oldest || !newest) return [];
  const all: string[] = [];
  for (let month = newest; month >= oldest && all.length < 120; month = addMonths(month, -1)) {
    all.push(month);
  }
  return all;
}

export function requestOf(search: UsageSearch, period: UsagePeriod): UsageOverviewRequest {
  return {
    from: period.from,
    to: period.to,
    group: search.group ?? "model",
    measure: search.measure ?? "cost",
    customerId: search.customer ?? null,
    model: search.model ?? null,
  };
}

/** Whether anything narrows the picture: then an empty one is "no result", not "no data". */
export function isFiltered(search: UsageSearch): boolean {
  return search.customer !== undefined || search.model !== undefined;
}

/** Which events a selected row stands for; null when the contract cannot ask for them. */
export function eventsFilter(
  row: UsageRow,
  group: UsageGroup,
  search: UsageSearch,
): { customerId: string | null; model: string | null } | null {
  const customerId = search.customer ?? null;
  const model = search.model ?? null;
  if (group === "customer") return row.known ? { customerId: row.key, model } : null;
  if (group === "model") return row.known ? { customerId, model: row.key } : null;
  return null;
}

/** The row after `by` steps from the selected one; the first or last when none is selected. */
export function moveKey(keys: readonly string[], at: string | null, by: number): string | null {
  if (keys.length === 0) return null;
  const index = at === null ? -1 : keys.indexOf(at);
  if (index < 0) return (by > 0 ? keys[0] : keys.at(-1)) ?? null;
  return keys[Math.min(keys.length - 1, Math.max(0, index + by))] ?? null;
}

/** `provider/model` in its parts; the model may itself contain slashes. */
export function splitModel(key: string): { provider: string; model: string } {
  const cut = key.indexOf("/");
  return cut < 0 ? { provider: "", model: key } : { provider: key.slice(0, cut), model: key.slice(cut + 1) };
}

/** A sum in the digits of its currency, half away from zero: for looking at, never for billing. */
export function roundedTo(value: string, digits: number): DecimalString {
  const [whole = "0", fraction = ""] = value.replace("-", "").split(".");
  if (fraction.length <= digits) return value as DecimalString;
  const up = (fraction[digits] ?? "0") >= "5" ? 1n : 0n;
  const kept = String(BigInt(whole + fraction.slice(0, digits)) + up).padStart(digits + 1, "0");
  const cut = kept.length - digits;
  const text = digits === 0 ? kept : `${kept.slice(0, cut)}.${kept.slice(cut)}`;
  return (value.startsWith("-") && /[1-9]/.test(text) ? `-${text}` : text) as DecimalString;
}

/** A model without its provider where the name holds both; anything else as it is. */
export function shortName(name: string, key: string, group: UsageGroup): string {
  return group === "model" && name === key ? splitModel(key).model : name;
}

/** Events of a meter of one's own: no provider is paid for them. */
export function hasNoProvider(row: { key: string; known: boolean }, group: UsageGroup): boolean {
  return group === "model" && row.known && splitModel(row.key).provider === "";
}
