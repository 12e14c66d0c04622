import { useId, type ReactNode } from "react";
import { ChartFrame } from "./ChartFrame";
import chart from "./charts.module.css";
import { logAt, logBins, logTicks, type LogDomain } from "./log";
import styles from "./PriceCurves.module.css";
import { borderX, PriceHandle, type CurveBorder, type HandleMove } from "./PriceHandle";
import { roundStep } from "./scale";
import { useWidth } from "./use-width";

export interface CurvePoint {
  quantity: string;
  /** What it costs, exact. */
  total: string;
}

/** A tier and how many customers are in it. */
export interface CurveTier {
  key: string;
  from: string;
  to: string | null;
  label: string;
}

export interface PriceCurvesProps {
  domain: LogDomain;
  points: readonly CurvePoint[];
  borders: readonly CurveBorder[];
  /** What customers really used. */
  customers: readonly string[];
  tiers: readonly CurveTier[];
  /** The highest price of one unit, so that a fee does not flatten the curve; zero when there is none. */
  topPrice: string;
  words: { summary: string; unitPrice: string; total: string; customers: string; quantity: string };
  formatMoney: (value: string) => string;
  formatTick: (value: string) => string;
  formatPrice: (value: string) => string;
  formatQuantity: (value: string) => string;
  head?: ReactNode;
  onMove: (key: string, move: HandleMove) => void;
  onDrag: (key: string, value: string) => void;
  onHold: (isHeld: boolean) => void;
}

const LEFT = 62;
const RIGHT = 20;
const UNIT = { top: 56, height: 150 };
const TOTAL = { top: 242, height: 220 };
const PEOPLE = { top: 502, height: 78 };
const BOTTOM = PEOPLE.top + PEOPLE.height;

/** Three views over one axis of quantities: price of a unit, total, customers; borders are handles. */
export function PriceCurves(props: PriceCurvesProps) {
  const { domain, points, borders, words, formatQuantity, formatMoney, onMove, onDrag, onHold } = props;
  const { ref, width } = useWidth();
  const inner = Math.max(1, width - LEFT - RIGHT);
  const x = (share: number) => LEFT + inner * share;
  const xs = borders.map((border) => x(borderX(border, domain)));
  const table = {
    labels: points.map((point) => formatQuantity(point.quantity)),
    series: [{ key: "total", name: words.total, values: points.map((point) => point.total), color: "var(--pencil-solid)" }],
  };
  return (
    <ChartFrame summary={words.summary} data={table} format={formatMoney} labelHead={words.quantity} head={props.head}>
      <div ref={ref} className={styles.box}>
        <svg width={width} height={BOTTOM + 26} className={chart.svg} role="group" aria-label={words.summary}>
          <g aria-hidden>
            <Grid {...props} x={x} inner={inner} />
            <UnitCurve {...props} x={x} inner={inner} />
            <TotalCurve {...props} x={x} inner={inner} />
            <Customers {...props} x={x} inner={inner} />
          </g>
          {borders.map((border, index) => (
            <PriceHandle
              key={border.key}
              border={border}
              domain={domain}
              x={xs[index] ?? 0}
              left={LEFT}
              width={inner}
              bottom={BOTTOM}
              showLabel={index === 0 || (xs[index] ?? 0) - (xs[index - 1] ?? 0) > 72}
              onMove={(move) => onMove(border.key, move)}
              onDrag={(value) => onDrag(border.key, value)}
              onHold={onHold}
            />
          ))}
        </svg>
      </div>
    </ChartFrame>
  );
}

interface ViewProps extends PriceCurvesProps {
  x: (share: number) => number;
  inner: number;
}

function Grid({ domain, words, formatQuantity, x }: ViewProps) {
  const ticks = logTicks(domain);
  return (
    <>
      {ticks.map((tick) => (
        <line key={tick.text} x1={x(logAt(domain, tick.value))} x2={x(logAt(domain, tick.value))} y1={UNIT.top} y2={BOTTOM} className={tick.major ? chart.grid : styles.minor} />
      ))}
      <line x1={x(0)} x2={x(1)} y1={BOTTOM} y2={BOTTOM} className={chart.zero} />
      {ticks
        .filter((tick) => tick.major)
        .map((tick) => (
          <text key={tick.text} x={x(logAt(domain, tick.value))} y={BOTTOM + 17} textAnchor="middle" className={chart.tick}>
            {formatQuantity(tick.text)}
          </text>
        ))}
      <text x={LEFT} y={UNIT.top - 8} className={styles.title}>{words.unitPrice}</text>
      <text x={LEFT} y={TOTAL.top - 10} className={styles.title}>{words.total}</text>
      <text x={LEFT} y={PEOPLE.top - 12} className={styles.title}>{words.customers}</text>
    </>
  );
}

