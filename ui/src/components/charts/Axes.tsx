import styles from "./charts.module.css";
import { labelIndexes, tickText, type Scale } from "./scale";

export interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

export interface AxesProps {
  box: Box;
  scale: Scale;
  labels: readonly string[];
  /** Centre of a position, in pixels. */
  x: (index: number) => number;
  /** Short form for the axis: €295k. */
  formatTick: (value: string) => string;
  labelSpace?: number;
}

/** Grid lines with their figures at the left and the labels below. */
export function Axes({ box, scale, labels, x, formatTick, labelSpace = 64 }: AxesProps) {
  return (
    <g aria-hidden>
      {scale.ticks.map((tick) => {
        const y = box.top + box.height * (1 - scale.at(tick));
        return (
          <g key={tick}>
            <line
              x1={box.left}
              x2={box.left + box.width}
              y1={y}
              y2={y}
              className={tick === 0 ? styles.zero : styles.grid}
            />
            <text x={box.left - 8} y={y + 3.5} textAnchor="end" className={styles.tick}>
              {formatTick(tickText(tick))}
            </text>
          </g>
        );
      })}
      {labelIndexes(labels.length, box.width, labelSpace).map((index) => (
        <text
          key={index}
          x={x(index)}
          y={box.top + box.height + 18}
          textAnchor="middle"
          className={styles.tick}
        >
          {labels[index]}
        </text>
      ))}
    </g>
  );
}
