import { Check, CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon";
import { Panel } from "../../../components/Panel";
import type { UsageImportPreviewReply } from "../../../ipc/generated/types";
import { useFormats } from "../../../lib/use-formats";
import { problemWords } from "../words";
import styles from "./Import.module.css";
import { IssueGroups } from "./IssueGroups";

export interface CheckPanelProps {
  preview: UsageImportPreviewReply;
  rows: string;
}

/** What would not be taken of the first rows, and which names nobody knows yet. */
export function CheckPanel({ preview, rows }: CheckPanelProps) {
  const { t } = useTranslation("usage");
  const formats = useFormats();
  const clean = preview.issues.length === 0 && preview.rejected === 0 && preview.problems.length === 0;
  return (
    <Panel flush grow title={t("import.step.check")} aside={preview.rows > 0 && t("import.firstRows", { rows })}>
      {preview.problems.map((problem) => (
        <Line key={`${problem.path} ${problem.code}`} text={problemWords(problem)} />
      ))}
      {clean ? (
        <Line ok text={t("import.clean")} />
      ) : (
        <>
          {preview.rejected > 0 && (
            <Line text={t("import.wouldReject", { count: preview.rejected, rows: formats.quantity(String(preview.rejected)) })} />
          )}
          <IssueGroups issues={preview.issues} />
        </>
      )}
      {preview.sample.length > 0 && (
        <>
          <Names names={preview.unknownCustomers} ok={t("import.customersKnown")} title="import.unknownCustomers" />
          <Names names={preview.unknownModels} ok={t("import.modelsKnown")} title="import.unknownModels" />
        </>
      )}
    </Panel>
  );
}

function Line({ ok, text }: { ok?: boolean; text: string }) {
  return (
    <p className={styles.line}>
      <Icon icon={ok ? Check : CircleAlert} size="s" className={ok ? "gain" : "pencil"} />
      <span>{text}</span>
    </p>
  );
}

function Names({ names, ok, title }: { names: readonly string[]; ok: string; title: string }) {
  const { t } = useTranslation("usage");
  if (names.length === 0) return <Line ok text={ok} />;
  return (
    <div className={styles.names}>
      <Line text={t(title, { count: names.length })} />
      <ul className="selectable">
        {names.slice(0, 12).map((name) => (
          <li key={name} className="id truncate">
            {name || t("unnamed")}
          </li>
        ))}
      </ul>
      {names.length > 12 && <p className="dim small">{t("import.more", { count: names.length - 12 })}</p>}
      <p className="dim small">{t("import.inboxHint")}</p>
    </div>
  );
}
