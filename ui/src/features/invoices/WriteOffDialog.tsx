import { Ban, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { issueAt } from "../../app/issues";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { TextField } from "../../components/TextField";
import type { InvoiceRow, PaymentListReply } from "../../ipc/generated/types";
import { useMutation } from "../../ipc/query";
import { useFormats } from "../../lib/use-formats";

export interface WriteOffDialogProps {
  row: InvoiceRow;
  id: string;
  list: PaymentListReply;
  onClose: () => void;
}

/** Gives up what is open of an invoice, or takes that back. Both entries stay. */
export function WriteOffDialog({ row, id, list, onClose }: WriteOffDialogProps) {
  const { t } = useTranslation(["invoices", "common"]);
  const formats = useFormats();
  const [reason, setReason] = useState("");
  const save = useMutation("invoice_write_off");
  const reverse = list.state === "uncollectible";
  const way = reverse ? "back" : "up";
  const amount = reverse ? list.writtenOff : list.open;
  const error = issueAt(save.error, "reason") ?? (save.error ? errorText(save.error).text : null);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      alert
      title={t(`writeOff.${way}.title`, { number: row.number ?? "" })}
      footer={
        <>
          <Button onPress={onClose}>{t("common:cancel")}</Button>
          <Button kind="danger" icon={reverse ? Undo2 : Ban} isDisabled={save.isPending} onPress={() => save.mutate({ invoiceId: id, reason, reverse }, { onSuccess: onClose })}>
            {t(`writeOff.${way}.do`)}
          </Button>
        </>
      }
    >
      <p className="small muted">{t(`writeOff.${way}.text`, { amount: formats.money(amount.amount, amount.currency) })}</p>
      <TextField label={t("writeOff.reason")} value={reason} onChange={setReason} error={error} />
    </Dialog>
  );
}
