import { formatPercent, formatPoints, formatQuantity, formatQuantityShort, type SignDisplay } from "../lib/format";
import { sign } from "../lib/decimal";
import { useFormatSetting } from "../lib/use-formats";
import { Figure, type FigureProps } from "./Figure";
import styles from "./Figures.module.css";
import { Absent } from "./Money";

export interface QuantityProps extends FigureProps {
  value: string | number | null;
  /** `96.42 M` in tables of the interface; the whole number everywhere else. */
  short?: boolean;
  /** A word after the number: `tokens`. */
  unit?: string;
}

/** The only way to show a count or a measured quantity. */
export function Quantity({ value, short, unit, ...figure }: QuantityProps) {
  const setting = useFormatSetting();
  if (value === null) return <Absent {...figure} />;
  const text = String(value);
  const whole = formatQuantity(text, setting);
  return (
    <Figure title={short ? whole : undefined} {...figure}>
      {short ? formatQuantityShort(text, setting) : whole}
      {unit && <span className={styles.unit}> {unit}</span>}
    </Figure>
  );
}

export interface PercentProps extends FigureProps {
  /** In percent, as on the wire: `27.7`. */
  value: string | null;
  places?: number;
  sign?: SignDisplay;
  /** A change between two shares: −3.7 pts. */
  points?: boolean;
  lossWhenNegative?: boolean;
}

/** The only way to show a share, margin or markup. */
export function Percent({
  value,
  places,
  sign: show,
  points,
  lossWhenNegative,
  tone,
  ...figure
}: PercentProps) {
  const setting = useFormatSetting();
  if (value === null) return <Absent {...figure} />;
  const shown = tone ?? (lossWhenNegative && sign(value) < 0 ? "loss" : undefined);
  return (
    <Figure tone={shown} {...figure}>
      {points ? formatPoints(value, setting) : formatPercent(value, setting, { places, sign: show })}
    </Figure>
  );
}
