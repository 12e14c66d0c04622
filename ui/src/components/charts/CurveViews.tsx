import { useId } from "react";
import { axisAt, axisBins, axisTicks } from "./axis";
import chart from "./charts.module.css";
import { linePath, spanOfCliff, spansBelowCost, totalAxis, type CurvePoint, type Place, type PriceScale } from "./curve-scales";
import { tickText } from "./scale";
import type { PriceCurvesProps } from "./PriceCurves";
import styles from "./PriceCurves.module.css";

/** A tier and how many customers are in it. */
export interface CurveTier {
  key: string;
  from: string;
  to: string | null;
  label: string;
}

/** What one customer used, and which way the bill goes: down, up, or nowhere. */
export interface CurveUser {
  quantity: string;
  way: "less" | "more" | "same" | null;
}

type ViewProps = PriceCurvesProps & Place;
const NO_POINTS: readonly CurvePoint[] = [];
const draftOf = ({ lines }: PriceCurvesProps) => lines[0]?.points ?? NO_POINTS;

export function CurveGrid({ axis, words, formatQuantity, at, layout }: ViewProps) {
  const { left, inner, unit, total, people, bottom } = layout;
  const ticks = axisTicks(axis);
  return (
    <>
      {ticks.map((tick) => (
        <line key={tick.text} x1={at(tick.value)} x2={at(tick.value)} y1={unit.top} y2={bottom} className={tick.major ? chart.grid : styles.minor} />
      ))}
      <line x1={left} x2={left + inner} y1={bottom} y2={bottom} className={chart.zero} />
      {ticks
        .filter((tick) => tick.major)
        .map((tick) => (
          <text key={tick.text} x={at(tick.value)} y={bottom + 17} textAnchor="middle" className={chart.tick}>
            {formatQuantity(tick.text)}
          </text>
        ))}
      <text x={left} y={unit.top - 12} className={styles.title}>
        {words.unitPrice}
      </text>
      <text x={left} y={total.top - 12} className={styles.title}>
        {words.total}
      </text>
      <text x={left} y={people.top - 14} className={styles.title}>
        {words.customers}
      </text>
    </>
  );
}

/** Who uses so much would pay less by using more. */
export function CliffZones(props: ViewProps) {
  const { borders, at, layout } = props;
  const pattern = useId();
  const spans = borders.flatMap((border) => (border.cliff === null ? [] : (spanOfCliff(draftOf(props), Number(border.at)) ?? [])));
  return (
    <>
      <pattern id={pattern} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line x1={0} x2={0} y1={0} y2={6} className={styles.hatch} />
      </pattern>
      {spans.map((span) => (
        <rect
          key={span.to}
          x={at(span.from)}
          width={Math.max(1, at(span.to) - at(span.from))}
          y={layout.unit.top}
          height={layout.bottom - layout.unit.top}
          fill={`url(#${pattern})`}
        />
      ))}
    </>
  );
}

/** What one unit costs on average, from zero up. */
export function UnitView(props: ViewProps & { scale: PriceScale }) {
  const { axis, lines, tiers, prices, unitCost, isGraduated, formatPrice, words, x, at, layout, scale } = props;
  const { left, inner, unit } = layout;
  const clip = useId();
  const path = (points: readonly CurvePoint[]) => linePath(points.map((point) => [at(Number(point.quantity)), scale.y(Number(point.total) / Number(point.quantity))]));
  return (
    <>
      <clipPath id={clip}>
        <rect x={left} y={unit.top - 4} width={inner} height={unit.height + 6} />
      </clipPath>
      {scale.ticks.map((tick) => (
        <g key={tick}>
          <line x1={x(0)} x2={x(1)} y1={scale.y(tick)} y2={scale.y(tick)} className={tick === 0 ? chart.zero : chart.grid} />
          <text x={left - 8} y={scale.y(tick) + 3.5} textAnchor="end" className={chart.tick}>
            {formatPrice(short(tick))}
          </text>
        </g>
      ))}
      {spansBelowCost(draftOf(props), unitCost).map((span) => (
        <g key={span.from}>
          <rect x={at(span.from)} width={Math.max(2, at(span.to) - at(span.from))} y={unit.top} height={unit.height} className={styles.loss} />
          <text x={Math.min(at(span.from) + 6, left + inner - 62)} y={unit.top + unit.height - 8} className={styles.lossWord}>
            {words.belowCost}
          </text>
        </g>
      ))}
      <g clipPath={`url(#${clip})`}>
        {unitCost !== null && <line x1={x(0)} x2={x(1)} y1={scale.y(Number(unitCost))} y2={scale.y(Number(unitCost))} className={styles.cost} />}
        {isGraduated &&
          tiers.map((tier, index) => {
            const price = prices[index];
            const y = price ? scale.y(Number(price.value)) : null;
            return y === null ? null : (
              <line key={tier.key} x1={at(Number(tier.from))} x2={tier.to === null ? x(1) : Math.min(x(1), x(axisAt(axis, Number(tier.to))))} y1={y} y2={y} className={styles.own} />
            );
          })}
        {lines
          .filter((line) => line.isShown)
          .toReversed()
          .map((line) => (
            <path key={line.key} d={path(line.points)} className={styles.line} data-line={line.key} />
          ))}
      </g>
    </>
  );
}

