import { Check, CircleSlash, Copy, HelpCircle, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ComboBox } from "../../../components/ComboBox";
import { Money } from "../../../components/Money";
import { Checkbox } from "../../../components/Switch";
import { Tag, type TagProps } from "../../../components/Tag";
import type { BankConfidence, BankLineRow, PaymentImportPreviewReply } from "../../../ipc/generated/types";
import { useFormats } from "../../../lib/use-formats";
import styles from "./Bank.module.css";
import { canEnter, whole, withLine, type Chosen } from "./model";

export interface BankLinesProps {
  reply: PaymentImportPreviewReply;
  chosen: Chosen;
  onChange: (chosen: Chosen) => void;
}

const LOOKS: Record<BankConfidence, { tone: TagProps["tone"]; icon: LucideIcon }> = {
  sure: { tone: "gain", icon: Check },
  likely: { tone: "pencil", icon: HelpCircle },
  none: { tone: "outline", icon: CircleSlash },
  booked: { tone: "outline", icon: Check },
  twice: { tone: "outline", icon: Copy },
};

/** Each line with how sure its match is, why, and what it pays. */
export function BankLines({ reply, chosen, onChange }: BankLinesProps) {
  const { t } = useTranslation("invoices");
  return (
    <ul className={styles.lines} aria-label={t("bank.lines")}>
      {reply.lines.map((line, index) => (
        <Line key={`${line.key} ${index}`} line={line} reply={reply} chosen={chosen} onChange={onChange} />
      ))}
    </ul>
  );
}

function Line({ line, reply, chosen, onChange }: BankLinesProps & { line: BankLineRow }) {
  const { t } = useTranslation("invoices");
  const formats = useFormats();
  const open = canEnter(line);
  const parts = open ? (chosen.get(line.key) ?? line.allocations) : [];
  const look = LOOKS[line.confidence];
  const known = line.confidence === "booked" || line.confidence === "twice";
  const options = reply.open
    .filter((one) => one.open.currency === line.amount.currency)
    .map((one) => ({ value: one.id, label: `${one.number} ${one.customer}`, detail: formats.money(one.open.amount, one.open.currency) }));
  return (
    <li data-off={!open || undefined}>
      <span>
        {open && (
          <Checkbox
            aria-label={t("bank.tick", { line: line.line })}
            isSelected={chosen.has(line.key)}
            isDisabled={parts.length === 0}
            onChange={(on) => onChange(withLine(chosen, line, on ? parts : null))}
          />
        )}
      </span>
      <span className="num small">{formats.date(line.day)}</span>
      <Money value={line.amount} className="medium" />
      <span className="col">
        <span className="truncate">{line.name || t("bank.noName")}</span>
        <span className="truncate small muted" title={line.reference}>
          {line.reference}
        </span>
      </span>
      <span className="col">
        <span>
          <Tag tone={look.tone} icon={look.icon}>
            {t(`bank.confidence.${line.confidence}`)}
          </Tag>
        </span>
        {!known && <span className="small muted">{t(`bank.reason.${line.reason}`)}</span>}
      </span>
      <span className="col">
        {parts.length > 1
          ? parts.map((part) => (
              <span key={part.invoiceId} className="small">
                <span className="id">{part.number}</span> <Money value={part.amount} />
              </span>
            ))
          : open && (
              <ComboBox
                aria-label={t("bank.invoiceOf", { line: line.line })}
                placeholder={t("bank.choose")}
                none={t("bank.noInvoice")}
                options={options}
                value={parts[0]?.invoiceId ?? null}
                onChange={(id) => {
                  const invoice = reply.open.find((one) => one.id === id);
                  if (invoice) onChange(withLine(chosen, line, whole(line, invoice)));
                }}
              />
            )}
      </span>
    </li>
  );
}
