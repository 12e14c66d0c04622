import { type DateString, type InstantString, utcMidnight } from "./dates";
import { abs, type DecimalText, places, shift, sign } from "./decimal";

export interface FormatSetting {
  /** BCP 47 tag of the app's setting, never the system's by accident. */
  locale: string;
  timeZone: string;
}

export type SignDisplay = "negative" | "always";
export interface FigureText {
  /** The whole text, for copying and for screen readers. */
  text: string;
  /** The part that carries the size, e.g. `€374,085`. */
  main: string;
  /** Minor digits with their separator, set lighter in headlines, e.g. `.88`. */
  minor: string;
  /** What stands after the minor digits, e.g. ` €` in German. */
  after: string;
}

const MINUS = "\u2212";
const numberFormats = new Map<string, Intl.NumberFormat>();
const dateFormats = new Map<string, Intl.DateTimeFormat>();

function numberFormat(locale: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = locale + JSON.stringify(options);
  let format = numberFormats.get(key);
  if (!format) numberFormats.set(key, (format = new Intl.NumberFormat(locale, options)));
  return format;
}

function dateFormat(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale + JSON.stringify(options);
  let format = dateFormats.get(key);
  if (!format) dateFormats.set(key, (format = new Intl.DateTimeFormat(locale, options)));
  return format;
}

/** Intl reads decimal strings exactly; its typings know only numbers. */
const exact = (value: DecimalText): Intl.StringNumericLiteral => value as Intl.StringNumericLiteral;

function signDisplay(show: SignDisplay | undefined): "negative" | "exceptZero" {
  return show === "always" ? "exceptZero" : "negative";
}

function trueMinus(text: string): string {
  return text.replace(/[-\u2011]/g, MINUS);
}

