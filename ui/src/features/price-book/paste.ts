import { compare, type DecimalString, isZero, normalize, shift, sign as signOf } from "../../lib/decimal";
import { separators } from "../../lib/decimal-input";
import { isFormula, toCanonical } from "./formula-text";
import { isTokens } from "./model";

/** What a pasted price is for, when it is one of tokens. */
export type Unit = "token" | "thousand" | "million";
export const UNITS: readonly Unit[] = ["million", "thousand", "token"];
const PLACES: Record<Unit, number> = { token: 6, thousand: 3, million: 0 };

export type Sign = "." | ",";

export type CellReading = { kind: "empty" } | { kind: "value"; value: DecimalString } | { kind: "formula"; text: string } | { kind: "text" };

/** Signs around numbers that say nothing of their value. */
const AROUND = /[\p{Sc}%\u200e\u200f]|\b(?:EUR|USD|GBP|CHF)\b/gu;
const NOTHING = /^(?:[-–—·.]|n\/?a|none|free of charge)?$/i;

function tidy(text: string): string {
  return text.replace(/[\u2212\u2013\ufe63]/g, "-").replace(AROUND, "").replace(/[\u00a0\u202f\u2009\s]+/g, " ").trim();
}

/** By the decimal sign: where thousands are parted, what parts them, and a whole number. */
const PATTERNS: Record<Sign, { grouped: RegExp; parting: RegExp; number: RegExp }> = {
  ".": { grouped: /^[-+]?\d{1,3}(?:[, '’]\d{3})+(?=$|\D)/, parting: /(\d)[, '’](?=\d{3})/g, number: /^([-+]?)(\d*)(?:\.(\d*))?(?:e([-+]?\d{1,2}))?$/i },
  ",": { grouped: /^[-+]?\d{1,3}(?:[. '’]\d{3})+(?=$|\D)/, parting: /(\d)[. '’](?=\d{3})/g, number: /^([-+]?)(\d*)(?:,(\d*))?(?:e([-+]?\d{1,2}))?$/i },
};
/** Most cells of a large paste: nothing to tidy. */
const PLAIN = /^\d{1,15}(?:\.\d{1,15})?$/;

/** One cell with a decimal sign that is settled; the other sign may part thousands. */
export function readCell(text: string, sign: Sign, locale: string): CellReading {
  if (sign === "." && PLAIN.test(text)) return { kind: "value", value: normalize(text) };
  if (isFormula(text)) {
    const read = toCanonical(text, locale);
    return "text" in read ? { kind: "formula", text: read.text } : { kind: "text" };
  }
  const bare = tidy(text);
  if (NOTHING.test(bare)) return { kind: "empty" };
  const { grouped, parting, number } = PATTERNS[sign];
  const whole = grouped.test(bare) ? bare.replace(parting, "$1") : bare;
  const [, minus, digits, fraction, exponent] = number.exec(whole) ?? [];
  if (digits === undefined || (digits === "" && !fraction)) return { kind: "text" };
  const plain = `${minus === "-" ? "-" : ""}${digits || "0"}${fraction ? `.${fraction}` : ""}`;
  return { kind: "value", value: exponent ? shift(plain, Number.parseInt(exponent, 10)) : normalize(plain) };
}

/**
 * The decimal sign of a block: the one that cannot part thousands somewhere. When every number
 * could be read both ways, the language of the window decides, and the person sees what it chose.
 */
export function guessSign(cells: readonly string[], locale: string): Sign {
  const votes: Record<Sign, number> = { ".": 0, ",": 0 };
  for (const cell of cells) {
    if (isFormula(cell)) continue;
    const bare = tidy(cell);
    if (!/^[-+]?[\d.,' ]+(?:e[-+]?\d+)?$/i.test(bare)) continue;
    const last = Math.max(bare.lastIndexOf("."), bare.lastIndexOf(","));
    if (last < 0) continue;
    const found = bare[last] === "," ? "," : ".";
    const both = bare.includes(".") && bare.includes(",");
    const behind = /^\d*/.exec(bare.slice(last + 1))?.[0].length ?? 0;
    const repeats = bare.split(found).length > 2;
    if (repeats) votes[found === "." ? "," : "."] += 1;
    // 1,250 may be a thousand; 0,250 and 12,5 are not.
    else if (both || behind !== 3 || /^[-+]?0[.,]/.test(bare)) votes[found] += 1;
  }
  if (votes["."] !== votes[","]) return votes["."] > votes[","] ? "." : ",";
  return separators(locale).decimal === "," ? "," : ".";
}

const UNIT_WORDS: readonly [RegExp, Unit][] = [
  [/(?:per|\/|pro|je)\s*(?:1\s*)?(?:m\b|mtok|mio|million|1,?000,?000)|1m\b/i, "million"],
  [/(?:per|\/|pro|je)\s*(?:1\s*)?(?:k\b|ktok|thousand|1[,.]?000\b)|1k\b/i, "thousand"],
  [/(?:per|\/|pro|je|_per_)\s*_?(?:single\s+)?token\b(?!s)|cost_per_token/i, "token"],
];

/** The unit that words say: `USD per 1K tokens`. */
export function unitOfWords(words: readonly string[]): Unit | null {
  const text = words.join(" ");
  return UNIT_WORDS.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

/**
 * The unit that brings most prices of tokens next to what they are now: within a factor of thirty.
 * Per million when nothing can be compared.
 */
export function guessUnit(pairs: readonly { value: DecimalString; now: string | null }[]): Unit {
  const near = (unit: Unit) =>
    pairs.filter(({ value, now }) => {
      if (now === null || now === "" || isZero(now) || signOf(value) <= 0) return false;
      const scaled = shift(value, PLACES[unit]);
      return compare(shift(scaled, 1), now) > 0 && compare(scaled, shift(now, 1)) < 0;
    }).length;
  let best: Unit = "million";
  for (const unit of UNITS) if (near(unit) > near(best)) best = unit;
  return best;
}

/** A pasted price as the book has it: per million tokens, per unit otherwise. */
export function inBookUnit(value: DecimalString, dimension: string, unit: Unit): DecimalString {
  return isTokens(dimension) && unit !== "million" ? shift(value, PLACES[unit]) : value;
}

/** What one pasted cell becomes: canonical text to stage, empty to leave alone, null for a fault. */
export function stagedText(reading: CellReading, dimension: string, unit: Unit): string | null {
  switch (reading.kind) {
    case "empty":
      return "";
    case "value":
      return inBookUnit(reading.value, dimension, unit);
    case "formula":
      return reading.text;
    case "text":
      return null;
  }
}
