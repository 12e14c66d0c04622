import { Lock } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import { Money } from "../../components/Money";
import { Note } from "../../components/States";
import type { InvoiceRow } from "../../ipc/generated/types";
import { useFormats } from "../../lib/use-formats";
import styles from "./Invoices.module.css";
import { totals } from "./model";

export interface FinalizeDialogProps {
  isOpen: boolean;
  rows: readonly InvoiceRow[];
  month: string;
  nextNumber: string;
  /** Documents of the month that stay held. */
  held: number;
  onClose: () => void;
  onFinalize: () => void;
}

/** The last look before numbers are given: how many, how much, from which number on. */
export function FinalizeDialog({ isOpen, rows, month, nextNumber, held, onClose, onFinalize }: FinalizeDialogProps) {
  const { t } = useTranslation(["invoices", "common"]);
  const formats = useFormats();
  const sums = totals(rows);
  useShortcut("primary", onFinalize, { scope: "modal", enabled: isOpen });
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      alert
      title={t("finalizeTitle", { count: rows.length, month: formats.month(month) })}
      footer={
        <>
          <Button onPress={onClose}>{t("common:cancel")}</Button>
          <Button kind="primary" icon={Lock} keys="mod+enter" onPress={onFinalize}>
            {t("finalizeCount", { count: rows.length })}
          </Button>
        </>
      }
    >
      <div className={styles.sums}>
        <dl>
          {sums.map((one) => (
            <div key={one.currency}>
              <dt>{sums.length > 1 ? t("totalWithTaxIn", { currency: one.currency }) : t("totalWithTax")}</dt>
              <dd>
                <Money value={{ amount: one.amount, currency: one.currency }} />
              </dd>
            </div>
          ))}
          <div>
            <dt>{t("firstNumber")}</dt>
            <dd className="id">{nextNumber}</dd>
          </div>
        </dl>
        {held > 0 && <p>{t("heldStay", { count: held })}</p>}
        <Note tone="loss" icon={Lock}>
          {t("cannotUndo")}
        </Note>
      </div>
    </Dialog>
  );
}