/** Digits behind the point that a currency has by ISO 4217. */
export function minorDigits(currency: string): number {
  const format = numberFormat("en", { style: "currency", currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** An amount with all its minor digits. More digits than the currency has are shown, not cut. */
export function formatMoney(
  value: DecimalText,
  currency: string,
  setting: FormatSetting,
  show?: SignDisplay,
): FigureText {
  const digits = Math.max(minorDigits(currency), places(value));
  return figure(value, setting.locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: signDisplay(show),
  });
}

/** Short amount for axes and tight legends, never on a document: `€295k`, `€1.24M`. */
export function formatMoneyShort(
  value: DecimalText,
  currency: string,
  setting: FormatSetting,
): string {
  const [short, suffix, digits] = shorten(value, "k", "M", "B");
  const text = figure(short, setting.locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    minimumFractionDigits: 0,
    maximumFractionDigits: digits,
  });
  return `${text.main}${text.minor}${suffix}${text.after}`;
}

/** A price: exact, 2 to `max` decimals, faint zeros and the ellipsis kept apart for the grid. */
export function formatUnitPrice(
  value: DecimalText,
  currency: string | null,
  setting: FormatSetting,
): string {
  const digits = Math.max(2, places(value));
  const options: Intl.NumberFormatOptions = {
    minimumFractionDigits: Math.min(digits, 20),
    maximumFractionDigits: Math.min(digits, 20),
  };
  if (currency) Object.assign(options, CURRENCY, { currency });
  return figure(value, setting.locale, options).text;
}

const CURRENCY = { style: "currency", currencyDisplay: "narrowSymbol" } as const;

export interface CellPrice {
  digits: string;
  /** Trailing zeros that only keep the points in line. */
  faint: string;
}

/** A price in the grid: a fixed number of places, `…` when the exact value has more. */
export function formatCellPrice(
  value: DecimalText,
  setting: FormatSetting,
  shown = 4,
): CellPrice {
  const more = places(value) > shown;
  const text = trueMinus(
    numberFormat(setting.locale, {
      minimumFractionDigits: shown,
      maximumFractionDigits: shown,
      roundingMode: "trunc",
    } as Intl.NumberFormatOptions).format(exact(value)),
  );
  if (more) return { digits: text, faint: "…" };
  const zeros = /0*$/.exec(text)?.[0].length ?? 0;
  const faint = Math.min(zeros, Math.max(0, shown - 2));
  return { digits: text.slice(0, text.length - faint), faint: text.slice(text.length - faint) };
}

/** A share in percent, `27.65` as `27.7%`: one decimal unless said. */
export function formatPercent(
  percent: DecimalText,
  setting: FormatSetting,
  options: { places?: number; sign?: SignDisplay } = {},
): string {
  const digits = options.places ?? 1;
  return figure(shift(percent, -2), setting.locale, {
    style: "percent",
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: signDisplay(options.sign),
  }).text;
}

/** A change between two shares, in points: `-3.7` is `−3.7 pts`. */
export function formatPoints(points: DecimalText, setting: FormatSetting): string {
  const text = figure(points, setting.locale, {
    minimumFractionDigits: 1,
    maximumFractionDigits: 1,
    signDisplay: "exceptZero",
  }).text;
  return `${text}\u00a0pts`;
}

/** The whole quantity with grouping: `96,415,720`. */
export function formatQuantity(value: DecimalText, setting: FormatSetting): string {
  return figure(value, setting.locale, { maximumFractionDigits: 20 }).text;
}

/** A quantity for the interface: `96.42 M`, `1.28 B`, small ones whole. */
export function formatQuantityShort(value: DecimalText, setting: FormatSetting): string {
  const [short, suffix, digits] = shorten(value, "K", "M", "B");
  if (suffix === "") return formatQuantity(value, setting);
  const text = figure(short, setting.locale, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).text;
  return `${text}\u00a0${suffix}`;
}

/** A date in words: `3 Nov 2026`. */
export function formatDate(date: DateString, setting: FormatSetting): string {
  return dateFormat(setting.locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(utcMidnight(date));
}

/** A day without its year, for axes: `3 Nov`. */
export function formatDay(date: DateString, setting: FormatSetting): string {
  return dateFormat(setting.locale, { day: "numeric", month: "short", timeZone: "UTC" }).format(
    utcMidnight(date),
  );
}

/** `October 2026`, from any date or `2026-10`. */
export function formatMonth(month: string, setting: FormatSetting): string {
  return dateFormat(setting.locale, { month: "long", year: "numeric", timeZone: "UTC" }).format(
    utcMidnight(`${month.slice(0, 7)}-01`),
  );
}

/** An instant in the book's time zone: `3 Nov 2026, 09:42`. */
export function formatInstant(instant: InstantString, setting: FormatSetting): string {
  return dateFormat(setting.locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
    timeZone: setting.timeZone,
  }).format(new Date(instant));
}

/** The time of day in the book's time zone: `09:42`, with seconds on request. */
export function formatTime(instant: InstantString, setting: FormatSetting, seconds = false): string {
  return dateFormat(setting.locale, {
    hour: "2-digit",
    minute: "2-digit",
    ...(seconds ? { second: "2-digit" as const } : {}),
    hourCycle: "h23",
    timeZone: setting.timeZone,
  }).format(new Date(instant));
}

/** Days in words, the last one included: `1–31 October 2026`. */
export function formatPeriod(first: DateString, last: DateString, setting: FormatSetting): string {
  return dateFormat(setting.locale, {
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: "UTC",
  })
    .formatRange(utcMidnight(first), utcMidnight(last))
    .replace(/[\s\u2009]*–[\s\u2009]*/g, "–");
}

function figure(
  value: DecimalText,
  locale: string,
  options: Intl.NumberFormatOptions,
): FigureText {
  const parts = numberFormat(locale, options).formatToParts(exact(value));
  const cut = parts.findIndex((part) => part.type === "decimal");
  let last = parts.findIndex((part) => part.type === "fraction");
  if (cut < 0) last = parts.findLastIndex((part) => part.type === "integer");
  const write = (some: Intl.NumberFormatPart[]) => trueMinus(some.map((part) => part.value).join(""));
  return {
    text: write(parts),
    main: write(parts.slice(0, cut < 0 ? last + 1 : cut)),
    minor: cut < 0 ? "" : write(parts.slice(cut, last + 1)),
    after: write(parts.slice(last + 1)),
  };
}

/** Value, suffix and places so that three to four digits remain. */
function shorten(
  value: DecimalText,
  kilo: string,
  mega: string,
  giga: string,
): [DecimalText, string, number] {
  const digits = (abs(value).split(".")[0] ?? "").replace(/^0+/, "").length;
  if (sign(value) === 0 || digits <= 3) return [value, "", 2];
  if (digits <= 6) return [shift(value, -3), kilo, digits >= 5 && kilo === "k" ? 0 : 1];
  if (digits <= 9) return [shift(value, -6), mega, digits === 9 ? 1 : 2];
  return [shift(value, -9), giga, 2];
}
