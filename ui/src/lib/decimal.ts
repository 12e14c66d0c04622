/**
 * Exact decimal numbers as text. Every figure comes from Rust as a string and stays one:
 * a binary float never touches money, prices or quantities.
 */
export type { DecimalString } from "../ipc/generated/types";
import type { DecimalString } from "../ipc/generated/types";

/** A decimal that is read only: a wire figure or a literal such as "0". */
export type DecimalText = string;

const CANONICAL = /^-?\d+(\.\d+)?$/;

/** True for `-?digits[.digits]`, the only form that travels over the wire. */
export function isDecimal(text: string): text is DecimalString {
  return CANONICAL.test(text);
}

interface Parts {
  negative: boolean;
  whole: string;
  fraction: string;
}

function parts(value: DecimalText): Parts {
  if (!isDecimal(value)) throw new Error(`not a decimal: ${value}`);
  const negative = value.startsWith("-");
  const [whole = "0", fraction = ""] = value.replace("-", "").split(".");
  return { negative, whole: whole.replace(/^0+(?=\d)/, ""), fraction };
}

function join({ negative, whole, fraction }: Parts): DecimalString {
  const digits = fraction === "" ? whole : `${whole}.${fraction}`;
  return (negative && /[1-9]/.test(digits) ? `-${digits}` : digits) as DecimalString;
}

/** Without leading zeros, trailing zeros and negative zero: equal values get equal text. */
export function normalize(value: DecimalText): DecimalString {
  const split = parts(value);
  return join({ ...split, fraction: split.fraction.replace(/0+$/, "") });
}

/** −1, 0 or 1. */
export function sign(value: DecimalText): -1 | 0 | 1 {
  if (!/[1-9]/.test(value)) return 0;
  return value.startsWith("-") ? -1 : 1;
}

export function isZero(value: DecimalText): boolean {
  return sign(value) === 0;
}

export function negate(value: DecimalText): DecimalString {
  const split = parts(value);
  return join({ ...split, negative: !split.negative });
}

export function abs(value: DecimalText): DecimalString {
  return join({ ...parts(value), negative: false });
}

/** Exact order of two decimals of any length. */
export function compare(a: DecimalText, b: DecimalText): -1 | 0 | 1 {
  const difference = scaled(a, b);
  if (difference.a === difference.b) return 0;
  return difference.a < difference.b ? -1 : 1;
}

/** Exact sum; the result has as many places as the longer operand. */
export function add(a: DecimalText, b: DecimalText): DecimalString {
  const { a: left, b: right, places } = scaled(a, b);
  return fromScaled(left + right, places);
}

export function subtract(a: DecimalText, b: DecimalText): DecimalString {
  return add(a, negate(b));
}

export function sum(values: readonly DecimalText[]): DecimalString {
  return values.reduce<DecimalString>(add, "0" as DecimalString);
}

/** Moves the decimal point: `shift("0.0000025", 6)` is `2.5`. Exact. */
export function shift(value: DecimalText, places: number): DecimalString {
  const { negative, whole, fraction } = parts(value);
  const digits = whole + fraction;
  const point = whole.length + places;
  const padded =
    point <= 0
      ? `0.${"0".repeat(-point)}${digits}`
      : point >= digits.length
        ? digits.padEnd(point, "0")
        : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return normalize(negative ? `-${padded}` : padded);
}

/** Digits behind the point, trailing zeros not counted. */
export function places(value: DecimalText): number {
  return parts(normalize(value)).fraction.length;
}

/**
 * A coordinate for drawing, never for an amount that is shown. The only bridge from a decimal to
 * a JavaScript number.
 */
export function toCoordinate(value: DecimalText): number {
  return Number(value);
}

function scaled(a: DecimalText, b: DecimalText) {
  const left = parts(a);
  const right = parts(b);
  const length = Math.max(left.fraction.length, right.fraction.length);
  const big = (p: Parts) => {
    const digits = BigInt(p.whole + p.fraction.padEnd(length, "0"));
    return p.negative ? -digits : digits;
  };
  return { a: big(left), b: big(right), places: length };
}

function fromScaled(value: bigint, length: number): DecimalString {
  const negative = value < 0n;
  const digits = (negative ? -value : value).toString().padStart(length + 1, "0");
  const cut = digits.length - length;
  return join({ negative, whole: digits.slice(0, cut), fraction: digits.slice(cut) });
}
