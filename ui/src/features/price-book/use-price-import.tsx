import { useState } from "react";
import { useTranslation } from "react-i18next";
import { showError } from "../../app/errors";
import { useJob } from "../../app/jobs";
import { showToast } from "../../app/toasts";
import { Button } from "../../components/Button";
import { KeyValues } from "../../components/Panel";
import { Quantity } from "../../components/Quantity";
import { Sheet } from "../../components/Sheet";
import type { PriceImportReply } from "../../ipc/generated/types";
import { host } from "../../ipc/host";
import { fileName } from "../../lib/paths";
import styles from "./PriceBook.module.css";

export interface PriceImport {
  choose: () => void;
  busy: boolean;
  report: { file: string; reply: PriceImportReply } | null;
  close: () => void;
}

/** Asks for a price table and reads it; what it brought stays until it is closed. */
export function usePriceImport(): PriceImport {
  const { t } = useTranslation("price-book");
  const run = useJob("price_import");
  const [busy, setBusy] = useState(false);
  const [report, setReport] = useState<PriceImport["report"]>(null);
  async function choose() {
    const [path] = await host().openFiles({ title: t("import.choose"), filters: [{ name: t("import.files"), extensions: ["json"] }] });
    if (!path) return;
    setBusy(true);
    try {
      const reply = await run({ path }, { title: t("import.running", { file: fileName(path) }), note: t("import.note") });
      if (reply === null) showToast({ text: t("import.stopped") });
      else setReport({ file: fileName(path), reply });
    } catch (error) {
      showError(error);
    } finally {
      setBusy(false);
    }
  }
  return { choose: () => void choose(), busy, report, close: () => setReport(null) };
}

/** What a price table brought, and the fields that were not taken. */
export function ImportSheet({ report, onClose }: { report: PriceImport["report"]; onClose: () => void }) {
  const { t } = useTranslation(["price-book", "common"]);
  if (!report) return null;
  const { reply, file } = report;
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={file}
      closeLabel={t("common:close")}
      width={480}
      footer={
        <Button kind="primary" onPress={onClose}>
          {t("common:done")}
        </Button>
      }
    >
      <KeyValues
        items={[
          { key: t("import.format"), value: reply.format },
          { key: t("import.models"), value: <Quantity value={reply.models} /> },
          { key: t("import.added"), value: <Quantity value={reply.added} /> },
          { key: t("import.unchanged"), value: <Quantity value={reply.unchanged} /> },
          { key: t("import.issues"), value: <Quantity value={reply.issueCount} tone={reply.issueCount > 0 ? "pencil" : undefined} /> },
        ]}
      />
      {reply.issues.length > 0 && (
        <ul className={styles.issues}>
          {reply.issues.map((issue, index) => (
            <li key={index} className="selectable">
              <span className="medium mono">{issue.field}</span>{" "}
              <span className="muted">
                {[t(`import.issue.${issue.code}`, { defaultValue: issue.code.replaceAll("_", " ") }), ...issue.params.map((param) => param.value)].filter(Boolean).join(", ")}
              </span>
            </li>
          ))}
        </ul>
      )}
      {reply.issueCount > reply.issues.length && <p className="small muted">{t("import.more", { count: reply.issueCount - reply.issues.length })}</p>}
    </Sheet>
  );
}
