/** Coordinates only: what is written beside a chart comes from the exact strings. */

export interface Scale {
  /** Ends of the axis, both round numbers. */
  min: number;
  max: number;
  /** The grid lines, from min to max. */
  ticks: number[];
  /** Position in [0, 1] from the bottom. */
  at: (value: number) => number;
}

/** An axis from zero (or below) to a round number above the largest value. */
export function linearScale(values: readonly number[], wanted = 4): Scale {
  const top = Math.max(0, ...values);
  const bottom = Math.min(0, ...values);
  const step = roundStep((top - bottom || 1) / wanted);
  const min = Math.floor(bottom / step) * step;
  const max = Math.max(Math.ceil(top / step) * step, min + step);
  const count = Math.round((max - min) / step);
  const ticks = Array.from({ length: count + 1 }, (_, i) => tidy(min + i * step));
  return { min, max, ticks, at: (value) => (value - min) / (max - min) };
}

/** The next of 1, 2, 2.5, 5 times a power of ten. */
export function roundStep(raw: number): number {
  const power = 10 ** Math.floor(Math.log10(raw));
  const factor = raw / power;
  const step = factor <= 1 ? 1 : factor <= 2 ? 2 : factor <= 2.5 ? 2.5 : factor <= 5 ? 5 : 10;
  return step * power;
}

/** Without the dust of binary fractions, as text that a decimal format can read. */
export function tickText(tick: number): string {
  return tidy(tick).toLocaleString("en", { useGrouping: false, maximumFractionDigits: 12 });
}

function tidy(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}

/** Which labels of an axis to draw so that they do not touch: about one per `space` pixels. */
export function labelIndexes(count: number, width: number, space: number): number[] {
  const most = Math.max(1, Math.floor(width / space));
  const every = Math.max(1, Math.ceil(count / most));
  return Array.from({ length: count }, (_, i) => i).filter((i) => i % every === 0);
}
