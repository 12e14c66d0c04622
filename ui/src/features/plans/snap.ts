import { add, compare, isZero, places, shift, subtract, type DecimalString } from "../../lib/decimal";

/** How a key moves the border of a tier. */
export type Move = "less" | "more" | "muchLess" | "muchMore" | "least" | "most";

export interface Limits {
  least: DecimalString;
  /** Null: nothing above. */
  most: DecimalString | null;
}

const ONE = "1" as DecimalString;

/** The next round quantity: with two digits before zeros, or for a large step 1, 2 or 5 with zeros. */
export function stepped(value: DecimalString, move: Move, limits: Limits): DecimalString {
  if (move === "least") return limits.least;
  if (move === "most") return limits.most ?? value;
  const isUp = move === "more" || move === "muchMore";
  // A fraction lies between two whole quantities; both are a step away.
  const whole = BigInt(value.split(".")[0] ?? "0");
  const ceiling = compare(value, String(whole)) > 0 ? whole + 1n : whole;
  const from = isUp ? whole : ceiling;
  const next = move === "more" || move === "less" ? twoDigits(from, isUp) : oneTwoFive(from, isUp);
  return within(String(next) as DecimalString, limits);
}

/** The value itself or the limit that it is beyond. */
export function within(value: DecimalString, { least, most }: Limits): DecimalString {
  if (most !== null && compare(value, most) > 0) return most;
  return compare(value, least) < 0 ? least : value;
}

function twoDigits(value: bigint, isUp: boolean): bigint {
  const unitOf = (whole: bigint) => 10n ** BigInt(Math.max(0, String(whole).length - 2));
  if (isUp) return (value / unitOf(value) + 1n) * unitOf(value);
  const below = value > 0n ? value - 1n : 0n;
  return (below / unitOf(below)) * unitOf(below);
}

function oneTwoFive(value: bigint, isUp: boolean): bigint {
  const power = 10n ** BigInt(String(value).length - 1);
  if (isUp) return [1n, 2n, 5n, 10n].map((step) => step * power).find((step) => step > value) ?? value;
  return [5n * power, 2n * power, power, power / 2n].find((step) => step < value) ?? 0n;
}

/** Where a border may lie: strictly between its neighbours. */
export function limitsOf(uppers: readonly (DecimalString | null)[], index: number): Limits {
  const before = uppers.slice(0, index).findLast((upper) => upper !== null) ?? null;
  const after = uppers.slice(index + 1).find((upper) => upper !== null) ?? null;
  return { least: before === null ? ONE : add(before, ONE), most: after === null ? null : subtract(after, ONE) };
}

/** Prices have at most so many places. */
const MOST_PLACES = 12;

/**
 * The next round price: with two digits after its leading zeros, or for a large step 1, 2 or 5.
 * From nothing it goes up to `least`, a step of the prices beside it.
 */
export function steppedPrice(value: DecimalString, move: Move, least: DecimalString): DecimalString {
  if (move === "least") return "0" as DecimalString;
  if (move === "most") return value;
  const isUp = move === "more" || move === "muchMore";
  if (isZero(value)) return isUp ? least : value;
  // Twelve places and some more, so that the step below a power of ten is a whole number too.
  const digits = MOST_PLACES + 2;
  const known = places(value) > digits ? digits : places(value);
  const scaled = shift(value, digits).split(".")[0] ?? "0";
  const next = move === "more" || move === "less" ? twoDigits(BigInt(scaled), isUp) : oneTwoFive(BigInt(scaled), isUp);
  const price = shift(String(next), -digits);
  return places(price) > Math.max(known, MOST_PLACES) ? value : price;
}

/** A hundredth of the lowest price, two digits down: what a price of zero goes up to. */
export function leastStep(prices: readonly (DecimalString | null)[]): DecimalString {
  const known = prices.filter((price) => price !== null && !isZero(price)) as DecimalString[];
  const lowest = known.toSorted(compare)[0];
  if (lowest === undefined) return "0.01" as DecimalString;
  const scaled = shift(lowest, MOST_PLACES).split(".")[0] ?? "1";
  return shift(`1${"0".repeat(Math.max(0, scaled.length - 2))}`, -MOST_PLACES);
}
