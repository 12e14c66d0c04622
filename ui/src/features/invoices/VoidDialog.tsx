import { CircleSlash } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { showToast } from "../../app/toasts";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { TextArea } from "../../components/TextField";
import type { InvoiceRow } from "../../ipc/generated/types";
import { useMutation } from "../../ipc/query";
import { useFormats } from "../../lib/use-formats";
import styles from "./Invoices.module.css";

/** Voids a final invoice: its number stays used, the month can be billed anew. */
export function VoidDialog({ row, onClose }: { row: InvoiceRow | null; onClose: () => void }) {
  if (!row?.id || !row.number) return null;
  return <Ask key={row.id} row={row} id={row.id} number={row.number} onClose={onClose} />;
}

interface AskProps {
  row: InvoiceRow;
  id: string;
  number: string;
  onClose: () => void;
}

function Ask({ row, id, number, onClose }: AskProps) {
  const { t } = useTranslation(["invoices", "common"]);
  const formats = useFormats();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const voiding = useMutation("invoice_void");
  const empty = reason.trim() === "";
  const total = formats.money(row.total.amount, row.total.currency);
  function save() {
    setTried(true);
    if (empty) return;
    voiding.mutate(
      { id, reason: reason.trim() },
      {
        onSuccess: () => {
          showToast({ text: t("voided", { number }), tone: "gain" });
          onClose();
        },
      },
    );
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      alert
      title={t("voidTitle", { number })}
      footer={
        <>
          <Button onPress={onClose}>{t("common:cancel")}</Button>
          <Button kind="danger" icon={CircleSlash} isDisabled={voiding.isPending} onPress={save}>
            {t("voidDo", { number })}
          </Button>
        </>
      }
    >
      <div className={styles.sums}>
        <p>{t("voidText", { name: row.customer, total })}</p>
        <TextArea
          label={t("voidReason")}
          value={reason}
          onChange={setReason}
          error={voiding.error ? errorText(voiding.error).text : tried && empty ? t("voidNeedsReason") : null}
        />
      </div>
    </Dialog>
  );
}
