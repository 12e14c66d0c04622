import { useTranslation } from "react-i18next";
import { errorText } from "../../../app/errors";
import { DropZone } from "../../../components/DropZone";
import { Panel } from "../../../components/Panel";
import { Quantity } from "../../../components/Quantity";
import { EmptyState } from "../../../components/States";
import { DataTable, type Column } from "../../../components/table/DataTable";
import type { UsageImportReport } from "../../../ipc/generated/types";
import { useCommand } from "../../../ipc/query";
import { useFormats } from "../../../lib/use-formats";
import { formatName } from "../words";
import styles from "./Import.module.css";

export interface ChooseFileProps {
  onChoose: () => void;
  onOpen: (batch: string) => void;
}

/** Files that are dropped reach the frame, which leads here; so this zone only shows and chooses. */
const noDrops = () => () => undefined;

/** The first step: a place to drop a file, and what was imported before. */
export function ChooseFile({ onChoose, onOpen }: ChooseFileProps) {
  const { t } = useTranslation("usage");
  const list = useCommand("usage_import_list", {});
  const formats = useFormats();
  const columns: Column<UsageImportReport>[] = [
    { id: "file", head: t("import.file"), width: "minmax(180px, 1fr)", sortBy: (row) => ({ text: row.file }), cell: (row) => <span className="truncate medium id">{row.file}</span> },
    { id: "format", head: t("import.formatHead"), width: "minmax(110px, 170px)", sortBy: (row) => ({ text: row.format }), cell: (row) => <span className="truncate muted">{formatName(row.format)}</span> },
    { id: "at", head: t("import.at"), width: "minmax(130px, 160px)", firstDirection: "down", sortBy: (row) => ({ text: row.at }), cell: (row) => <span className="num muted">{formats.instant(row.at)}</span> },
    count("accepted", t("import.accepted"), (row) => row.accepted),
    count("duplicate", t("import.duplicate"), (row) => row.duplicate),
    count("conflict", t("import.conflict"), (row) => row.conflict),
    count("rejected", t("import.rejected"), (row) => row.rejected),
  ];
  return (
    <div className={styles.choose}>
      <DropZone
        title={t("import.dropHere")}
        choose={t("import.orChoose")}
        hint={t("import.formats")}
        source={noDrops}
        onChoose={onChoose}
        onDrop={() => undefined}
      />
      <Panel flush grow title={t("import.history")}>
        <DataTable
          label={t("import.history")}
          columns={columns}
          rows={list.data?.batches}
          rowKey={(row) => row.id}
          onOpen={(row) => onOpen(row.id)}
          error={list.error ? errorText(list.error) : null}
          onRetry={() => void list.refetch()}
          empty={<EmptyState title={t("import.historyEmpty")} />}
          pageKeys
        />
      </Panel>
    </div>
  );
}

function count(id: string, head: string, of: (row: UsageImportReport) => number): Column<UsageImportReport> {
  return {
    id,
    head,
    align: "end",
    width: "minmax(84px, 110px)",
    firstDirection: "down",
    sortBy: (row) => ({ figure: String(of(row)) }),
    cell: (row) => <Quantity value={of(row)} tone={id !== "accepted" && id !== "duplicate" && of(row) > 0 ? "pencil" : undefined} />,
  };
}
