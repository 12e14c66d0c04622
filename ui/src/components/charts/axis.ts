import { logAt, logBins, logSamples, logTicks, logValue, snapped, type Bin, type LogDomain, type LogTick } from "./log";
import { linearScale, tickText } from "./scale";

/** An axis of quantities or amounts: in powers of ten, or true to scale from zero. */
export interface Axis extends LogDomain {
  kind: "log" | "linear";
}

/** From zero to a round quantity above the largest; the same end as the powers of ten when there is none. */
export function linearAxis(values: readonly string[], log: LogDomain): Axis {
  const largest = Math.max(0, ...values.map(Number));
  const top = largest > 0 ? largest * 1.15 : log.max / 10;
  return { kind: "linear", min: 0, max: linearScale([top], 6).max };
}

/** Position in [0, 1]; what lies before a logarithmic axis is at its start. */
export function axisAt(axis: Axis, value: number): number {
  return axis.kind === "linear" ? value / axis.max : logAt(axis, Math.max(value, axis.min));
}

export function axisValue(axis: Axis, share: number): number {
  return axis.kind === "linear" ? axis.max * share : logValue(axis, share);
}

/** Whole quantities evenly spread over the axis, none twice. */
export function axisSamples(axis: Axis, count: number): string[] {
  if (axis.kind === "log") return logSamples(axis, count);
  const all = Array.from({ length: count }, (_, index) => snapped((axis.max * (index + 1)) / count, 4));
  return [...new Set(all)];
}

export function axisTicks(axis: Axis): LogTick[] {
  if (axis.kind === "log") return logTicks(axis);
  return linearScale([axis.max], 6).ticks.map((value) => ({ value, text: tickText(value), major: true }));
}

/** How many quantities fall into each of so many even parts of the axis. */
export function axisBins(axis: Axis, values: readonly string[], count: number): Bin[] {
  if (axis.kind === "log") return logBins(axis, values, count);
  const width = axis.max / count;
  const bins = Array.from({ length: count }, (_, index) => ({ from: index * width, to: (index + 1) * width, count: 0 }));
  for (const value of values.map(Number)) {
    const bin = value > 0 && value <= axis.max ? bins[Math.min(count - 1, Math.floor(value / width))] : undefined;
    if (bin) bin.count += 1;
  }
  return bins;
}
