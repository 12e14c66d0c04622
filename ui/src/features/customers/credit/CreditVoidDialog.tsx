import { Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../../app/errors";
import { useUndo } from "../../../app/frame/use-undo";
import { showToast } from "../../../app/toasts";
import { Button } from "../../../components/Button";
import { Dialog } from "../../../components/Dialog";
import { TextArea } from "../../../components/TextField";
import type { CreditGrantText } from "../../../ipc/generated/types";
import { useMutation } from "../../../ipc/query";
import { useFormats } from "../../../lib/use-formats";
import styles from "./Credit.module.css";

interface CreditVoidDialogProps {
  grant: CreditGrantText;
  /** Of the customer. */
  name: string;
  onClose: () => void;
}

/** Takes back what is left of a grant: asks, and keeps the reason. */
export function CreditVoidDialog({ grant, name, onClose }: CreditVoidDialogProps) {
  const { t } = useTranslation(["customers", "common"]);
  const formats = useFormats();
  const { undo } = useUndo();
  const voiding = useMutation("credit_grant_void");
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const empty = reason.trim() === "";
  const left = formats.money(grant.left.amount, grant.left.currency);
  const send = () => {
    setTried(true);
    if (empty) return;
    voiding.mutate(
      { id: grant.id, reason: reason.trim() },
      {
        onSuccess: () => {
          showToast({ text: t("credit.voided", { amount: left, name }), action: { label: t("common:undo"), run: undo } });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      alert
      title={t("credit.voidTitle", { amount: left })}
      footer={
        <>
          <Button onPress={onClose}>{t("common:cancel")}</Button>
          <Button kind="danger" icon={Undo2} isDisabled={voiding.isPending} onPress={send}>
            {t("credit.voidDo", { amount: left })}
          </Button>
        </>
      }
    >
      <div className={styles.form}>
        <p>{t("credit.voidText", { name })}</p>
        <TextArea
          label={t("credit.voidReason")}
          value={reason}
          onChange={setReason}
          error={voiding.error ? errorText(voiding.error).text : tried && empty ? t("credit.voidNeedsReason") : null}
        />
      </div>
    </Dialog>
  );
}
