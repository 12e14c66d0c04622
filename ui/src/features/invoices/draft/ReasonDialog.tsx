import { CircleAlert, Pause } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../../app/errors";
import { issueAt } from "../../../app/issues";
import { useShortcut } from "../../../app/use-shortcut";
import { Button } from "../../../components/Button";
import { Dialog } from "../../../components/Dialog";
import { TextArea } from "../../../components/TextField";
import type { InvoiceRow } from "../../../ipc/generated/types";
import { useMutation } from "../../../ipc/query";

export interface ReasonDialogProps {
  row: InvoiceRow;
  mark: "hold" | "accept_margin";
  onClose: () => void;
}

/** Why a draft is held, or why it may become final below the margin guard. */
export function ReasonDialog({ row, mark, onClose }: ReasonDialogProps) {
  const { t } = useTranslation(["invoices", "common"]);
  const [reason, setReason] = useState(mark === "hold" ? (row.hold ?? "") : "");
  const save = useMutation("invoice_draft_mark");
  const run = () => save.mutate({ customerIds: [row.customerId], month: row.month, mark, reason }, { onSuccess: onClose });
  useShortcut("primary", () => !save.isPending && run(), { scope: "modal" });
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t(`decide.${mark}.title`, { name: row.customer })}
      footer={
        <>
          <Button onPress={onClose}>{t("common:cancel")}</Button>
          <Button kind="primary" icon={mark === "hold" ? Pause : CircleAlert} keys="mod+enter" isDisabled={save.isPending} onPress={run}>
            {t(`decide.${mark}.do`)}
          </Button>
        </>
      }
    >
      <p className="small muted">{t(`decide.${mark}.text`)}</p>
      <TextArea
        label={t("decide.reason")}
        value={reason}
        onChange={setReason}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog exists to be typed into
        autoFocus
        rows={2}
        error={issueAt(save.error, "reason") ?? (save.error ? errorText(save.error).text : null)}
      />
    </Dialog>
  );
}
