import { useNavigate } from "@tanstack/react-router";
import { Activity, ClipboardCopy, Download, FileClock, Inbox } from "lucide-react";
import { useTranslation } from "react-i18next";
import { errorText, showError } from "../../../app/errors";
import { showToast } from "../../../app/toasts";
import { Button } from "../../../components/Button";
import { Panel } from "../../../components/Panel";
import { Quantity } from "../../../components/Quantity";
import { EmptyState, ErrorState, Note, Skeleton } from "../../../components/States";
import { DataTable, type Column } from "../../../components/table/DataTable";
import { TileStrip } from "../../../components/TileStrip";
import type { ImportIssue, UsageImportReport } from "../../../ipc/generated/types";
import { host } from "../../../ipc/host";
import { useCommand, useMutation } from "../../../ipc/query";
import { fileName } from "../../../lib/paths";
import { useFormats } from "../../../lib/use-formats";
import { issueWords } from "../words";
import styles from "./Import.module.css";
import { issueCsv, issuesLeftOut, issueTable } from "./model";

/** What an import did: four counts, then each row that was not taken. */
export function ReportView({ id, onBack }: { id: string; onBack: () => void }) {
  const { t } = useTranslation(["usage", "common"]);
  const report = useCommand("usage_import_get", { id });
  if (report.error) {
    return (
      <ErrorState
        title={errorText(report.error).text}
        action={<Button onPress={onBack}>{t("common:back")}</Button>}
      />
    );
  }
  if (!report.data) return <Skeleton rows={6} height={40} />;
  return <Report report={report.data} onBack={onBack} />;
}

function Report({ report, onBack }: { report: UsageImportReport; onBack: () => void }) {
  const { t } = useTranslation("usage");
  const formats = useFormats();
  const navigate = useNavigate();
  const left = issuesLeftOut(report);
  const save = useMutation("usage_report_save");
  const head = [t("import.lineHead"), t("import.fieldHead"), t("import.reasonHead")] as const;
  async function copy() {
    await navigator.clipboard.writeText(issueTable(report.issues, head, issueWords));
    showToast({ text: t("import.copied", { count: report.issues.length }), tone: "gain" });
  }
  /** As a file of its own, where the person says. */
  async function keep() {
    const suggestedName = t("import.reportName", { file: report.file.replace(/\.[^.]*$/, "") });
    const path = await host().saveFile({ suggestedName, filters: [{ name: t("import.tables"), extensions: ["csv"] }] });
    if (path === null) return;
    const text = issueCsv(report.issues, head, issueWords);
    save.mutate({ path, text }, { onError: showError, onSuccess: (saved) => showToast({ text: t("import.saved", { file: fileName(saved.path) }), tone: "gain" }) });
  }
  const tile = (name: "accepted" | "duplicate" | "conflict" | "rejected") => ({
    label: t(`import.${name}`),
    figure: (
      <Quantity
        size="headline"
        value={report[name]}
        tone={name === "conflict" && report[name] > 0 ? "loss" : name === "rejected" && report[name] > 0 ? "pencil" : "plain"}
      />
    ),
    note: <span className="dim small">{t(`import.note.${name}`)}</span>,
  });
  const columns: Column<ImportIssue>[] = [
    { id: "line", head: head[0], align: "end", width: "96px", sortBy: (row) => ({ figure: String(row.line) }), cell: (row) => (row.line > 0 ? <Quantity value={row.line} /> : null) },
    { id: "field", head: head[1], width: "minmax(120px, 200px)", sortBy: (row) => ({ text: row.field }), cell: (row) => <span className="mono truncate">{row.field}</span> },
    { id: "reason", head: head[2], width: "minmax(260px, 1fr)", sortBy: (row) => ({ text: issueWords(row) }), cell: (row) => <span className="truncate selectable" title={issueWords(row)}>{issueWords(row)}</span> },
  ];
  return (
    <div className={styles.report}>
      <header className="row">
        <h2 className="strong truncate id">{report.file}</h2>
        <span className="dim small num truncate">
          {formats.instant(report.at)}
          {report.from && report.to && `, ${t("import.span", { from: formats.instant(report.from), to: formats.instant(report.to) })}`}
        </span>
        <span className="grow" />
        <Button icon={FileClock} onPress={onBack}>{t("import.history")}</Button>
        <Button icon={Inbox} onPress={() => void navigate({ to: "/usage/inbox" })}>{t("inbox.title")}</Button>
        <Button icon={Activity} onPress={() => void navigate({ to: "/usage", search: report.to ? { month: report.to.slice(0, 7) } : {} })}>
          {t("import.show")}
        </Button>
      </header>
      <TileStrip label={t("import.counts")} tiles={[tile("accepted"), tile("duplicate"), tile("conflict"), tile("rejected")]} />
      <Panel
        flush
        grow
        title={t("import.notTaken")}
        actions={
          report.issues.length > 0 && (
            <>
              <Button size="small" kind="ghost" icon={ClipboardCopy} onPress={() => void copy()}>
                {t("import.copy")}
              </Button>
              <Button size="small" kind="ghost" icon={Download} onPress={() => void keep()}>
                {t("import.save")}
              </Button>
            </>
          )
        }
      >
        <DataTable
          label={t("import.notTaken")}
          columns={columns}
          rows={report.issues}
          rowKey={(row) => `${row.line} ${row.field} ${row.code}`}
          empty={<EmptyState title={t("import.allTaken")} />}
          pageKeys
        />
        {left > 0 && (
          <div className={styles.pad}>
            <Note tone="pencil">{t("import.leftOut", { count: left, rows: formats.quantity(String(left)) })}</Note>
          </div>
        )}
      </Panel>
    </div>
  );
}
