import { useNavigate } from "@tanstack/react-router";
import { BookOpen } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { KeyValues } from "../../../components/Panel";
import { Quantity } from "../../../components/Quantity";
import type { PriceImportReply } from "../../../ipc/generated/types";
import styles from "./Import.module.css";
import { IssueGroups } from "./IssueGroups";

/** What a price table brought. */
export function PriceReport({ reply }: { reply: PriceImportReply }) {
  const { t } = useTranslation("usage");
  const navigate = useNavigate();
  return (
    <div className={styles.report} role="status">
      <KeyValues
        items={[
          { key: t("prices.models"), value: <Quantity value={reply.models} /> },
          { key: t("prices.added"), value: <Quantity value={reply.added} /> },
          { key: t("prices.unchanged"), value: <Quantity value={reply.unchanged} /> },
          { key: t("prices.issues"), value: <Quantity value={reply.issueCount} tone={reply.issueCount > 0 ? "pencil" : undefined} /> },
        ]}
      />
      <IssueGroups issues={reply.issues} />
      <p>
        <Button icon={BookOpen} onPress={() => void navigate({ to: "/prices" })}>
          {t("prices.show")}
        </Button>
      </p>
    </div>
  );
}
