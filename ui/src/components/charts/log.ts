/** Coordinates on a logarithmic axis: what is written beside a chart comes from the exact strings. */

export interface LogDomain {
  min: number;
  max: number;
}

export interface LogTick {
  value: number;
  text: string;
  /** With its figure; the others are only lines. */
  major: boolean;
}

const power = (value: number) => 10 ** Math.floor(Math.log10(value) + 1e-9);
const STEPS = [1, 2, 5, 10] as const;

/** A whole quantity as text, however large. */
const text = (value: number) => BigInt(Math.max(1, Math.round(value))).toString();

/** From well below the smallest to well above the largest of some quantities, both round. */
export function logDomain(values: readonly string[], usual: string): LogDomain {
  const known = values.map(Number).filter((value) => value > 0);
  const around = known.length > 0 ? known : [Number(usual) / 10, Number(usual) * 10];
  const low = Math.max(1, Math.min(...around) / 3);
  const high = Math.max(...around) * 3;
  const min = Math.max(1, (STEPS.findLast((step) => step * power(low) <= low * 1.0001) ?? 1) * power(low));
  const max = (STEPS.find((step) => step * power(high) >= high * 0.9999) ?? 10) * power(high);
  return { min, max: Math.max(max, min * 100) };
}

/** Position in [0, 1]. */
export const logAt = ({ min, max }: LogDomain, value: number) => Math.log(value / min) / Math.log(max / min);
export const logValue = ({ min, max }: LogDomain, share: number) => min * (max / min) ** share;

/** Whole quantities evenly spread over the axis, three digits each, none twice. */
export function logSamples(domain: LogDomain, count: number): string[] {
  const all = Array.from({ length: count }, (_, index) => snapped(logValue(domain, index / (count - 1)), 3));
  return [...new Set(all)];
}

/** The nearest whole quantity with so many digits before zeros. */
export function snapped(value: number, digits: number): string {
  const whole = Math.max(1, Math.round(value));
  const unit = Math.max(1, power(whole) / 10 ** (digits - 1));
  return text(Math.round(whole / unit) * unit);
}

/** The nearest price with so many digits after its leading zeros, as a decimal. */
export function snappedPrice(value: number, digits: number): string {
  if (!(value > 1e-12)) return "0";
  if (value >= 10 ** (digits - 1)) return snapped(value, digits);
  const places = Math.min(12, Math.max(0, digits - 1 - Math.floor(Math.log10(value) + 1e-9)));
  const text = value.toFixed(places);
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
}

/** Lines of a quantity axis: a figure at each power of ten, more of them when there are few. */
export function logTicks(domain: LogDomain): LogTick[] {
  const decades = Math.log10(domain.max / domain.min);
  const ticks: LogTick[] = [];
  for (let base = power(domain.min); base <= domain.max * 1.0001; base *= 10) {
    for (const step of [1, 2, 3, 4, 5, 6, 7, 8, 9]) {
      const value = step * base;
      if (value < domain.min * 0.9999 || value > domain.max * 1.0001) continue;
      const major = step === 1 || (decades < 2.5 && (step === 2 || step === 5));
      ticks.push({ value, text: value >= 1 ? text(value) : value.toPrecision(1), major });
    }
  }
  return ticks;
}

export interface Bin {
  from: number;
  to: number;
  count: number;
}

/** How many quantities fall into each of so many even parts of the axis. */
export function logBins(domain: LogDomain, values: readonly string[], count: number): Bin[] {
  const bins = Array.from({ length: count }, (_, index) => ({
    from: logValue(domain, index / count),
    to: logValue(domain, (index + 1) / count),
    count: 0,
  }));
  for (const value of values.map(Number)) {
    const at = value > 0 ? Math.floor(logAt(domain, value) * count) : -1;
    const bin = bins[Math.min(at, count - 1)];
    if (bin && at >= 0 && value <= domain.max) bin.count += 1;
  }
  return bins;
}
