import type { DecimalString } from "../../lib/decimal";
import { readDecimal } from "../../lib/decimal-input";
import type { TierDraft } from "./price";

const ZERO = "0" as DecimalString;

/**
 * Tiers as a spreadsheet copies them: one per line, the limit, the price, and a flat fee if there
 * is one. A line above them without a number is their head. Whatever the limit of the last line
 * says, it has none: its words may be `no limit`. Null when a line cannot be read.
 */
export function readTiers(text: string, locale: string): TierDraft[] | null {
  const lines = text.split(/\r?\n/).map((line) => line.split("\t").map((cell) => cell.trim()));
  const filled = lines.filter((cells) => cells.some((cell) => cell !== ""));
  const number = (cell: string | undefined, maxPlaces: number) => {
    const reading = readDecimal(cell ?? "", locale, { maxPlaces });
    return reading.kind === "value" ? reading.value : null;
  };
  const [first] = filled;
  const isHead = number(first?.[0], 6) === null && number(first?.[1], 12) === null;
  const rows = isHead ? filled.slice(1) : filled;
  const tiers = rows.map(([limit, price, fee], key): TierDraft | null => {
    const isLast = key === rows.length - 1;
    const upTo = isLast ? null : number(limit, 6);
    const unitPrice = number(price, 12);
    const flatFee = fee === undefined || fee === "" ? ZERO : number(fee, 12);
    return unitPrice === null || flatFee === null || (upTo === null && !isLast) ? null : { key, upTo, unitPrice, flatFee };
  });
  return tiers.length > 0 && tiers.every((tier) => tier !== null) ? tiers : null;
}
