import { useState, type ReactNode } from "react";
import type { Axis } from "./axis";
import { axisAt } from "./axis";
import { ChartFrame } from "./ChartFrame";
import chart from "./charts.module.css";
import { CliffLens } from "./CliffLens";
import { curveLayout, priceScale, type CurveLine, type CurvePoint, type Place } from "./curve-scales";
import { CliffZones, CustomersView, CurveGrid, TotalView, UnitView, type CurveTier, type CurveUser } from "./CurveViews";
import styles from "./PriceCurves.module.css";
import { PriceGrip, type CurvePrice } from "./PriceGrip";
import { borderShare, PriceHandle, type CurveBorder, type HandleMove } from "./PriceHandle";
import { useSize } from "./use-size";

export type { CurveLine, CurvePoint } from "./curve-scales";
export type { CurveTier, CurveUser } from "./CurveViews";

export interface PriceCurvesProps {
  axis: Axis;
  /** The edited price first, then what it is compared with. */
  lines: readonly CurveLine[];
  /** What one unit costs the seller; null when that is not known or not shown. */
  unitCost: string | null;
  borders: readonly CurveBorder[];
  prices: readonly CurvePrice[];
  /** What customers really used. */
  users: readonly CurveUser[];
  tiers: readonly CurveTier[];
  /** Each unit at the price of its own tier: then the average lies above it. */
  isGraduated: boolean;
  /** The highest price of one unit, so that a fee does not flatten the curve; zero when there is none. */
  topPrice: string;
  words: { summary: string; unitPrice: string; total: string; customers: string; quantity: string; belowCost: string; lens: (border: CurveBorder) => string };
  formatMoney: (value: string) => string;
  formatTick: (value: string) => string;
  formatPrice: (value: string) => string;
  formatQuantity: (value: string) => string;
  head?: ReactNode;
  onMove: (key: string, move: HandleMove) => void;
  onDrag: (key: string, value: string) => void;
  onMovePrice: (key: string, move: HandleMove) => void;
  onDragPrice: (key: string, value: string) => void;
  onHold: (isHeld: boolean) => void;
}

const START = { width: 720, height: 600 };
const NO_POINTS: readonly CurvePoint[] = [];

/** Three views over one axis of quantities: price of a unit, total, customers; borders and prices are handles. */
export function PriceCurves(props: PriceCurvesProps) {
  const { axis, lines, borders, prices, words, formatQuantity, formatMoney, onHold } = props;
  const { ref, width, height } = useSize(START);
  /** The border that was touched last: the lens is on it. */
  const [chosen, setChosen] = useState<string | null>(null);
  const layout = curveLayout({ width: Math.max(320, width), height: Math.max(400, height) });
  const x = (share: number) => layout.left + layout.inner * share;
  const place: Place = { layout, x, at: (quantity) => x(axisAt(axis, quantity)) };
  const scale = priceScale(props, layout);
  const xs = borders.map((border) => x(borderShare(border, axis)));
  const drawn = lines[0]?.points ?? NO_POINTS;
  const table = {
    labels: drawn.map((point) => formatQuantity(point.quantity)),
    series: lines.map((line) => ({ key: line.key, name: line.name, color: "var(--pencil-solid)", values: valuesAt(line.points, drawn) })),
  };
  return (
    <ChartFrame summary={words.summary} data={table} format={formatMoney} labelHead={words.quantity} head={props.head} grow>
      <div ref={ref} className={styles.box}>
        <svg width={layout.width} height={layout.height} className={chart.svg} role="group" aria-label={words.summary}>
          <g aria-hidden>
            <CurveGrid {...props} {...place} />
            <CliffZones {...props} {...place} />
            <UnitView {...props} {...place} scale={scale} />
            <TotalView {...props} {...place} />
            <CustomersView {...props} {...place} />
          </g>
          {borders.map((border, index) => (
            <PriceHandle
              key={border.key}
              border={border}
              onChoose={() => setChosen(border.key)}
              axis={axis}
              x={xs[index] ?? 0}
              left={layout.left}
              width={layout.inner}
              bottom={layout.bottom}
              showLabel={index === 0 || (xs[index] ?? 0) - (xs[index - 1] ?? 0) > 72}
              onMove={(move) => props.onMove(border.key, move)}
              onDrag={(value) => props.onDrag(border.key, value)}
              onHold={onHold}
            />
          ))}
          {prices.map((price) => {
            const from = Math.max(0, axisAt(axis, Number(price.from)));
            const to = price.to === null ? 1 : Math.min(1, axisAt(axis, Number(price.to)));
            return (
              <PriceGrip
                key={price.key}
                price={price}
                x={x((Math.min(from, 1) + to) / 2)}
                y={scale.y(Math.min(scale.top, Number(price.value) / Number(price.per)))}
                most={scale.top}
                priceAt={scale.priceAt}
                onMove={(move) => props.onMovePrice(price.key, move)}
                onDrag={(value) => props.onDragPrice(price.key, value)}
                onHold={onHold}
              />
            );
          })}
          <CliffLens {...props} {...place} chosen={chosen} />
        </svg>
      </div>
    </ChartFrame>
  );
}

/** The totals of a line at the quantities of another. */
function valuesAt(points: readonly CurvePoint[], at: readonly CurvePoint[]): (string | null)[] {
  const known = new Map(points.map((point) => [point.quantity, point.total]));
  return at.map((point) => known.get(point.quantity) ?? null);
}
