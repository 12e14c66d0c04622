import { ChartNoAxesColumn, Table2 } from "lucide-react";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../IconButton";
import styles from "./charts.module.css";

export interface ChartSeries {
  key: string;
  name: string;
  /** One exact value per label; null where there is none. */
  values: readonly (string | null)[];
  color: string;
}

export interface ChartData {
  /** What each position is called, in the axis form: `3 Oct`. */
  labels: readonly string[];
  series: readonly ChartSeries[];
}

export interface ChartFrameProps {
  /** One sentence that says what the picture shows. */
  summary: string;
  data: ChartData;
  /** Exact value as text, for the table and the read-out. */
  format: (value: string) => string;
  /** Left of the table button: legend or read-out. */
  head?: ReactNode;
  /** Head of the first column of the table: `Day`. */
  labelHead: string;
  /** Takes the height that is left. */
  grow?: boolean;
  children: ReactNode;
}

/** The colours of data series, in order; told apart by lightness too. */
export const SERIES_COLORS = [
  "var(--d-1)",
  "var(--d-5)",
  "var(--d-3)",
  "var(--d-2)",
  "var(--d-4)",
  "var(--d-6)",
  "var(--d-7)",
] as const;
export const REST_COLOR = "var(--line-2)";

export function seriesColor(index: number, isRest = false): string {
  return isRest ? REST_COLOR : (SERIES_COLORS[index % SERIES_COLORS.length] ?? REST_COLOR);
}

/** Gives every chart its sentence, and the same figures as a table. */
export function ChartFrame({ summary, data, format, head, labelHead, grow, children }: ChartFrameProps) {
  const { t } = useTranslation("common");
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className={styles.figure} data-grow={grow || undefined}>
      <div className={styles.head}>
        <div className={styles.headText}>{head}</div>
        <IconButton
          size="small"
          icon={asTable ? ChartNoAxesColumn : Table2}
          label={asTable ? t("asChart") : t("asTable")}
          on={asTable}
          onPress={() => setAsTable(!asTable)}
        />
      </div>
      <figcaption className="visually-hidden">{summary}</figcaption>
      {asTable ? <ChartTable data={data} format={format} labelHead={labelHead} /> : children}
    </figure>
  );
}

function ChartTable({ data, format, labelHead }: Pick<ChartFrameProps, "data" | "format" | "labelHead">) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it
    <div className={styles.tableBox} tabIndex={0} role="region" aria-label={labelHead}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{labelHead}</th>
            {data.series.map((series) => (
              <th key={series.key} scope="col">
                {series.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {data.labels.map((label, index) => (
            <tr key={label}>
              <th scope="row">{label}</th>
              {data.series.map((series) => {
                const value = series.values[index];
                return <td key={series.key}>{value == null ? "" : format(value)}</td>;
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A square of the series' colour with its name. */
export function Legend({ items }: { items: readonly { name: string; color: string; value?: ReactNode }[] }) {
  return (
    <ul className={styles.legend}>
      {items.map((item) => (
        <li key={item.name}>
          <i style={{ background: item.color }} aria-hidden />
          {item.name}
          {item.value && <span className="num">{item.value}</span>}
        </li>
      ))}
    </ul>
  );
}
