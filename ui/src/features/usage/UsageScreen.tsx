import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Upload } from "lucide-react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { Screen } from "../../app/Screen";
import { Button } from "../../components/Button";
import { Panel } from "../../components/Panel";
import { EmptyState, ErrorState, Skeleton } from "../../components/States";
import { useCommand } from "../../ipc/query";
import { today } from "../../lib/dates";
import { useFormats } from "../../lib/use-formats";
import { InboxButtons } from "./inbox/InboxButtons";
import { isFiltered, periodOf, requestOf, type UsageSearch } from "./model";
import { RowInspector } from "./RowInspector";
import { UsageChart } from "./UsageChart";
import styles from "./Usage.module.css";
import { UsageTable } from "./UsageTable";
import { UsageToolbar } from "./UsageToolbar";

const route = getRouteApi("/usage");

/** Usage by day and group; every figure of a row leads to its events. */
export function UsageScreen() {
  const { t } = useTranslation("usage");
  const formats = useFormats();
  const search = route.useSearch();
  const navigate = useNavigate();
  const book = useCommand("book_status", {}).data?.book;
  const period = periodOf(search, book?.months ?? [], today(book?.zone ?? "UTC"));
  const overview = useCommand("usage_overview", requestOf(search, period), {
    enabled: book !== undefined,
    keepPrevious: true,
  });
  const change = (part: Partial<UsageSearch>) =>
    void navigate({ to: "/usage", search: { ...search, ...part }, replace: true });
  const toImport = () => void navigate({ to: "/usage/import" });

  const data = overview.data;
  const row = data?.rows.find((one) => one.key === search.at);
  const days = period.month ? formats.month(period.month) : formats.period(period.from, period.to);
  const note = data && t("counted", { count: data.events, events: formats.quantity(String(data.events)), days });
  const isEmpty = data !== undefined && data.rows.length === 0;

  return (
    <Screen
      title={t("title")}
      note={note}
      fill
      actions={<InboxButtons />}
      primary={{ label: t("import.action"), icon: Upload, onPress: toImport }}
      inspector={row && data && <RowInspector row={row} search={search} period={period} />}
      inspectorKey={row?.key ?? null}
      inspectorTitle={row?.name}
    >
      <div className={styles.content}>
        <Panel flush className={styles.chartPanel}>
          <UsageToolbar search={search} period={period} months={book?.months ?? []} onChange={change} />
          {overview.error ? (
            <Failed error={overview.error} onRetry={() => void overview.refetch()} />
          ) : !data ? (
            <Skeleton rows={8} height={36} />
          ) : isEmpty ? (
            <Nothing filtered={isFiltered(search)} days={days} onClear={() => change(NO_FILTER)} onImport={toImport} />
          ) : (
            <UsageChart data={data} search={search} days={days} onChange={change} />
          )}
        </Panel>
        {!isEmpty && !overview.error && (
          <Panel flush grow className={styles.tablePanel}>
            <UsageTable data={data} search={search} onChange={change} />
          </Panel>
        )}
      </div>
    </Screen>
  );
}

const NO_FILTER: Partial<UsageSearch> = { customer: undefined, model: undefined };

function Failed({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation("common");
  const { text, detail } = errorText(error);
  return <ErrorState title={text} detail={detail} action={<Button onPress={onRetry}>{t("again")}</Button>} />;
}

interface NothingProps {
  filtered: boolean;
  days: string;
  onClear: () => void;
  onImport: () => void;
}

function Nothing({ filtered, days, onClear, onImport }: NothingProps) {
  const { t } = useTranslation(["usage", "common"]);
  if (filtered) {
    return (
      <EmptyState
        title={t("noResult", { days })}
        action={<Button onPress={onClear}>{t("common:clearFilter")}</Button>}
      />
    );
  }
  return (
    <EmptyState
      icon={Upload}
      title={t("empty", { days })}
      detail={t("emptyDetail")}
      action={
        <Button icon={Upload} onPress={onImport}>
          {t("import.action")}
        </Button>
      }
    />
  );
}
