import type { Axis } from "./axis";
import { roundStep } from "./scale";
import type { Size } from "./use-size";

/** Where the views of a curve lie, in pixels, and how prices become heights: coordinates only. */

export interface CurvePoint {
  quantity: string;
  /** What it costs, exact. */
  total: string;
}

export interface CurveLine {
  key: "draft" | "published";
  name: string;
  points: readonly CurvePoint[];
  isShown: boolean;
}

export interface Band {
  top: number;
  height: number;
}

export interface CurveLayout extends Size {
  left: number;
  inner: number;
  unit: Band;
  total: Band;
  people: Band;
  /** The axis of quantities. */
  bottom: number;
}

/** What every view needs to find its place. */
export interface Place {
  layout: CurveLayout;
  /** Pixels of a share of the axis. */
  x: (share: number) => number;
  /** Pixels of a quantity. */
  at: (quantity: number) => number;
}

/** As wide as `kr 0.000095`. */
const LEFT = 80;
const RIGHT = 30;
const HEAD = 62;
const GAP = 38;
const FOOT = 24;

/** The three views above each other: a third, nearly half, and the rest for customers. */
export function curveLayout({ width, height }: Size): CurveLayout {
  const room = height - HEAD - 2 * GAP - FOOT;
  const unit = { top: HEAD, height: Math.round(room * 0.36) };
  const total = { top: unit.top + unit.height + GAP, height: Math.round(room * 0.44) };
  const people = { top: total.top + total.height + GAP, height: room - unit.height - total.height };
  return { width, height, left: LEFT, inner: Math.max(1, width - LEFT - RIGHT), unit, total, people, bottom: people.top + people.height };
}

export interface PriceScale {
  top: number;
  ticks: number[];
  y: (price: number) => number;
  priceAt: (y: number) => number;
}

interface Priced {
  lines: readonly CurveLine[];
  topPrice: string;
  unitCost: string | null;
}

/** The heights of prices of a unit, from zero up to a round price above the highest. */
export function priceScale({ lines, topPrice, unitCost }: Priced, { unit }: CurveLayout): PriceScale {
  const averages = (lines[0]?.points ?? []).map((point) => Number(point.total) / Number(point.quantity));
  const cheapest = Math.min(...averages.filter((price) => price > 0));
  const own = Number(topPrice) * 1.12 || (Number.isFinite(cheapest) ? cheapest * 3 : 0);
  // A cost far above the prices is off the picture; the ground below it says so.
  const highest = unitCost === null ? own : Math.max(own, Math.min(Number(unitCost) * 1.1, own * 2));
  const step = highest > 0 ? roundStep(highest / 4) : 1;
  const ticks = Array.from({ length: Math.ceil(highest / step - 1e-9) + 1 }, (_, index) => index * step);
  const top = Math.max(step, (ticks.length - 1) * step);
  return {
    top,
    ticks,
    y: (price) => unit.top + unit.height * (1 - price / top),
    priceAt: (y) => top * Math.min(1, Math.max(0, 1 - (y - unit.top) / unit.height)),
  };
}

export interface Span {
  from: number;
  to: number;
}

/** Where all of it costs the seller more than it brings. */
export function spansBelowCost(points: readonly CurvePoint[], unitCost: string | null): Span[] {
  const spans: Span[] = [];
  if (unitCost === null) return spans;
  let open: Span | null = null;
  for (const point of points) {
    const quantity = Number(point.quantity);
    const isBelow = Number(point.total) < quantity * Number(unitCost) * (1 - 1e-9);
    if (open) open.to = quantity;
    if (isBelow && !open) spans.push((open = { from: quantity, to: quantity }));
    if (!isBelow) open = null;
  }
  return spans.filter((span) => span.to > span.from);
}

/** From which quantity on one would pay less by using more than the border, and up to it. */
export function spanOfCliff(points: readonly CurvePoint[], border: number): Span | null {
  const all = points.map((point) => ({ quantity: Number(point.quantity), total: Number(point.total) }));
  const after = all.find((point) => point.quantity > border);
  const before = all.filter((point) => point.quantity <= border);
  const index = before.findLastIndex((point) => after !== undefined && point.total <= after.total);
  const [low, high] = [before[index], before[index + 1]];
  if (!after || !high) return null;
  if (!low) return { from: high.quantity, to: border };
  const share = (after.total - low.total) / (high.total - low.total || 1);
  return { from: low.quantity + (high.quantity - low.quantity) * share, to: border };
}

/** A line through places, as the path of a picture. */
export function linePath(all: readonly (readonly [number, number])[]): string {
  return all.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

/** The heights of totals: of the same kind as the axis of quantities. */
export function totalAxis(lines: readonly CurveLine[], unitCost: string | null, axis: Axis): Axis | null {
  const shown = lines.flatMap((line) => line.points.map((point) => Number(point.total))).filter((total) => total > 0);
  const ends = unitCost === null ? [] : [axis.min, axis.max].map((quantity) => quantity * Number(unitCost)).filter((cost) => cost > 0);
  const all = [...shown, ...(shown.length > 0 ? ends : [])];
  if (all.length === 0) return null;
  const [lowest, highest] = [Math.min(...all), Math.max(...all)];
  if (axis.kind === "linear") {
    const step = roundStep(highest / 4);
    return { kind: "linear", min: 0, max: Math.ceil(highest / step - 1e-9) * step };
  }
  return { kind: "log", min: Math.max(lowest, highest / 1e6) / 1.5, max: highest * 1.5 };
}
