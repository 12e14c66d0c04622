import { Link } from "@tanstack/react-router";
import { RotateCcw, TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText, showError } from "../../app/errors";
import { IconButton } from "../../components/IconButton";
import { Panel } from "../../components/Panel";
import { EmptyState } from "../../components/States";
import { DataTable, type Column } from "../../components/table/DataTable";
import { Tag } from "../../components/Tag";
import type { CurrencyPair, ExchangeRow } from "../../ipc/generated/types";
import { useCommand, useMutation } from "../../ipc/query";
import { useFormats } from "../../lib/use-formats";
import { PriceRules } from "./PriceRules";
import { RateForm } from "./RateForm";
import styles from "./Settings.module.css";

/** Rates in force and staged ones, what is missing first, and a form for a new one. */
export function ExchangeSection({ wanted }: { wanted: Partial<CurrencyPair> }) {
  const { t } = useTranslation("settings");
  const formats = useFormats();
  const list = useCommand("exchange_list", {});
  const [picked, setPicked] = useState(wanted);
  const missing = list.data?.missing ?? [];
  const staging = useMutation("exchange_stage");
  const rows: ExchangeRow[] | undefined = list.data && [
    ...missing.map((pair): ExchangeRow => ({ ...pair, published: null, staged: null })),
    ...list.data.rates,
  ];
  const hasStaged = rows?.some((row) => row.staged !== null) ?? false;
  const revert = (row: ExchangeRow) => staging.mutate({ base: row.base, quote: row.quote, to: null }, { onError: showError });
  const columns: Column<ExchangeRow>[] = [
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
      cell: (row) => <RateFigure row={row} />,
    },
    {
      id: "source",
      head: t("exchange.source"),
      width: "minmax(110px, 1fr)",
      cell: (row) => <span className="truncate">{(row.staged ?? row.published)?.source}</span>,
    },
    {
      id: "on",
      head: t("exchange.on"),
      width: "110px",
      cell: (row) => {
        const shown = row.staged ?? row.published;
        return shown === null ? <span className="ink">{t("exchange.enter")}</span> : formats.date(shown.on);
      },
    },
    {
      id: "revert",
      head: <span className="visually-hidden">{t("exchange.revert")}</span>,
      width: "32px",
      cell: (row) =>
        row.staged !== null && (
          <IconButton icon={RotateCcw} size="small" label={t("exchange.revertOf", { base: row.base, quote: row.quote })} onPress={() => revert(row)} />
        ),
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
            rowTone={(row) => (row.published === null || row.staged !== null ? "pencil" : undefined)}
            onOpen={(row) => setPicked({ base: row.base, quote: row.quote })}
            error={list.error && errorText(list.error)}
            onRetry={() => void list.refetch()}
            empty={<EmptyState title={t("exchange.empty")} />}
          />
        </div>
        {hasStaged && (
          <p className={styles.staged}>
            {t("exchange.staged")}{" "}
            <Link to="/prices" search={{ sheet: "review" }}>
              {t("exchange.review")}
            </Link>
          </p>
        )}
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

/** The rate as it is, and in pencil as it would be. */
function RateFigure({ row }: { row: ExchangeRow }) {
  const { t } = useTranslation("settings");
  const formats = useFormats();
  if (row.published === null && row.staged === null) {
    return (
      <Tag tone="pencil" icon={TriangleAlert}>
        {t("exchange.missing")}
      </Tag>
    );
  }
  return (
    <span className="num">
      {row.published !== null && (row.staged === null ? formats.quantity(row.published.rate) : <s className="muted">{formats.quantity(row.published.rate)}</s>)}{" "}
      {row.staged !== null && <span className="pencil strong">{formats.quantity(row.staged.rate)}</span>}
    </span>
  );
}
