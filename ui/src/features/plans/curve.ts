import type { ChargeText, MeterUsageRow, QuoteText } from "../../ipc/generated/types";
import { add, compare, isZero, subtract, type DecimalString } from "../../lib/decimal";
import { isTiered, NO_TERMS, type PriceDraft } from "../../app/pricing/price";

const ZERO = "0" as DecimalString;
const ONE = "1" as DecimalString;
/** More customers than this are not asked for: their amounts only name who is at a cliff. */
const MOST_CUSTOMERS = 150;

/** A border on the axis of what was counted. */
export interface Border {
  /** Of its tier; `size` for a package. */
  key: string;
  index: number;
  value: DecimalString;
  /** With what is free before it. */
  at: DecimalString;
}

/** Whether what is counted is turned into another unit: then customers and tiers count differently. */
export const isConverted = ({ terms }: PriceDraft) => terms.multiplyBy !== null || terms.divideBy !== null || terms.round !== "none";

/** The price as the curve shows it: over the unit that is sold. */
export function drawnPrice(price: PriceDraft): PriceDraft {
  const { multiplyBy, divideBy, round, places } = NO_TERMS;
  return isConverted(price) ? { ...price, terms: { ...price.terms, multiplyBy, divideBy, round, places } } : price;
}

export function bordersOf(price: PriceDraft): Border[] {
  const free = price.terms.included ?? ZERO;
  if (isTiered(price.model)) {
    return price.tiers.flatMap(({ key, upTo }, index) =>
      upTo === null || isZero(upTo) || index === price.tiers.length - 1 ? [] : [{ key: String(key), index, value: upTo, at: add(upTo, free) }],
    );
  }
  const { size, freeUnits } = price.pack;
  if (price.model !== "package" || size === null || isZero(size)) return [];
  return [{ key: "size", index: 0, value: size, at: add(size, add(free, freeUnits ?? ZERO)) }];
}

/** Just above a border: the next whole quantity. */
const above = (border: Border) => add(border.at, ONE);

/** What the curve asks for, each quantity once and in order. */
export function curveQuantities(samples: readonly string[], borders: readonly Border[], customers: readonly MeterUsageRow[]): DecimalString[] {
  const people = customers.slice(0, MOST_CUSTOMERS).map((row) => row.quantity);
  const all = [...(samples as DecimalString[]), ...borders.flatMap((border) => [border.at, above(border)]), ...people];
  return [...new Set(all)].filter((one) => !isZero(one)).toSorted(compare);
}

export interface Cliff {
  border: Border;
  /** The first quantity that costs less. */
  at: DecimalString;
  drop: DecimalString;
  /** Who would pay less by using more. */
  customers: string[];
}

type Quotes = readonly Pick<QuoteText, "quantity" | "exact" | "amount">[];

/** Borders of which one unit more costs less, by the quotes: never by reckoning here. */
export function cliffsOf(borders: readonly Border[], quotes: Quotes, customers: readonly MeterUsageRow[]): Cliff[] {
  const quoted = new Map(quotes.map((quote) => [quote.quantity as string, quote]));
  return borders.flatMap((border, index) => {
    const last = quoted.get(border.at);
    const next = quoted.get(above(border));
    if (!last || !next || compare(next.exact, last.exact) >= 0) return [];
    const from = borders[index - 1]?.at ?? ZERO;
    const isInside = ({ quantity }: MeterUsageRow) => compare(quantity, from) > 0 && compare(quantity, border.at) <= 0;
    const saves = ({ quantity }: MeterUsageRow) => compare(quoted.get(quantity)?.exact ?? ZERO, next.exact) > 0;
    const names = customers.filter((row) => isInside(row) && saves(row)).map((row) => row.customer);
    return [{ border, at: above(border), drop: subtract(last.amount.amount, next.amount.amount), customers: names }];
  });
}

export interface TierUsers {
  key: string;
  from: DecimalString;
  to: DecimalString | null;
  count: number;
}

/** How many customers each tier has; those without usage are in none. */
export function usersOf(borders: readonly Border[], customers: readonly MeterUsageRow[]): TierUsers[] {
  const ends = [...borders.map((border) => border.at), null];
  return ends.map((to, index) => {
    const from = borders[index - 1]?.at ?? ZERO;
    const isInside = ({ quantity }: MeterUsageRow) => compare(quantity, from) > 0 && (to === null || compare(quantity, to) <= 0);
    return { key: String(index), from, to, count: customers.filter(isInside).length };
  });
}

/** The highest price of a unit, or of the first package, for the scale of the curve. */
export function topPrice(price: PriceDraft, quotes: Quotes): DecimalString {
  if (price.model === "package") return ZERO;
  const known = price.tiers.flatMap((tier) => (tier.unitPrice === null ? [] : [tier.unitPrice]));
  return quotes.length === 0 ? ZERO : known.reduce((most, one) => (compare(one, most) > 0 ? one : most), ZERO);
}

/** Without its name, so that typing one asks for nothing. */
export const unnamed = (charge: ChargeText): ChargeText => ({ ...charge, name: "" });
