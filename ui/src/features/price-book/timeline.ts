import type { PriceVersionText } from "../../ipc/generated/types";
import { addDays, addMonths, type DateString, utcMidnight } from "../../lib/dates";

const DAY = 86_400_000;

/** The days that the strip shows, and where each stands. */
export interface Scale {
  from: DateString;
  /** The first day after it. */
  to: DateString;
  left: number;
  width: number;
}

const daysBetween = (a: DateString, b: DateString) => Math.round((utcMidnight(b).getTime() - utcMidnight(a).getTime()) / DAY);

/** Seven months before the present one, and two full ones after it and after the draft's day. */
export function scaleFor(today: DateString, draftDay: DateString | null, left: number, right: number): Scale {
  const latest = draftDay !== null && draftDay > today ? draftDay : today;
  const until = `${addMonths(latest.slice(0, 7), 3)}-01`;
  return { from: `${addMonths(today.slice(0, 7), -7)}-01`, to: until, left, width: Math.max(1, right - left) };
}

export function xOf(scale: Scale, day: DateString): number {
  return scale.left + (daysBetween(scale.from, day) / daysBetween(scale.from, scale.to)) * scale.width;
}

/** The day at a place of the strip, inside it. */
export function dayAt(scale: Scale, x: number): DateString {
  const all = daysBetween(scale.from, scale.to);
  const at = Math.round(((x - scale.left) / scale.width) * all);
  return addDays(scale.from, Math.min(Math.max(at, 0), all - 1));
}

export function monthsOf({ from, to }: Scale): string[] {
  const months: string[] = [];
  for (let month = from.slice(0, 7); `${month}-01` < to; month = addMonths(month, 1)) months.push(month);
  return months;
}

export interface Bar {
  number: number;
  live: boolean;
  /** Cut to the strip. */
  x: number;
  width: number;
  /** It begins before the strip. */
  isCut: boolean;
  reason: string;
  from: DateString | null;
}

/** Versions as bars: from the day each begins until the next one by date, inside the strip. */
export function barsOf(versions: readonly PriceVersionText[], scale: Scale, dayOf: (instant: string) => DateString): Bar[] {
  const bars = versions.map((version): Bar => {
    const from = version.validFrom === null ? null : dayOf(version.validFrom);
    const until = version.validUntil === null ? scale.to : dayOf(version.validUntil);
    const start = from === null || from < scale.from ? scale.from : from;
    const end = until > scale.to ? scale.to : until;
    const x = xOf(scale, start);
    return { number: version.number, live: version.live, x, width: start < end ? xOf(scale, end) - x : 0, isCut: from === null || from < scale.from, reason: version.reason, from };
  });
  return bars.filter((bar) => bar.width > 0).toSorted((a, b) => a.x - b.x);
}

/** Marks whose words have room: after the mark, or before it near the end of the strip. */
export function labelled<T extends { x: number }>(marks: readonly T[], room: number, end: number): (T & { hasLabel: boolean; isBefore: boolean })[] {
  const sorted = marks.toSorted((a, b) => a.x - b.x);
  const isBefore = (mark: T) => mark.x + room > end;
  return sorted.map((mark, at) => {
    const [last, next] = [sorted[at - 1], sorted[at + 1]];
    const free = isBefore(mark) ? mark.x - (last?.x ?? -room) >= room * (last && !isBefore(last) ? 2 : 1) : (next?.x ?? Number.POSITIVE_INFINITY) - mark.x >= room;
    return { ...mark, hasLabel: free, isBefore: isBefore(mark) };
  });
}

/** Lanes for bars that overlap: the first that is free. */
export function lanesOf<T extends { x: number; width: number }>(bars: readonly T[], most: number): { lane: number; bar: T }[] {
  const ends: number[] = [];
  return bars
    .toSorted((a, b) => a.x - b.x)
    .flatMap((bar) => {
      const free = ends.findIndex((end) => end <= bar.x);
      const lane = free >= 0 ? free : ends.length;
      if (lane >= most) return [];
      ends[lane] = bar.x + bar.width;
      return [{ lane, bar }];
    });
}

/** The day after a key was pressed at the draft's handle. */
export function moveDay(day: DateString, key: string, shift: boolean): DateString | null {
  const days = shift ? 10 : 1;
  if (key === "ArrowRight" || key === "ArrowUp") return addDays(day, days);
  if (key === "ArrowLeft" || key === "ArrowDown") return addDays(day, -days);
  if (key === "PageUp") return `${addMonths(day.slice(0, 7), 1)}-01`;
  if (key === "PageDown") return day.endsWith("-01") ? `${addMonths(day.slice(0, 7), -1)}-01` : `${day.slice(0, 7)}-01`;
  return null;
}
