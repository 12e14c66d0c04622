import { useId } from "react";
import chart from "./charts.module.css";
import { linePath, spanOfCliff, type CurvePoint, type Place } from "./curve-scales";
import type { PriceCurvesProps } from "./PriceCurves";
import styles from "./PriceCurves.module.css";

const WIDTH = 196;
const HEIGHT = 92;
/** The part of the border's quantity that is shown on each side. */
const AROUND = 0.3;

/** The chosen border to true scale, or the last cliff: in powers of ten a fall of a fifth is hardly seen. */
export function CliffLens({ lines, borders, axis, words, layout, at, formatTick, chosen }: PriceCurvesProps & Place & { chosen: string | null }) {
  const clip = useId();
  const hatch = useId();
  const inside = borders.filter((one) => Number(one.at) < axis.max);
  const border = inside.find((one) => one.key === chosen) ?? inside.findLast((one) => one.cliff !== null);
  const { total } = layout;
  if (!border || axis.kind === "linear" || total.height < HEIGHT + 50) return null;
  const here = Number(border.at);
  const near = (points: readonly CurvePoint[]) =>
    points
      .map((point) => ({ quantity: Number(point.quantity), total: Number(point.total), text: point.total }))
      .filter(({ quantity }) => Math.abs(quantity - here) <= here * AROUND * 1.5);
  const shown = lines.filter((line) => line.isShown).map((line) => ({ key: line.key, points: near(line.points) }));
  const drawn = near(lines[0]?.points ?? []);
  const [before, after] = [drawn.find((one) => one.quantity === here), drawn.find((one) => one.quantity > here)];
  if (!before || !after) return null;
  const isCliff = border.cliff !== null;
  const span = isCliff ? spanOfCliff(lines[0]?.points ?? [], here) : null;
  const totals = drawn.map((one) => one.total);
  const [low, high] = [Math.min(...totals), Math.max(...totals)];
  const x = (quantity: number) => 10 + (WIDTH - 20) * ((quantity / here - 1) / (2 * AROUND) + 0.5);
  const y = (amount: number) => 24 + (HEIGHT - 34) * (1 - (amount - low) / (high - low || 1));
  // Where the curves are not: below them at the right, above them at the left of a cliff far right.
  const isRight = at(here) > layout.left + layout.inner * 0.62;
  const left = isRight ? layout.left + 12 : layout.left + layout.inner - WIDTH - 8;
  const top = isRight ? total.top + 4 : total.top + total.height - HEIGHT - 6;
  return (
    <g transform={`translate(${left},${top})`} aria-hidden className={styles.lens}>
      <clipPath id={clip}>
        <rect x={8} y={18} width={WIDTH - 16} height={HEIGHT - 24} />
      </clipPath>
      <rect width={WIDTH} height={HEIGHT} rx={6} />
      <text x={10} y={15} className={chart.note}>
        {words.lens(border)}
      </text>
      <pattern id={hatch} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <line x1={0} x2={0} y1={0} y2={6} className={styles.hatch} />
      </pattern>
      <g clipPath={`url(#${clip})`}>
        {span && <rect x={x(span.from)} width={Math.max(1, x(span.to) - x(span.from))} y={18} height={HEIGHT - 24} fill={`url(#${hatch})`} />}
        {shown.toReversed().map((line) => (
          <path key={line.key} d={linePath(line.points.map((one) => [x(one.quantity), y(one.total)]))} className={styles.line} data-line={line.key} />
        ))}
      </g>
      {isCliff && (
        <>
          <g className={styles.cliff}>
            <line x1={x(here)} x2={x(here)} y1={y(before.total)} y2={y(after.total)} />
            <circle cx={x(here)} cy={y(before.total)} r={3.5} />
            <circle cx={x(here)} cy={y(after.total)} r={3.5} data-open />
          </g>
          <text x={x(here) - 8} y={Math.max(30, y(before.total) + 4)} textAnchor="end" className={styles.amount}>
            {formatTick(before.text)}
          </text>
          <text x={x(here) + 8} y={Math.min(HEIGHT - 8, y(after.total) + 12)} className={styles.amount}>
            {formatTick(after.text)}
          </text>
        </>
      )}
    </g>
  );
}
