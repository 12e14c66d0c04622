import { sign } from "../lib/decimal";
import { formatMoney, formatMoneyShort, type SignDisplay } from "../lib/format";
import { useFormatSetting } from "../lib/use-formats";
import { Figure, type FigureProps } from "./Figure";
import styles from "./Figures.module.css";

export interface MoneyProps extends FigureProps {
  /** As on the wire: exact text and currency. Null shows nothing but a dash for readers. */
  value: { amount: string; currency: string } | null;
  /** `always` for changes: +€950.92. */
  sign?: SignDisplay;
  /** Colours a negative amount as a loss. */
  lossWhenNegative?: boolean;
  /** Colours by sign, for changes: gain above zero, loss below. */
  toneBySign?: boolean;
  /** Axis, tag, tight legend only: €295k. */
  short?: boolean;
}

/** The only way to show an amount: exact, with all minor digits, never rounded for space. */
export function Money({
  value,
  sign: show,
  lossWhenNegative,
  toneBySign,
  short,
  tone,
  ...figure
}: MoneyProps) {
  const setting = useFormatSetting();
  if (!value) return <Absent {...figure} />;
  const way = sign(value.amount);
  const shown =
    tone ?? (way < 0 && (lossWhenNegative || toneBySign) ? "loss" : way > 0 && toneBySign ? "gain" : undefined);
  if (short) {
    return (
      <Figure tone={shown} title={formatMoney(value.amount, value.currency, setting).text} {...figure}>
        {formatMoneyShort(value.amount, value.currency, setting)}
      </Figure>
    );
  }
  const { main, minor, after } = formatMoney(value.amount, value.currency, setting, show);
  return (
    <Figure tone={shown} {...figure}>
      {main}
      {minor && <span className={figure.size === "headline" ? styles.minor : undefined}>{minor}</span>}
      {after}
    </Figure>
  );
}

/** A figure that does not exist: a faint dot, spoken as nothing. */
export function Absent({ className }: { className?: string }) {
  return (
    <span className={className}>
      <span className="faint" aria-hidden>
        ·
      </span>
    </span>
  );
}