/** What one unit costs on average, from zero up. */
function UnitCurve({ domain, points, topPrice, formatPrice, x, inner }: ViewProps) {
  const clip = useId();
  const units = points.map((point) => ({ quantity: Number(point.quantity), price: Number(point.total) / Number(point.quantity) }));
  const cheapest = Math.min(...units.map((unit) => unit.price).filter((price) => price > 0));
  const highest = Number(topPrice) * 1.05 || (Number.isFinite(cheapest) ? cheapest * 3 : 0);
  const step = highest > 0 ? roundStep(highest / 4) : 1;
  const ticks = Array.from({ length: Math.ceil(highest / step) + 1 }, (_, index) => index * step);
  const top = Math.max(step, (ticks.length - 1) * step);
  const y = (price: number) => UNIT.top + UNIT.height * (1 - price / top);
  return (
    <>
      <clipPath id={clip}>
        <rect x={LEFT} y={UNIT.top - 4} width={inner} height={UNIT.height + 6} />
      </clipPath>
      {ticks.map((tick) => (
        <g key={tick}>
          <line x1={x(0)} x2={x(1)} y1={y(tick)} y2={y(tick)} className={tick === 0 ? chart.zero : chart.grid} />
          <text x={LEFT - 8} y={y(tick) + 3.5} textAnchor="end" className={chart.tick}>
            {formatPrice(short(tick))}
          </text>
        </g>
      ))}
      <path d={path(units.map((unit) => [x(logAt(domain, unit.quantity)), y(unit.price)]))} clipPath={`url(#${clip})`} className={styles.unit} />
    </>
  );
}

/** What all of it costs, on an axis of its own powers of ten. */
function TotalCurve({ domain, points, borders, formatTick, x }: ViewProps) {
  const totals = points.map((point) => ({ quantity: Number(point.quantity), total: Number(point.total) })).filter((one) => one.total > 0);
  if (totals.length === 0) return null;
  const lowest = Math.min(...totals.map((one) => one.total));
  const highest = Math.max(...totals.map((one) => one.total));
  const money: LogDomain = { min: Math.max(lowest, highest / 1e6) / 1.5, max: highest * 1.5 };
  const y = (total: number) => TOTAL.top + TOTAL.height * (1 - logAt(money, Math.max(total, money.min)));
  const at = (quantity: number) => x(logAt(domain, quantity));
  return (
    <>
      {logTicks(money)
        .filter((tick) => tick.major)
        .map((tick) => (
          <g key={tick.text}>
            <line x1={x(0)} x2={x(1)} y1={y(tick.value)} y2={y(tick.value)} className={chart.grid} />
            <text x={LEFT - 8} y={y(tick.value) + 3.5} textAnchor="end" className={chart.tick}>
              {formatTick(tick.text)}
            </text>
          </g>
        ))}
      <path d={path(totals.map((one) => [at(one.quantity), y(one.total)]))} className={styles.total} />
      {borders
        .filter((border) => border.cliff !== null)
        .map((border) => {
          const before = totals.find((one) => one.quantity === Number(border.at));
          const after = totals.find((one) => one.quantity > Number(border.at));
          if (!before || !after) return null;
          // A word beside the border, moved up where the curve would cross it.
          return (
            <g key={border.key} className={styles.cliff}>
              <circle cx={at(before.quantity)} cy={y(before.total)} r={4} />
              <circle cx={at(after.quantity)} cy={y(after.total)} r={4} data-open />
              <text x={at(before.quantity) + 9} y={y(after.total) + 16}>
                {border.cliff}
              </text>
            </g>
          );
        })}
    </>
  );
}

function Customers({ domain, customers, tiers, x, inner }: ViewProps) {
  const bins = logBins(domain, customers, Math.max(12, Math.min(48, Math.floor(inner / 16))));
  const most = Math.max(1, ...bins.map((bin) => bin.count));
  return (
    <>
      {bins.map((bin, index) => {
        const left = x(logAt(domain, bin.from));
        const height = (bin.count / most) * (PEOPLE.height - 6);
        return bin.count === 0 ? null : (
          <rect key={index} x={left + 1} width={Math.max(1, x(logAt(domain, bin.to)) - left - 2)} y={BOTTOM - height} height={height} rx={1.5} className={styles.people} />
        );
      })}
      {tiers.map((tier) => {
        const left = x(Math.max(0, logAt(domain, Math.max(Number(tier.from), domain.min))));
        const right = tier.to === null ? x(1) : x(Math.min(1, logAt(domain, Math.max(Number(tier.to), domain.min))));
        return right - left < 66 ? null : (
          <text key={tier.key} x={(left + right) / 2} y={PEOPLE.top + 4} textAnchor="middle" className={chart.note}>
            {tier.label}
          </text>
        );
      })}
    </>
  );
}

function path(all: readonly (readonly [number, number])[]): string {
  return all.map(([x, y], index) => `${index === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
}

/** A price for the axis with two digits, as text that a decimal format can read. */
function short(value: number): string {
  return value.toLocaleString("en", { useGrouping: false, maximumSignificantDigits: 2 });
}
