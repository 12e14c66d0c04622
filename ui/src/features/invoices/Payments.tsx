import { Ban, Banknote, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { InspectorSection } from "../../components/Inspector";
import { Money } from "../../components/Money";
import { KeyValues } from "../../components/Panel";
import { Tag, type TagProps } from "../../components/Tag";
import type { InvoiceRow, PaymentRow, PaymentState } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { sign } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import styles from "./Invoices.module.css";
import { WriteOffDialog } from "./WriteOffDialog";
import { PaymentReverseDialog, PaymentSheet } from "./PaymentSheet";

const TONES: Record<PaymentState, TagProps["tone"]> = { open: "outline", partly_paid: "outline", paid: "gain", overpaid: "loss", uncollectible: "loss" };

/** What came in for a final invoice, what is owed still, and the way to enter more. */
export function Payments({ row, id }: { row: InvoiceRow; id: string }) {
  const { t } = useTranslation("invoices");
  const formats = useFormats();
  const [isOpen, setOpen] = useState(false);
  const [wrong, setWrong] = useState<PaymentRow | null>(null);
  const [givingUp, setGivingUp] = useState(false);
  const reply = useCommand("payment_list", { invoiceId: id }).data;
  if (!reply) return null;
  const late = reply.overdueDays;
  const isGivenUp = reply.state === "uncollectible";
  const state = late === null ? t(`payment.state.${reply.state}`) : t("payment.overdue", { count: late, days: formats.quantity(String(late)) });
  return (
    <InspectorSection title={t("payment.title")} aside={<Tag tone={late === null ? TONES[reply.state] : "loss"}>{state}</Tag>}>
      <ul className={styles.waiting}>
        {reply.entries.map((entry) => (
          <li key={entry.id}>
            <span className="col">
              <span>{t(`payment.kind.${entry.kind}`)}</span>
              <span className="small dim">
                {formats.date(entry.receivedOn)}
                {entry.reference && `, ${entry.reference}`}
                {entry.reversed && `, ${t("payment.reversed")}`}
              </span>
            </span>
            <span className="row">
              <Money value={entry.amount} className={entry.reversed ? "struck dim" : undefined} />
              {entry.kind !== "reversal" && !entry.reversed && (
                <IconButton icon={Undo2} label={t("payment.reverse")} onPress={() => setWrong(entry)} />
              )}
            </span>
          </li>
        ))}
      </ul>
      <ul className={styles.waiting}>
        {reply.writeOffs.map((entry, place) => (
          <li key={place}>
            <span className="col">
              <span>{t(sign(entry.amount.amount) < 0 ? "writeOff.takenBack" : "writeOff.givenUp")}</span>
              <span className="small dim">
                {formats.date(entry.decidedOn)}, {entry.reason}
              </span>
            </span>
            <Money value={entry.amount} />
          </li>
        ))}
      </ul>
      {(reply.entries.length > 0 || reply.writeOffs.length > 0 || sign(reply.credited.amount) !== 0) && (
        <KeyValues items={[{ key: sign(reply.open.amount) < 0 ? t("payment.toPayBack") : t("payment.open"), value: <Money value={reply.open} className="strong" /> }]} />
      )}
      <div className={styles.buttons}>
        <Button size="small" icon={Banknote} isDisabled={isGivenUp} onPress={() => setOpen(true)}>
          {t("payment.add")}
        </Button>
        {(isGivenUp || sign(reply.open.amount) > 0) && (
          <Button size="small" icon={isGivenUp ? Undo2 : Ban} onPress={() => setGivingUp(true)}>
            {t(isGivenUp ? "writeOff.back.action" : "writeOff.up.action")}
          </Button>
        )}
      </div>
      {givingUp && <WriteOffDialog row={row} id={id} list={reply} onClose={() => setGivingUp(false)} />}
      {isOpen && <PaymentSheet row={row} id={id} list={reply} onClose={() => setOpen(false)} />}
      {wrong && <PaymentReverseDialog entry={wrong} onClose={() => setWrong(null)} />}
    </InspectorSection>
  );
}
