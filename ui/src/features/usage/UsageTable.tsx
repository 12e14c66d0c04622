import { useNavigate } from "@tanstack/react-router";
import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { Money } from "../../components/Money";
import { Quantity } from "../../components/Quantity";
import { EmptyState } from "../../components/States";
import { DataTable, type Column } from "../../components/table/DataTable";
import { providerName } from "../../lib/names";
import type { UsageGroup, UsageOverviewReply, UsageRow } from "../../ipc/generated/types";
import { hasNoProvider, shortName, splitModel, type UsageSearch } from "./model";

export interface UsageTableProps {
  data: UsageOverviewReply | undefined;
  search: UsageSearch;
  onChange: (part: Partial<UsageSearch>) => void;
}

/** All groups with their figures; a row narrows the picture by Enter and shows its events. */
export function UsageTable({ data, search, onChange }: UsageTableProps) {
  const { t } = useTranslation("usage");
  const group = search.group ?? "model";
  const columns: Column<UsageRow>[] = [
    {
      id: "name",
      head: t(`group.${group}`),
      width: "minmax(150px, 1fr)",
      sortBy: (row) => ({ text: row.name }),
      cell: (row) => <Name row={row} group={group} />,
    },
    figure("events", t("column.events"), (row) => String(row.events)),
    figure("input", t("column.input"), (row) => row.inputTokens, true),
    figure("cached", t("column.cached"), (row) => row.cachedTokens, true),
    figure("output", t("column.output"), (row) => row.outputTokens, true),
    {
      id: "cost",
      head: t("column.cost"),
      align: "end",
      width: "minmax(108px, 150px)",
      firstDirection: "down",
      sortBy: (row) => (row.cost ? { figure: row.cost.amount } : null),
      cell: (row) =>
        row.cost ? (
          <Money value={row.cost} />
        ) : hasNoProvider(row, group) ? (
          <span className="dim">{t("noCost")}</span>
        ) : (
          <span className="pencil medium">{t("held")}</span>
        ),
    },
  ];
  return (
    <DataTable
      label={t("table", { group: t(`group.${group}`) })}
      columns={columns}
      rows={data?.rows}
      rowKey={(row) => row.key}
      selectedKey={search.at ?? null}
      onSelect={(row) => onChange({ at: row.key })}
      onOpen={(row) => {
        if (!row.known) return;
        if (group === "customer") onChange({ customer: row.key, group: "model", at: undefined });
        if (group === "model") onChange({ model: row.key, group: "customer", at: undefined });
      }}
      rowTone={(row) => (row.known ? undefined : "pencil")}
      empty={<EmptyState title={t("emptyDetail")} />}
      pageKeys
    />
  );
}

function figure(id: string, head: string, of: (row: UsageRow) => string, short?: boolean): Column<UsageRow> {
  return {
    id,
    head,
    align: "end",
    width: "minmax(82px, 130px)",
    firstDirection: "down",
    sortBy: (row) => ({ figure: of(row) }),
    cell: (row) => <Quantity value={of(row)} short={short} />,
  };
}

function Name({ row, group }: { row: UsageRow; group: UsageGroup }) {
  const { t } = useTranslation("usage");
  const navigate = useNavigate();
  if (row.known) {
    const name = group === "provider" ? providerName(row.name) : shortName(row.name, row.key, group);
    const provider = name === row.name ? "" : splitModel(row.key).provider;
    return (
      <span className="truncate id">
        <span className="medium">{name}</span> <span className="dim">{providerName(provider)}</span>
      </span>
    );
  }
  const resolve = () => void navigate({ to: "/usage/inbox", search: { show: "unmapped" } });
  return (
    <>
      <Icon icon={CircleAlert} size="s" className="pencil" />
      <span className="truncate medium id">{row.name || t("unnamed")}</span>
      <Button size="small" kind="pencil" onPress={resolve}>
        {t("resolve")}
      </Button>
    </>
  );
}
