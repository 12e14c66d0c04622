import { CircleSlash } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { useJob } from "../../app/jobs";
import { showToast } from "../../app/toasts";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Checkbox } from "../../components/Switch";
import { TextArea } from "../../components/TextField";
import type { InvoiceRow } from "../../ipc/generated/types";
import { useMutation } from "../../ipc/query";
import { useFormats } from "../../lib/use-formats";
import styles from "./Invoices.module.css";
import { heldReason } from "./words";

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
  const [again, setAgain] = useState(false);
  const voiding = useMutation("invoice_void");
  const reissue = useJob("invoice_reissue");
  const [failed, setFailed] = useState<unknown>(null);
  const empty = reason.trim() === "";
  const total = formats.money(row.total.amount, row.total.currency);
  function save() {
    setTried(true);
    if (empty) return;
    if (again) return void replace();
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
  async function replace() {
    try {
      const done = await reissue({ id, reason: reason.trim() }, { title: t("reissue.doing", { number }) });
      const next = done?.invoices[0]?.number;
      const held = done?.held[0];
      if (next) showToast({ text: t("reissue.done", { number, next }), tone: "gain" });
      else if (held) showToast({ text: t("reissue.held", { number, reason: held.held.map(heldReason).join(", ") }), tone: "loss" });
      onClose();
    } catch (error) {
      setFailed(error);
    }
  }
  const fault = voiding.error ?? failed;
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
          error={fault ? errorText(fault).text : tried && empty ? t("voidNeedsReason") : null}
        />
        <Checkbox isSelected={again} onChange={setAgain}>
          {t("reissue.also")}
        </Checkbox>
      </div>
    </Dialog>
  );
}
