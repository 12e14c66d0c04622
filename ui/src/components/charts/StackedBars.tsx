import { useState, type ReactNode } from "react";
import { toCoordinate } from "../../lib/decimal";
import { Axes, type Box } from "./Axes";
import { ChartFrame, type ChartData } from "./ChartFrame";
import styles from "./charts.module.css";
import { linearScale } from "./scale";
import { useWidth } from "./use-width";

export interface StackedBarsProps {
  data: ChartData;
  /** What the read-out and the table say, where it is more than the pieces of the bars. */
  figures?: ChartData;
  summary: string;
  labelHead: string;
  format: (value: string) => string;
  formatTick: (value: string) => string;
  height?: number;
  /** Drawn above the chart when nothing is pointed at; the pointed position replaces it. */
  head?: ReactNode;
  /** Words above a bar, e.g. its margin. */
  notes?: readonly (string | null)[];
  onSelect?: (index: number) => void;
}

const PAD = { left: 56, right: 12, bottom: 28 };
/** Above the highest bar; more where words stand on the bars. */
const TOP = { plain: 8, notes: 20 };

/** One bar per label, cut into series; pointing at a bar reads it out. */
export function StackedBars(props: StackedBarsProps) {
  const { data, format, formatTick, height = 260, notes = [], onSelect } = props;
  const { ref, width } = useWidth();
  const [hover, setHover] = useState<number | null>(null);
  const count = data.labels.length;
  const top = notes.length > 0 ? TOP.notes : TOP.plain;
  const box: Box = {
    left: PAD.left,
    top,
    width: Math.max(1, width - PAD.left - PAD.right),
    height: height - top - PAD.bottom,
  };
  const numbers = data.series.map((series) => series.values.map((value) => (value == null ? 0 : toCoordinate(value))));
  const sums = data.labels.map((_, at) => numbers.reduce((sum, series) => sum + (series[at] ?? 0), 0));
  const scale = linearScale(sums);
  const slot = box.width / Math.max(1, count);
  const bar = Math.max(1, Math.min(48, slot * (count > 20 ? 0.88 : 0.7)));
  const x = (index: number) => box.left + slot * (index + 0.5);

  return (
    <ChartFrame
      {...props}
      data={props.figures ?? data}
      head={hover === null ? props.head : <ReadOut data={props.figures ?? data} index={hover} format={format} />}
    >
      <div ref={ref}>
        <svg width={width} height={height} className={styles.svg} role="img" aria-label={props.summary}>
          <Axes box={box} scale={scale} labels={data.labels} x={x} formatTick={formatTick} />
          {data.labels.map((label, at) => (
            <g
              key={label}
              className={styles.slot}
              data-press={onSelect ? true : undefined}
              onPointerEnter={() => setHover(at)}
              onPointerLeave={() => setHover(null)}
              onClick={() => onSelect?.(at)}
            >
              <rect x={x(at) - slot / 2} y={box.top} width={slot} height={box.height} className={styles.hit} />
              {stack(numbers, at).map((piece, index) => (
                <rect
                  key={data.series[index]?.key}
                  x={x(at) - bar / 2}
                  width={bar}
                  y={box.top + box.height * (1 - scale.at(piece.to))}
                  height={Math.max(0, box.height * (scale.at(piece.to) - scale.at(piece.from)) - 0.75)}
                  rx={Math.min(1.5, bar / 4)}
                  fill={data.series[index]?.color}
                />
              ))}
              {notes[at] && (
                <text
                  x={x(at)}
                  y={box.top + box.height * (1 - scale.at(sums[at] ?? 0)) - 6}
                  textAnchor="middle"
                  className={styles.note}
                >
                  {notes[at]}
                </text>
              )}
            </g>
          ))}
        </svg>
      </div>
    </ChartFrame>
  );
}

function stack(numbers: readonly (readonly number[])[], at: number) {
  let from = 0;
  return numbers.map((series) => {
    const piece = { from, to: from + (series[at] ?? 0) };
    from = piece.to;
    return piece;
  });
}

/** The figures of one position, in one row that never changes its place. */
export function ReadOut({ data, index, format }: { data: ChartData; index: number; format: (value: string) => string }) {
  const shown = data.series.filter((series) => {
    const value = series.values[index];
    return value != null && /[1-9]/.test(value);
  });
  return (
    <div className={styles.readOut}>
      <span className="medium">{data.labels[index]}</span>
      {shown.slice(0, 6).map((series) => (
        <span key={series.key} className={styles.readItem}>
          <i style={{ background: series.color }} aria-hidden />
          {series.name} <span className="num">{format(series.values[index] ?? "0")}</span>
        </span>
      ))}
    </div>
  );
}