/** What all of it costs, on an axis of its own. */
export function TotalView(props: ViewProps) {
  const { axis, lines, borders, unitCost, formatTick, x, at, layout } = props;
  const { left, total } = layout;
  const money = totalAxis(lines.filter((line) => line.isShown), unitCost, axis);
  if (money === null) return null;
  const y = (amount: number) => total.top + total.height * (1 - axisAt(money, amount));
  const path = (points: readonly CurvePoint[]) =>
    linePath(points.flatMap((point) => (Number(point.total) > 0 ? [[at(Number(point.quantity)), y(Number(point.total))] as const] : [])));
  // A line in money is one in powers of ten too.
  const start = Math.max(axis.min, unitCost === null || Number(unitCost) === 0 ? 0 : money.min / Number(unitCost));
  const cost = unitCost === null ? null : [start, axis.max].map((quantity) => [at(quantity), y(quantity * Number(unitCost))] as const);
  const draft = draftOf(props).map((point) => ({ quantity: Number(point.quantity), total: Number(point.total) }));
  return (
    <>
      {axisTicks(money)
        .filter((tick) => tick.major)
        .map((tick) => (
          <g key={tick.text}>
            <line x1={x(0)} x2={x(1)} y1={y(tick.value)} y2={y(tick.value)} className={chart.grid} />
            <text x={left - 8} y={y(tick.value) + 3.5} textAnchor="end" className={chart.tick}>
              {formatTick(tick.text)}
            </text>
          </g>
        ))}
      {cost && <path d={linePath(cost)} className={styles.cost} />}
      {lines
        .filter((line) => line.isShown)
        .toReversed()
        .map((line) => (
          <path key={line.key} d={path(line.points)} className={styles.line} data-line={line.key} />
        ))}
      {borders
        .filter((border) => border.cliff !== null)
        .map((border) => {
          const before = draft.find((one) => one.quantity === Number(border.at));
          const after = draft.find((one) => one.quantity > Number(border.at));
          if (!before || !after) return null;
          const isAtEnd = at(after.quantity) > left + layout.inner - 110;
          return (
            <g key={border.key} className={styles.cliff}>
              <line x1={at(before.quantity)} x2={at(before.quantity)} y1={y(before.total)} y2={y(after.total)} />
              <circle cx={at(before.quantity)} cy={y(before.total)} r={3.5} />
              <circle cx={at(after.quantity)} cy={y(after.total)} r={3.5} data-open />
              <text x={at(before.quantity) + (isAtEnd ? -9 : 9)} y={y(after.total) + 18} textAnchor={isAtEnd ? "end" : "start"}>
                {border.cliff}
              </text>
            </g>
          );
        })}
    </>
  );
}

const WAYS = ["same", "less", "more"] as const;

/** One dot for each customer while there is room, bars for more; below them how many a tier has. */
export function CustomersView({ axis, users, tiers, x, at, layout }: ViewProps) {
  const { inner, people, bottom } = layout;
  const count = Math.max(12, Math.min(64, Math.floor(inner / 12)));
  const quantities = (way: CurveUser["way"] | undefined) => users.filter((user) => way === undefined || (user.way ?? "same") === way).map((user) => user.quantity);
  const all = axisBins(axis, quantities(undefined), count);
  const parts = WAYS.map((way) => ({ way, bins: axisBins(axis, quantities(way), count) }));
  const most = Math.max(1, ...all.map((bin) => bin.count));
  const step = Math.min(11, (people.height - 10) / most);
  return (
    <>
      {all.flatMap((bin, index) => {
        const [left, right] = [at(bin.from), at(bin.to)];
        let below = 0;
        return parts.flatMap(({ way, bins }) => {
          const own = bins[index]?.count ?? 0;
          const from = below;
          below += own;
          if (own === 0) return [];
          if (step >= 8) {
            return Array.from({ length: own }, (_, place) => (
              <circle key={`${index}.${way}.${place}`} cx={(left + right) / 2} cy={bottom - 6 - (from + place) * step} r={4.2} className={styles.person} data-way={way} />
            ));
          }
          return [
            <rect key={`${index}.${way}`} x={left + 1} width={Math.max(1, right - left - 2)} y={bottom - below * step} height={own * step} className={styles.person} data-way={way} />,
          ];
        });
      })}
      {tiers.map((tier) => {
        const left = x(Math.min(1, axisAt(axis, Number(tier.from))));
        const right = tier.to === null ? x(1) : x(Math.min(1, axisAt(axis, Number(tier.to))));
        return right - left < 70 ? null : (
          <text key={tier.key} x={(left + right) / 2} y={people.top + 2} textAnchor="middle" className={chart.note}>
            {tier.label}
          </text>
        );
      })}
    </>
  );
}

/** A price for the axis with two digits, as text that a decimal format can read. */
function short(value: number): string {
  return value < 1 ? value.toLocaleString("en", { useGrouping: false, maximumSignificantDigits: 3 }) : tickText(value);
}
