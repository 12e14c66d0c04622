import type { MarkupScopeText, PriceCell, PriceEdit, PricePlace } from "../../ipc/generated/types";
import { type DecimalString, isZero, shift, subtract } from "../../lib/decimal";
import { editDecimal, readDecimal } from "../../lib/decimal-input";
import { type FormulaSpot, isFormula, toCanonical, toLocal } from "./formula-text";
import type { View } from "./model";

/** What was typed into a cell, as it is staged; or why it cannot be. */
export type Typed = { edit: Pick<PriceEdit, "what" | "text"> } | { fault: FormulaSpot };

/** Steps that a price made from a wished margin is rounded to, so that it has an end. */
const MARGIN_STEP = "0.0001";

/**
 * Reads what was typed in a view: a formula anywhere, else a price, a percent on cost, or the
 * margin that is wished. Null for nothing.
 */
export function readTyped(text: string, view: View, locale: string): Typed | null {
  if (text.trim() === "") return null;
  if (isFormula(text)) {
    const read = toCanonical(text, locale);
    return "fault" in read ? read : { edit: { what: "formula", text: read.text } };
  }
  const read = readDecimal(text, locale, { allowNegative: view !== "sell" });
  if (read.kind === "empty") return null;
  if (read.kind === "problem") return { fault: { at: 0, code: read.problem, word: text.trim() } };
  switch (view) {
    case "cost":
    case "sell":
      return { edit: { what: "price", text: read.value } };
    case "markup":
      return { edit: { what: "percent", text: read.value } };
    case "margin":
      return marginEdit(read.value);
  }
}

/** A margin of 30 is a price of `cost / 0.7`. Nothing has a margin of 100 but what costs nothing. */
function marginEdit(margin: DecimalString): Typed {
  const share = subtract("1", shift(margin, -2));
  if (isZero(share) || share.startsWith("-")) return { fault: { at: 0, code: "margin_too_high", word: margin } };
  return { edit: { what: "formula", text: `= round(cost / ${share}, ${MARGIN_STEP})` } };
}

/** What stands in a cell when its editor opens: its own price or formula, else what the view shows. */
export function contentOf(cell: PriceCell | null, view: View, locale: string): string {
  if (cell === null) return "";
  const own = cell.staged ? cell.staged.own : cell.own;
  if (own?.typed) return toLocal(own.typed.startsWith("=") ? own.typed : `= ${own.typed}`, locale);
  const shown = cell.staged ?? cell;
  switch (view) {
    case "cost":
    case "sell":
      return editDecimal(shown.sell, locale);
    case "markup":
      return editDecimal(shown.markupPercent, locale);
    case "margin":
      return editDecimal(shown.margin, locale);
  }
}

/** The rule of exactly this cell. */
export function scopeOfPlace({ provider, model, dimension, conditions }: PricePlace): MarkupScopeText {
  return { level: "book", owner: null, provider, model, dimension, conditions };
}

/** What fills other cells with the content of this one: a rule of wider reach is no content. */
export function contentToFill(cell: PriceCell | null): Pick<PriceEdit, "what" | "text"> | null {
  if (cell === null) return null;
  const shown = cell.staged ?? cell;
  if (shown.own?.typed) return { what: "formula", text: shown.own.typed };
  if (shown.own?.price) return { what: "price", text: shown.own.price };
  if (shown.rule === "cell" && shown.markupPercent !== null) return { what: "percent", text: shown.markupPercent };
  return { what: "clear", text: "" };
}
