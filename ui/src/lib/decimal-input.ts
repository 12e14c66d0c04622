import { type DecimalString, normalize } from "./decimal";

export type DecimalProblem =
  | "not_a_number"
  | "wrong_separator"
  | "misplaced_grouping"
  | "too_many_places"
  | "negative";

export type DecimalReading =
  | { kind: "empty" }
  | { kind: "value"; value: DecimalString }
  | { kind: "problem"; problem: DecimalProblem };

export interface DecimalRules {
  /** Most digits allowed behind the separator. */
  maxPlaces?: number;
  allowNegative?: boolean;
}

export interface Separators {
  decimal: string;
  group: string;
}

const separatorCache = new Map<string, Separators>();

/** The signs that a locale writes inside a number. */
export function separators(locale: string): Separators {
  const known = separatorCache.get(locale);
  if (known) return known;
  const found = new Intl.NumberFormat(locale).formatToParts("-12345678.9");
  const sign = (type: string) => found.find((part) => part.type === type)?.value ?? "";
  const result = { decimal: sign("decimal") || ".", group: sign("group") || "," };
  separatorCache.set(locale, result);
  return result;
}

/**
 * Reads what somebody typed or pasted, by the separators of the locale and by nothing else. A sign
 * that would mean something different in another country is refused, not guessed: in German,
 * `1.5` is a problem and `1,5` is one and a half.
 */
export function readDecimal(text: string, locale: string, rules: DecimalRules = {}): DecimalReading {
  const cleaned = clean(text);
  if (cleaned === "") return { kind: "empty" };
  const { decimal, group } = separators(locale);
  const negative = cleaned.startsWith("-");
  const unsigned = cleaned.replace(/^[-+]/, "");
  if (!/^[\d.,'\s]+$/.test(unsigned) || !/\d/.test(unsigned)) return problem("not_a_number");

  const pieces = unsigned.split(decimal);
  if (pieces.length > 2) return problem(decimal === group ? "not_a_number" : "wrong_separator");
  const [whole = "", fraction = ""] = pieces;
  if (!/^\d*$/.test(fraction)) return problem("wrong_separator");
  const grouped = readWhole(whole, group);
  if (grouped === null) return problem(wholeProblem(whole, group));
  if (negative && rules.allowNegative !== true && /[1-9]/.test(unsigned)) {
    return problem("negative");
  }
  const canonical = `${negative ? "-" : ""}${grouped || "0"}${fraction ? `.${fraction}` : ""}`;
  const value = normalize(canonical);
  const kept = value.split(".")[1]?.length ?? 0;
  if (rules.maxPlaces !== undefined && kept > rules.maxPlaces) return problem("too_many_places");
  return { kind: "value", value };
}

/** Writes a value the way `readDecimal` reads it back: no grouping, the locale's decimal sign. */
export function editDecimal(value: DecimalString | null, locale: string): string {
  if (value === null) return "";
  return normalize(value).replace(".", separators(locale).decimal);
}

/** What a spreadsheet or a web page puts around a number: spaces, currency signs, long minus. */
function clean(text: string): string {
  return text
    .replace(/[\u200e\u200f\u061c\u2066-\u2069]/g, "")
    .replace(/[\u2212\u2013\ufe63\uff0d]/g, "-")
    .replace(/[\p{Sc}%]/gu, "")
    .replace(/[\u00a0\u202f\u2009]/g, " ")
    .replace(/’/g, "'")
    .replace(/^\s*([-+]?)\s+/, "$1")
    .trim();
}

/** The digits of the whole part, or null if a separator stands where it may not. */
function readWhole(whole: string, group: string): string | null {
  if (/^\d*$/.test(whole)) return whole;
  const sign = /\s/.test(group) ? " " : group === "’" ? "'" : group;
  const groups = whole.split(sign);
  const tidy = groups.every((part, i) => (i === 0 ? /^\d{1,3}$/ : /^\d{2,3}$/).test(part));
  return tidy && groups.at(-1)?.length === 3 ? groups.join("") : null;
}

function wholeProblem(whole: string, group: string): DecimalProblem {
  const sign = /\s/.test(group) ? " " : group === "’" ? "'" : group;
  return whole.includes(sign) ? "misplaced_grouping" : "wrong_separator";
}

function problem(code: DecimalProblem): DecimalReading {
  return { kind: "problem", problem: code };
}
