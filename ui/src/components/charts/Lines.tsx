import { useState, type PointerEvent, type ReactNode } from "react";
import { toCoordinate } from "../../lib/decimal";
import { Axes, type Box } from "./Axes";
import { ChartFrame, type ChartData } from "./ChartFrame";
import styles from "./charts.module.css";
import { linearScale } from "./scale";
import { ReadOut } from "./StackedBars";
import { useWidth } from "./use-width";

export interface LinesProps {
  data: ChartData;
  summary: string;
  labelHead: string;
  format: (value: string) => string;
  formatTick: (value: string) => string;
  height?: number;
  head?: ReactNode;
  /** Fills the space between the first two series: the margin between revenue and cost. */
  fillBetween?: boolean;
  /** Positions drawn on a grey ground, e.g. weekends. */
  shaded?: readonly number[];
}

const PAD = { left: 56, right: 96, top: 12, bottom: 28 };

/** Lines over the same labels, named at their ends; the pointer reads out one position. */
export function Lines(props: LinesProps) {
  const { data, format, formatTick, height = 240, fillBetween, shaded = [] } = props;
  const { ref, width } = useWidth();
  const [hover, setHover] = useState<number | null>(null);
  const last = Math.max(1, data.labels.length - 1);
  const box: Box = {
    left: PAD.left,
    top: PAD.top,
    width: Math.max(1, width - PAD.left - PAD.right),
    height: height - PAD.top - PAD.bottom,
  };
  const lines = data.series.map((series) => series.values.map((value) => (value == null ? null : toCoordinate(value))));
  const scale = linearScale(lines.flat().filter((value) => value !== null));
  const x = (index: number) => box.left + (box.width * index) / last;
  const y = (value: number) => box.top + box.height * (1 - scale.at(value));

  function point(event: PointerEvent<SVGSVGElement>) {
    const left = event.clientX - event.currentTarget.getBoundingClientRect().left - box.left;
    const index = Math.round((left / box.width) * last);
    setHover(index >= 0 && index <= last ? index : null);
  }

  return (
    <ChartFrame
      {...props}
      head={hover === null ? props.head : <ReadOut data={data} index={hover} format={format} />}
    >
      <div ref={ref}>
        <svg
          width={width}
          height={height}
          className={styles.svg}
          role="img"
          aria-label={props.summary}
          onPointerMove={point}
          onPointerLeave={() => setHover(null)}
        >
          {shaded.map((index) => (
            <rect
              key={index}
              x={x(index) - box.width / last / 2}
              y={box.top}
              width={box.width / last}
              height={box.height}
              className={styles.shade}
            />
          ))}
          <Axes box={box} scale={scale} labels={data.labels} x={x} formatTick={formatTick} />
          {fillBetween && lines[0] && lines[1] && (
            <path d={between(lines[0], lines[1], x, y)} className={styles.between} />
          )}
          {data.series.map((series, index) => (
            <path key={series.key} d={path(lines[index] ?? [], x, y)} stroke={series.color} className={styles.line} />
          ))}
          {hover !== null && (
            <g>
              <line x1={x(hover)} x2={x(hover)} y1={box.top} y2={box.top + box.height} className={styles.cursor} />
              {data.series.map((series, index) => {
                const value = lines[index]?.[hover];
                return value == null ? null : (
                  <circle key={series.key} cx={x(hover)} cy={y(value)} r={3.5} fill={series.color} className={styles.dot} />
                );
              })}
            </g>
          )}
          {ends(data, lines, y).map((end) => (
            <text key={end.key} x={box.left + box.width + 8} y={end.y + 4} fill={end.color} className={styles.name}>
              {end.name}
            </text>
          ))}
        </svg>
      </div>
    </ChartFrame>
  );
}

type Values = readonly (number | null)[];

function path(values: Values, x: (i: number) => number, y: (v: number) => number): string {
  let pen = "M";
  let d = "";
  values.forEach((value, index) => {
    if (value === null) pen = "M";
    else {
      d += `${pen}${round(x(index))} ${round(y(value))}`;
      pen = "L";
    }
  });
  return d;
}

function between(top: Values, bottom: Values, x: (i: number) => number, y: (v: number) => number): string {
  const there = top.map((value, index) => `${round(x(index))} ${round(y(value ?? 0))}`);
  const back = bottom.map((value, index) => `${round(x(index))} ${round(y(value ?? 0))}`).toReversed();
  return `M${[...there, ...back].join("L")}Z`;
}

/** Names at the ends of the lines, moved apart so that they do not cover each other. */
function ends(data: ChartData, lines: readonly Values[], y: (value: number) => number) {
  const placed = data.series
    .flatMap((series, index) => {
      const value = lines[index]?.findLast((one) => one !== null);
      return value == null ? [] : [{ key: series.key, name: series.name, color: series.color, y: y(value) }];
    })
    .toSorted((a, b) => a.y - b.y);
  let free = -Infinity;
  return placed.map((end) => {
    free = Math.max(end.y, free + 15);
    return { ...end, y: free };
  });
}

const round = (value: number) => Math.round(value * 10) / 10;
