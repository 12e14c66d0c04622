import { axisAt, axisValue, type Axis } from "./axis";
import { snapped } from "./log";
import styles from "./PriceCurves.module.css";
import { useHandle, type HandleActions } from "./use-handle";

export type { HandleMove } from "./use-handle";

export interface CurveBorder {
  key: string;
  /** What the field beside it says. */
  value: string;
  /** Where the axis has it: the value and what is free before. */
  at: string;
  /** `10,000`. */
  label: string;
  /** What a screen reader says it is. */
  name: string;
  valueText: string;
  least: string;
  most: string | null;
  /** Words of a cliff here; null when there is none. */
  cliff: string | null;
}

export interface PriceHandleProps extends HandleActions {
  border: CurveBorder;
  axis: Axis;
  /** Pixels. */
  x: number;
  bottom: number;
  left: number;
  width: number;
  showLabel: boolean;
  /** It has the keyboard, or a pointer took hold of it. */
  onChoose: () => void;
}

/** The border of a tier: drawn through all views, moved by arrow keys and by dragging. */
export function PriceHandle({ border, axis, x, bottom, left, width, showLabel, onChoose, ...actions }: PriceHandleProps) {
  const free = Number(border.at) - Number(border.value);
  const handle = useHandle({
    ...actions,
    value: border.value,
    read: (place, isExact) => {
      const share = Math.min(1, Math.max(0, (place.x - left) / width));
      return snapped(axisValue(axis, share) - free, isExact ? 6 : 2);
    },
  });
  const most = border.most ?? String(axis.max);
  return (
    <g
      {...handle}
      onFocus={onChoose}
      role="slider"
      aria-label={border.name}
      aria-orientation="horizontal"
      aria-valuemin={Number(border.least)}
      aria-valuemax={Number(most)}
      aria-valuenow={Number(border.value)}
      aria-valuetext={border.valueText}
      className={styles.handle}
    >
      <line x1={x} x2={x} y1={34} y2={bottom} className={styles.border} />
      <rect x={x - 12} y={14} width={24} height={24} className={styles.hit} />
      <rect x={x - 7} y={16} width={14} height={19} rx={4} className={styles.grip} />
      <path d={`M${x - 2} 21v9M${x + 2} 21v9`} className={styles.gripLines} />
      <text x={x} y={9} textAnchor="middle" className={styles.value} data-quiet={!showLabel || undefined}>
        {border.label}
      </text>
    </g>
  );
}

export const borderShare = (border: CurveBorder, axis: Axis) => Math.min(1, axisAt(axis, Number(border.at)));
