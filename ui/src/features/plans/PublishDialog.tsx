import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useUndo } from "../../app/frame/use-undo";
import { issueAt, otherIssues } from "../../app/issues";
import { comboOf } from "../../app/shortcuts";
import { showToast } from "../../app/toasts";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import { DateField } from "../../components/DateField";
import { Dialog } from "../../components/Dialog";
import { FormIssues } from "../../components/Form";
import type { PlanText, PlanVersionText } from "../../ipc/generated/types";
import { useMutation } from "../../ipc/query";
import { isPublished } from "./model";
import styles from "./Plans.module.css";

interface PublishDialogProps {
  plan: PlanText;
  draft: PlanVersionText;
  onClose: () => void;
}

/** Makes the draft a version that never changes; customers of older ones may go on on it. */
export function PublishDialog({ plan, draft, onClose }: PublishDialogProps) {
  const { t } = useTranslation(["plans", "common"]);
  const { undo } = useUndo();
  const publishing = useMutation("plan_publish");
  const [moveFrom, setMoveFrom] = useState<string | null>(null);
  const send = () => {
    if (publishing.isPending) return;
    publishing.mutate(
      { id: plan.id, moveFrom },
      {
        onSuccess() {
          showToast({ text: t("publishedNow", { name: plan.name }), tone: "gain", action: { label: t("common:undo"), run: undo } });
          onClose();
        },
      },
    );
  };
  useShortcut("primary", send, { scope: "modal" });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t("publish.title", { name: plan.name, number: draft.number })}
      footer={
        <>
          <Button onPress={onClose}>{t("common:cancel")}</Button>
          <Button kind="primary" keys={comboOf("primary")} isDisabled={publishing.isPending} onPress={send}>
            {t("action.publish")}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        <FormIssues texts={otherIssues(publishing.error, ["moveFrom"])} />
        <p>{t("publish.text")}</p>
        {plan.versions.some(isPublished) && (
          <DateField
            label={t("publish.move")}
            optional={t("common:optional")}
            hint={t("publish.moveHint")}
            value={moveFrom}
            onChange={setMoveFrom}
            error={issueAt(publishing.error, "moveFrom")}
          />
        )}
        {moveFrom !== null && (
          <Button kind="ghost" size="small" className={styles.start} onPress={() => setMoveFrom(null)}>
            {t("publish.clear")}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
