import { Banknote, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { issueAt, otherIssues } from "../../app/issues";
import { comboOf } from "../../app/shortcuts";
import { showToast } from "../../app/toasts";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import { DateField } from "../../components/DateField";
import { DecimalField } from "../../components/DecimalField";
import { Dialog } from "../../components/Dialog";
import { FieldRow, FormIssues } from "../../components/Form";
import { Segmented } from "../../components/Segmented";
import { Sheet } from "../../components/Sheet";
import { TextField } from "../../components/TextField";
import type { DecimalString, InvoiceRow, PaymentListReply, PaymentRow } from "../../ipc/generated/types";
import { useMutation } from "../../ipc/query";
import { negate, sign } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import styles from "./CreditNote.module.css";

export interface PaymentSheetProps {
  row: InvoiceRow;
  id: string;
  list: PaymentListReply;
  onClose: () => void;
}

/** Money that came in, or went back: what is open stands there already. */
export function PaymentSheet({ row, id, list, onClose }: PaymentSheetProps) {
  const { t } = useTranslation(["invoices", "common"]);
  const formats = useFormats();
  const { amount: open, currency } = list.open;
  const isBack = sign(open) < 0;
  const [refund, setRefund] = useState(isBack);
  const [amount, setAmount] = useState<DecimalString | null>(sign(open) === 0 ? null : isBack ? negate(open) : open);
  const [receivedOn, setReceivedOn] = useState<string | null>(list.today);
  const [reference, setReference] = useState("");
  const add = useMutation("payment_add");
  const run = () =>
    add.mutate(
      { invoiceId: id, amount: amount ?? "", currency, receivedOn, reference, refund },
      {
        onSuccess: (reply) => {
          const left = formats.money(reply.open.amount, currency);
          showToast({ text: t(`payment.entered.${reply.state}`, { number: row.number ?? "", left }), tone: "gain" });
          onClose();
        },
      },
    );
  useShortcut("primary", () => !add.isPending && run(), { scope: "modal" });
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={t("payment.sheet", { number: row.number ?? "" })}
      closeLabel={t("common:close")}
      width={480}
      footer={
        <div className="row">
          <span className="small muted grow">{t("payment.kept")}</span>
          <Button kind="primary" icon={Banknote} keys={comboOf("primary")} isDisabled={add.isPending} onPress={run}>
            {t("payment.enter")}
          </Button>
        </div>
      }
    >
      <div className={styles.form}>
        <FormIssues texts={otherIssues(add.error, ["amount", "receivedOn"])} />
        <Segmented
          label={t("payment.direction")}
          value={refund ? "refund" : "payment"}
          onChange={(next) => setRefund(next === "refund")}
          segments={[
            { value: "payment", label: t("payment.kind.payment") },
            { value: "refund", label: t("payment.kind.refund") },
          ]}
        />
        <FieldRow columns="1fr 1fr">
          <DecimalField label={t("payment.amount", { currency })} value={amount} onChange={setAmount} maxPlaces={open.split(".")[1]?.length ?? 0} error={issueAt(add.error, "amount")} />
          <DateField label={t("payment.on")} value={receivedOn} onChange={setReceivedOn} error={issueAt(add.error, "receivedOn")} />
        </FieldRow>
        <TextField label={t("payment.reference")} hint={t("payment.referenceHint")} value={reference} onChange={setReference} />
      </div>
    </Sheet>
  );
}

/** Takes back an entry that was a mistake: both stay in the list. */
export function PaymentReverseDialog({ entry, onClose }: { entry: PaymentRow; onClose: () => void }) {
  const { t } = useTranslation(["invoices", "common"]);
  const formats = useFormats();
  const [reason, setReason] = useState("");
  const reverse = useMutation("payment_reverse");
  const error = issueAt(reverse.error, "reason") ?? (reverse.error ? errorText(reverse.error).text : null);
  return (
    <Dialog
      isOpen
      onClose={onClose}
      alert
      title={t("payment.reverseTitle", { amount: formats.money(entry.amount.amount, entry.amount.currency) })}
      footer={
        <>
          <Button onPress={onClose}>{t("common:cancel")}</Button>
          <Button kind="danger" icon={Undo2} isDisabled={reverse.isPending} onPress={() => reverse.mutate({ id: entry.id, reason }, { onSuccess: onClose })}>
            {t("payment.reverse")}
          </Button>
        </>
      }
    >
      <TextField label={t("payment.reverseReason")} hint={t("payment.reverseHint")} value={reason} onChange={setReason} error={error} />
    </Dialog>
  );
}
