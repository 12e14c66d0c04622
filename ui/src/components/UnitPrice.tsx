import { formatCellPrice, formatUnitPrice } from "../lib/format";
import { useFormatSetting } from "../lib/use-formats";
import { Figure, type FigureProps } from "./Figure";
import styles from "./Figures.module.css";
import { Absent } from "./Money";

export interface UnitPriceProps extends FigureProps {
  value: string | null;
  /** Without a currency only digits are shown (in a grid whose head names it). */
  currency?: string | null;
  /** A word after the price: `per 1M`. */
  per?: string;
}

/** A price, exact: two to as many decimals as it has. */
export function UnitPrice({ value, currency = null, per, ...figure }: UnitPriceProps) {
  const setting = useFormatSetting();
  if (value === null) return <Absent {...figure} />;
  return (
    <Figure {...figure}>
      {formatUnitPrice(value, currency, setting)}
      {per && <span className={styles.unit}> {per}</span>}
    </Figure>
  );
}

/** A price in the grid: four places, faint trailing zeros, `…` when there are more. */
export function CellPrice({ value, ...figure }: FigureProps & { value: string | null }) {
  const setting = useFormatSetting();
  if (value === null) return <Absent {...figure} />;
  const { digits, faint } = formatCellPrice(value, setting);
  return (
    <Figure title={faint === "…" ? formatUnitPrice(value, null, setting) : undefined} {...figure}>
      {digits}
      {faint && <span className="faint">{faint}</span>}
    </Figure>
  );
}
