import { toCoordinate } from "../../lib/decimal";
import styles from "./charts.module.css";

export interface SparkProps {
  values: readonly string[];
  /** What it shows, read aloud; without it the picture is decoration. */
  label?: string;
  width?: number;
  height?: number;
  color?: string;
}

/** Small bars without axes, e.g. the days of a month inside an explanation. */
export function BarSpark({ values, label, width = 270, height = 26, color = "var(--d-1)" }: SparkProps) {
  const numbers = values.map(toCoordinate);
  const top = Math.max(...numbers, 0) || 1;
  const slot = width / Math.max(1, numbers.length);
  return (
    <svg
      viewBox={`0 0 ${width} ${height}`}
      width="100%"
      height={height}
      preserveAspectRatio="none"
      className={styles.spark}
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      {numbers.map((value, index) => {
        const size = Math.max(1, (Math.max(0, value) / top) * height);
        return (
          <rect
            key={index}
            x={slot * index}
            width={Math.max(0.5, slot - 1)}
            y={height - size}
            height={size}
            rx={0.8}
            fill={color}
          />
        );
      })}
    </svg>
  );
}

/** A line without axes, its last point marked. */
export function LineSpark({ values, label, width = 52, height = 16, color = "var(--text-3)" }: SparkProps) {
  const numbers = values.map(toCoordinate);
  const top = Math.max(...numbers);
  const bottom = Math.min(...numbers);
  const span = top - bottom || 1;
  const x = (index: number) => 1 + (index * (width - 4)) / Math.max(1, numbers.length - 1);
  const y = (value: number) => height - 2 - ((value - bottom) / span) * (height - 4);
  const points = numbers.map((value, index) => `${x(index)},${y(value)}`).join(" ");
  const end = numbers.at(-1);
  return (
    <svg
      width={width}
      height={height}
      className={styles.spark}
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    >
      <polyline points={points} fill="none" stroke={color} strokeWidth={1.4} strokeLinejoin="round" />
      {end !== undefined && <circle cx={x(numbers.length - 1)} cy={y(end)} r={2} fill={color} />}
    </svg>
  );
}

/** A bar left or right of zero: margin in percent. The figure stands beside it. */
export function MarginBar({ percent, width = 72 }: { percent: string; width?: number }) {
  const value = Math.max(-25, Math.min(60, toCoordinate(percent)));
  const zero = width * 0.28;
  const length = Math.max(1.5, (Math.abs(value) / 60) * (width - zero));
  const x = value < 0 ? zero - length : zero;
  return (
    <svg width={width} height={12} aria-hidden className={styles.spark}>
      <rect x={x} y={2} width={length} height={8} rx={1.5} fill={value < 0 ? "var(--d-loss)" : "var(--d-margin)"} />
      <line x1={zero} x2={zero} y1={0} y2={12} stroke="var(--line-3)" />
    </svg>
  );
}

/** One bar cut by shares, for tiles. */
export function ShareBar({ shares }: { shares: readonly { name: string; value: string; color: string }[] }) {
  return (
    <div className={styles.shares} aria-hidden>
      {shares.map((share) => (
        <i key={share.name} style={{ flexGrow: Math.max(0, toCoordinate(share.value)), background: share.color }} />
      ))}
    </div>
  );
}
