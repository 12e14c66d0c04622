import { useNavigate } from "@tanstack/react-router";
import { BookOpen } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { KeyValues, Panel } from "../../../components/Panel";
import { Quantity } from "../../../components/Quantity";
import { Note } from "../../../components/States";
import type { PriceImportReply } from "../../../ipc/generated/types";
import { Issues } from "./Issues";
import styles from "./Tables.module.css";

/** What was taken and what was left. */
export function TableReport({ reply }: { reply: PriceImportReply }) {
  const { t } = useTranslation("price-book");
  const navigate = useNavigate();
  return (
    <div className={styles.report} role="status">
      <Panel title={t("import.done")}>
        <KeyValues
          items={[
            { key: t("import.added"), value: <Quantity value={reply.added} /> },
            { key: t("import.endedCount"), value: <Quantity value={reply.ended} /> },
            { key: t("import.unchanged"), value: <Quantity value={reply.unchanged} /> },
            { key: t("import.left"), value: <Quantity value={reply.left} tone={reply.asked > 0 ? "pencil" : undefined} /> },
          ]}
        />
        <Issues issues={reply.issues} count={reply.issueCount} />
      </Panel>
      {reply.asked > 0 && <Note tone="pencil">{t("import.askedLeft", { count: reply.asked })}</Note>}
      <p className="small muted">{t("import.undoHint")}</p>
      <p>
        <Button icon={BookOpen} kind="primary" onPress={() => void navigate({ to: "/prices", search: { show: "all" } })}>
          {t("palette.all")}
        </Button>
      </p>
    </div>
  );
}
