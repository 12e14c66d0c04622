import { useTranslation } from "react-i18next";
import { Legend, type ChartData } from "../../components/charts/ChartFrame";
import { StackedBars } from "../../components/charts/StackedBars";
import { Panel } from "../../components/Panel";
import { EmptyState } from "../../components/States";
import type { CustomerGetReply } from "../../ipc/generated/types";
import { useFormats } from "../../lib/use-formats";
import styles from "./Customers.module.css";
import { marginOf, piecesOf } from "./model";

const COST = "color-mix(in srgb, var(--d-cost) 52%, var(--surface))";
const MARGIN = "var(--d-margin)";
const LOSS = "var(--d-loss)";
const REVENUE = "var(--d-1)";

/** Revenue by month, cut into what it cost and what is left. */
export function RevenuePanel({ reply }: { reply: CustomerGetReply }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  const { months, customer } = reply;
  const money = (value: string) => formats.money(value, customer.currency);
  const labels = months.map((month) => formats.month(month.month));
  const pieces = months.map(piecesOf);
  const series = (
    [
      ["cost", COST],
      ["margin", MARGIN],
      ["loss", LOSS],
      ["unknown", REVENUE],
    ] as const
  ).map(([key, color]) => ({ key, color, name: t(`chart.${key}`), values: pieces.map((piece) => piece[key]) }));
  const isDrawn = (one: (typeof series)[number]) => one.values.some((value) => value !== null) || one.key === "margin";
  const data: ChartData = { labels, series: series.filter(isDrawn) };
  const figures: ChartData = {
    labels,
    series: [
      { key: "revenue", name: t("chart.revenue"), values: months.map((month) => month.revenue.amount), color: REVENUE },
      { key: "cost", name: t("chart.cost"), values: months.map((month) => month.cost?.amount ?? null), color: COST },
      { key: "margin", name: t("chart.margin"), values: months.map(marginOf), color: MARGIN },
    ],
  };
  const first = months[0];
  const last = months.at(-1);
  return (
    <Panel title={t("chart.title")}>
      {first && last ? (
        <div className={styles.chart}>
          <StackedBars
            data={data}
            figures={figures}
            labelHead={t("chart.month")}
            summary={t("chart.summary", {
              first: formats.month(first.month),
              last: formats.month(last.month),
              revenue: money(last.revenue.amount),
              margin: last.margin === null ? t("marginUnknown") : formats.percent(last.margin),
            })}
            format={money}
            formatTick={(value) => formats.moneyShort(value, customer.currency)}
            notes={months.map((month) => month.margin && formats.percent(month.margin))}
            height={224}
            head={<Legend items={data.series.map(({ name, color }) => ({ name, color }))} />}
          />
        </div>
      ) : (
        <EmptyState title={t("noUsage")} detail={t("noUsageDetail")} />
      )}
    </Panel>
  );
}
