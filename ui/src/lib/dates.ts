/** Calendar dates travel as `2026-10-31`, instants as ISO text in UTC. */
export type DateString = string;
export type InstantString = string;

const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for a date that exists in the calendar. */
export function isDate(text: string): text is DateString {
  const match = DATE.exec(text);
  if (!match) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}

/** The day, or null while a year is typed: 2026 passes the years 2, 20 and 202. */
export function wholeDay(date: DateString | null): DateString | null {
  return date !== null && date >= "2000" ? date : null;
}

/** Midnight UTC of a date: only for formatting with `timeZone: "UTC"` and for counting days. */
export function utcMidnight(date: DateString): Date {
  return new Date(`${date}T00:00:00Z`);
}

export function addDays(date: DateString, days: number): DateString {
  const moved = utcMidnight(date);
  moved.setUTCDate(moved.getUTCDate() + days);
  return moved.toISOString().slice(0, 10);
}

export function addMonths(month: string, count: number): string {
  const moved = utcMidnight(`${month.slice(0, 7)}-01`);
  moved.setUTCMonth(moved.getUTCMonth() + count);
  return moved.toISOString().slice(0, 7);
}

/** First day and last day (inclusive) of a month such as `2026-10`. */
export function monthDays(month: string): { first: DateString; last: DateString } {
  const first = `${month.slice(0, 7)}-01`;
  return { first, last: addDays(`${addMonths(month, 1)}-01`, -1) };
}

/** All days from `first` to `last`, both included; at most ten years. */
export function eachDay(first: DateString, last: DateString): DateString[] {
  const days: DateString[] = [];
  for (let day = first; day <= last && days.length < 3660; day = addDays(day, 1)) days.push(day);
  return days;
}

/** Today in a time zone. Put together from its parts: how a locale writes a date differs by engine. */
export function today(timeZone: string, now = new Date()): DateString {
  const parts = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
  }).formatToParts(now);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

export function isWeekend(date: DateString): boolean {
  const day = utcMidnight(date).getUTCDay();
  return day === 0 || day === 6;
}
