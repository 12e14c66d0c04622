import { snappedPrice } from "./log";
import styles from "./PriceCurves.module.css";
import { useHandle, type HandleActions } from "./use-handle";

export interface CurvePrice {
  key: string;
  /** What the field beside it says. */
  value: string;
  /** How many units it is for: one, or those of a package. */
  per: string;
  /** The tier that it holds in: above this quantity, … */
  from: string;
  /** … up to this one. */
  to: string | null;
  /** `€0.042`. */
  label: string;
  /** What a screen reader says it is. */
  name: string;
  valueText: string;
  /** The curve runs above it, so its figure stands below. */
  isUnder: boolean;
}

export interface PriceGripProps extends HandleActions {
  price: CurvePrice;
  x: number;
  y: number;
  /** The highest price of a unit that the picture has room for. */
  most: number;
  /** The price of a unit at a height of the picture. */
  priceAt: (y: number) => number;
}

/** The price of a tier, at its height: moved by arrow keys and by dragging up and down. */
export function PriceGrip({ price, x, y, most, priceAt, ...actions }: PriceGripProps) {
  const units = Number(price.per);
  const handle = useHandle({
    ...actions,
    value: price.value,
    read: (place, isExact) => snappedPrice(Math.max(0, priceAt(place.y)) * units, isExact ? 5 : 2),
  });
  return (
    <g
      {...handle}
      role="slider"
      aria-label={price.name}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={Math.max(most * units, Number(price.value))}
      aria-valuenow={Number(price.value)}
      aria-valuetext={price.valueText}
      className={styles.handle}
      data-vertical
    >
      <rect x={x - 22} y={y - 12} width={44} height={24} className={styles.hit} />
      <rect x={x - 15} y={y - 5} width={30} height={10} rx={5} className={styles.grip} />
      <path d={`M${x - 4} ${y}h8`} className={styles.gripLines} />
      <text x={x} y={price.isUnder ? y + 20 : y - 11} textAnchor="middle" className={styles.value}>
        {price.label}
      </text>
    </g>
  );
}
