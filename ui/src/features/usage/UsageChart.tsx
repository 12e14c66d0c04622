import { Link } from "@tanstack/react-router";
import { CircleDashed } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "react-aria-components";
import { REST_COLOR, seriesColor, type ChartData } from "../../components/charts/ChartFrame";
import { StackedBars } from "../../components/charts/StackedBars";
import { Icon } from "../../components/Icon";
import { Money } from "../../components/Money";
import { Quantity } from "../../components/Quantity";
import type { UsageMeasure, UsageOverviewReply } from "../../ipc/generated/types";
import { cx } from "../../lib/cx";
import { minorDigits } from "../../lib/format";
import { useFormats } from "../../lib/use-formats";
import { roundedTo, shortName, type UsageSearch } from "./model";
import styles from "./Usage.module.css";

export interface UsageChartProps {
  data: UsageOverviewReply;
  search: UsageSearch;
  days: string;
  onChange: (part: Partial<UsageSearch>) => void;
}

/** Stacked bars per day with the list of their totals; an entry selects its row. */
export function UsageChart({ data, search, days, onChange }: UsageChartProps) {
  const { t } = useTranslation("usage");
  const formats = useFormats();
  const measure = search.measure ?? "cost";
  const group = search.group ?? "model";
  const currency = data.currency;
  const full = (value: string) =>
    currency ? formats.money(roundedTo(value, minorDigits(currency)), currency) : formats.quantity(value);
  const short = (value: string) => (currency ? formats.moneyShort(value, currency) : formats.quantityShort(value));
  const nameOf = (series: UsageOverviewReply["series"][number]) =>
    series.key === "" ? t(`rest.${group}`, { count: series.groups }) : shortName(series.name, series.key, group) || t("unnamed");
  const chart: ChartData = {
    labels: data.days.map((day) => formats.day(day)),
    series: data.series.map((series, index) => ({
      key: series.key,
      name: nameOf(series),
      values: series.values,
      color: colorOf(series.key, index),
    })),
  };
  const summary = t("summary", {
    measure: t(`measure.${measure}`),
    group: t(`group.${group}`),
    days,
    total: full(data.total),
    first: data.series[0] ? nameOf(data.series[0]) : "",
  });
  return (
    <div className={styles.chart}>
      <div className={styles.plot}>
        <StackedBars
          data={chart}
          summary={summary}
          labelHead={t("day")}
          format={full}
          formatTick={short}
          height={288}
          head={<span className="small dim">{t("perDay", { measure: t(`measure.${measure}`) })}</span>}
          onSelect={(index) => {
            const day = data.days[index];
            if (day && data.days.length > 1) onChange({ from: day, to: day, month: undefined });
          }}
        />
      </div>
      <ul className={cx(styles.legend, "num")} aria-label={t("totals")}>
        {data.series.map((series, index) => (
          <li key={series.key}>
            <Button
              className={styles.entry ?? ""}
              data-on={(series.key !== "" && series.key === search.at) || undefined}
              isDisabled={series.key === ""}
              onPress={() => onChange({ at: series.key })}
            >
              <i style={{ background: colorOf(series.key, index) }} aria-hidden />
              <span className="truncate id">{nameOf(series)}</span>
              <Total value={series.total} measure={measure} currency={currency} />
            </Button>
          </li>
        ))}
        <li className={cx(styles.entry, styles.sum)}>
          <span />
          <span className="truncate">{days}</span>
          <Total value={data.total} measure={measure} currency={currency} />
        </li>
        {data.unpriced > 0 && (
          <li className={styles.unpriced}>
            <Icon icon={CircleDashed} size="s" />
            <Link to="/usage/inbox" search={{ show: "unpriced" }}>
              {t("unpricedNote", { count: data.unpriced, events: formats.quantity(String(data.unpriced)) })}
            </Link>
          </li>
        )}
      </ul>
    </div>
  );
}

/** The palette has seven colours; the reply may name eight groups beside the rest. */
const EIGHTH = "color-mix(in srgb, var(--d-3) 45%, var(--surface))";

function colorOf(key: string, index: number): string {
  if (key === "") return REST_COLOR;
  return index < 7 ? seriesColor(index) : EIGHTH;
}

function Total({ value, measure, currency }: { value: string; measure: UsageMeasure; currency: string | null }) {
  if (currency) return <Money value={{ amount: roundedTo(value, minorDigits(currency)), currency }} />;
  return <Quantity value={value} short={measure === "tokens"} />;
}
