import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { Panel } from "../../components/Panel";
import { EmptyState } from "../../components/States";
import { DataTable, type Column } from "../../components/table/DataTable";
import { Tag } from "../../components/Tag";
import type { CurrencyPair, ExchangeText } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { useFormats } from "../../lib/use-formats";
import { PriceRules } from "./PriceRules";
import { RateForm } from "./RateForm";
import styles from "./Settings.module.css";

type Row = Omit<ExchangeText, "rate"> & { rate: ExchangeText["rate"] | null };

/** Rates in force, what is missing first, and a form for a new one. */
export function ExchangeSection({ wanted }: { wanted: Partial<CurrencyPair> }) {
  const { t } = useTranslation("settings");
  const formats = useFormats();
  const list = useCommand("exchange_list", {});
  const [picked, setPicked] = useState(wanted);
  const missing = list.data?.missing ?? [];
  const rows: Row[] | undefined = list.data && [
    ...missing.map((pair): Row => ({ ...pair, rate: null, source: "", on: "" })),
    ...list.data.rates,
  ];
  const columns: Column<Row>[] = [
    {
      id: "pair",
      head: t("exchange.pair"),
      width: "minmax(130px, 1fr)",
      cell: (row) => <span className="medium id">{t("exchange.fromTo", { base: row.base, quote: row.quote })}</span>,
    },
    {
      id: "rate",
      head: t("exchange.rate"),
      width: "120px",
      align: "end",
      cell: (row) =>
        row.rate === null ? (
          <Tag tone="pencil" icon={TriangleAlert}>
            {t("exchange.missing")}
          </Tag>
        ) : (
          <span className="num">{formats.quantity(row.rate)}</span>
        ),
    },
    {
      id: "source",
      head: t("exchange.source"),
      width: "minmax(110px, 1fr)",
      cell: (row) => <span className="truncate">{row.source}</span>,
    },
    {
      id: "on",
      head: t("exchange.on"),
      width: "110px",
      cell: (row) => (row.on === "" ? <span className="ink">{t("exchange.enter")}</span> : formats.date(row.on)),
    },
  ];
  return (
    <div className={styles.panels}>
      <Panel title={t("exchange.inForce")} aside={missing.length > 0 && t("exchange.missingCount", { count: missing.length })} flush>
        <div className={styles.table}>
          <DataTable
            label={t("exchange.inForce")}
            columns={columns}
            rows={rows}
            rowKey={(row) => `${row.base} ${row.quote}`}
            rowTone={(row) => (row.rate === null ? "pencil" : undefined)}
            onOpen={(row) => setPicked({ base: row.base, quote: row.quote })}
            error={list.error && errorText(list.error)}
            onRetry={() => void list.refetch()}
            empty={<EmptyState title={t("exchange.empty")} />}
          />
        </div>
      </Panel>
      {list.data && (
        <RateForm
          // Another pair is another form; a saved one leads to the next that is missing.
          key={`${picked.base} ${picked.quote} ${missing.length}`}
          missing={missing}
          wanted={picked}
          onSaved={() => setPicked({})}
        />
      )}
      <PriceRules />
    </div>
  );
}
