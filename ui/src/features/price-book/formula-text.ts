import { separators } from "../../lib/decimal-input";

/** Whether the language writes one and a half as `1,5`: then `;` stands between values. */
export function hasComma(locale: string): boolean {
  return separators(locale).decimal === ",";
}

/** What stands between the values of a function: `;` where the comma is the decimal sign. */
export function argumentSign(locale: string): "," | ";" {
  return hasComma(locale) ? ";" : ",";
}

export function isFormula(text: string): boolean {
  return text.trimStart().startsWith("=");
}

/** A fault of a formula, at a character of what was typed. */
export interface FormulaSpot {
  at: number;
  code: string;
  word: string;
}

/**
 * A formula as the program reads it: numbers with a point, values parted by a comma. Sign for
 * sign, so that a place in one is the same place in the other. With a decimal comma, `1,5` is a
 * number and `;` parts values; a point is refused, because it would be read as two things.
 */
export function toCanonical(text: string, locale: string): { text: string } | { fault: FormulaSpot } {
  const tidy = text.replace(/[\u00a0\u202f\u2009]/g, " ").replace(/[\u2212\u2013]/g, "-").replace(/[×·]/g, "*").replace(/÷/g, "/");
  if (!hasComma(locale)) return { text: tidy.replaceAll(";", ",") };
  const point = Array.from(tidy).indexOf(".");
  if (point >= 0) return { fault: { at: point, code: "point_in_formula", word: "." } };
  return { text: tidy.replaceAll(",", ".").replaceAll(";", ",") };
}

/** A formula of the program as the language writes it; `toCanonical` reads it back. */
export function toLocal(text: string, locale: string): string {
  return hasComma(locale) ? text.replaceAll(",", ";").replaceAll(".", ",") : text;
}

/** A name or function that can be written in a formula. */
export interface Hint {
  /** What is put in. */
  insert: string;
  shown: string;
}

/** The word before the caret that is being typed, and where it begins. */
export function wordAt(text: string, caret: number): { word: string; from: number } {
  const before = text.slice(0, caret);
  const word = /[\p{L}_][\p{L}\d_]*$/u.exec(before)?.[0] ?? "";
  return { word, from: caret - word.length };
}

/** The text with a hint in place of the word before the caret, and the new caret. */
export function complete(text: string, caret: number, insert: string): { text: string; caret: number } {
  const { from } = wordAt(text, caret);
  const next = text.slice(0, from) + insert + text.slice(caret);
  // Inside the parentheses when there is something to fill in.
  const inside = insert.endsWith("()") ? 1 : 0;
  return { text: next, caret: from + insert.length - inside };
}
