import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import { logAt, logValue, snapped, type LogDomain } from "./log";
import styles from "./PriceCurves.module.css";

export type HandleMove = "less" | "more" | "muchLess" | "muchMore" | "least" | "most";

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

export interface PriceHandleProps {
  border: CurveBorder;
  domain: LogDomain;
  /** Pixels. */
  x: number;
  bottom: number;
  left: number;
  width: number;
  showLabel: boolean;
  onMove: (move: HandleMove) => void;
  onDrag: (value: string) => void;
  /** The pointer took hold of it, or let go. */
  onHold: (isHeld: boolean) => void;
}

const KEYS: Partial<Record<string, HandleMove>> = {
  ArrowLeft: "less",
  ArrowDown: "less",
  ArrowRight: "more",
  ArrowUp: "more",
  PageDown: "muchLess",
  PageUp: "muchMore",
  Home: "least",
  End: "most",
};
const LARGE: Partial<Record<HandleMove, HandleMove>> = { less: "muchLess", more: "muchMore" };

/** The border of a tier: drawn through all views, moved by arrow keys and by dragging. */
export function PriceHandle(props: PriceHandleProps) {
  const { border, domain, x, bottom, left, width, showLabel, onMove, onDrag, onHold } = props;
  const held = useRef<{ value: string; free: number } | null>(null);

  function key(event: KeyboardEvent<SVGGElement>) {
    if (event.key === "Escape" && held.current) {
      // The sheet stays: only the drag is given up.
      event.stopPropagation();
      onDrag(held.current.value);
      return release();
    }
    const move = KEYS[event.key];
    if (!move) return;
    event.preventDefault();
    onMove((event.shiftKey && LARGE[move]) || move);
  }
  function take(event: PointerEvent<SVGGElement>) {
    event.preventDefault();
    event.currentTarget.focus();
    event.currentTarget.setPointerCapture?.(event.pointerId);
    held.current = { value: border.value, free: Number(border.at) - Number(border.value) };
    onHold(true);
  }
  function drag(event: PointerEvent<SVGGElement>) {
    if (!held.current) return;
    const svg = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
    const share = (event.clientX - (svg?.left ?? 0) - left) / width;
    const value = logValue(domain, Math.min(1, Math.max(0, share))) - held.current.free;
    const next = snapped(value, event.altKey ? 6 : 2);
    if (next !== border.value) onDrag(next);
  }
  function release() {
    held.current = null;
    onHold(false);
  }
  const most = border.most ?? String(domain.max);
  return (
    <g
      role="slider"
      tabIndex={0}
      aria-label={border.name}
      aria-orientation="horizontal"
      aria-valuemin={Number(border.least)}
      aria-valuemax={Number(most)}
      aria-valuenow={Number(border.value)}
      aria-valuetext={border.valueText}
      className={styles.handle}
      onKeyDown={key}
      onPointerDown={take}
      onPointerMove={drag}
      onPointerUp={release}
      onPointerCancel={release}
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

export const borderX = (border: CurveBorder, domain: LogDomain) => logAt(domain, Math.max(Number(border.at), domain.min));
