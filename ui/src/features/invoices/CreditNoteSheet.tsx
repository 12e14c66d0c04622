import { Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { issueAt, issueUnder, otherIssues } from "../../app/issues";
import { comboOf } from "../../app/shortcuts";
import { showToast } from "../../app/toasts";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import { DecimalField } from "../../components/DecimalField";
import { FormIssues } from "../../components/Form";
import { Money } from "../../components/Money";
import { KeyValues } from "../../components/Panel";
import { Segmented } from "../../components/Segmented";
import { Sheet } from "../../components/Sheet";
import { Checkbox } from "../../components/Switch";
import { TextArea } from "../../components/TextField";
import type { CreditNoteListReply, DecimalString, InvoiceGetReply, InvoiceLineText, MoneyText, TakeBackText } from "../../ipc/generated/types";
import { useCommand, useMutation } from "../../ipc/query";
import { sign } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import styles from "./CreditNote.module.css";
import { lineSubtitle, lineTitle } from "./words";

type What = "all" | "lines" | "amount";

export interface CreditNoteSheetProps {
  invoice: InvoiceGetReply;
  id: string;
  list: CreditNoteListReply;
  onClose: () => void;
}

/** What is taken back, why, and what it comes to before it is issued. */
export function CreditNoteSheet({ invoice, id, list, onClose }: CreditNoteSheetProps) {
  const { t } = useTranslation(["invoices", "common"]);
  const formats = useFormats();
  const [what, setWhat] = useState<What>("all");
  const [chosen, setChosen] = useState<ReadonlyMap<number, DecimalString | null>>(new Map());
  const [amount, setAmount] = useState<DecimalString | null>(null);
  const [reason, setReason] = useState("");
  const asked: TakeBackText = {
    all: what === "all",
    lines: what === "lines" ? [...chosen].map(([line, part]) => ({ line, amount: part })) : [],
    amount: what === "amount" ? amount : null,
  };
  const isAsked = asked.all || asked.lines.length > 0 || asked.amount !== null;
  const tried = useCommand("credit_note_try", { invoiceId: id, asked }, { enabled: isAsked, keepPrevious: true });
  const create = useMutation("credit_note_create");
  const error = tried.error ?? create.error;
  const isOff = !isAsked || Boolean(tried.error) || create.isPending;
  const { currency } = list.left;
  const places = placesOf(list.left.amount);
  const run = () =>
    create.mutate(
      { invoiceId: id, asked, reason: reason.trim() },
      {
        onSuccess: (note) => {
          showToast({ text: t("creditNote.issued", { number: note.number }), tone: "gain" });
          onClose();
        },
      },
    );
  useShortcut("primary", () => !isOff && run(), { scope: "modal" });
  const choose = (line: number, part: DecimalString | null | undefined) => {
    const next = new Map(chosen);
    if (part === undefined) next.delete(line);
    else next.set(line, part);
    setChosen(next);
  };
  const number = invoice.row.number ?? "";
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={t("creditNote.sheet", { number })}
      closeLabel={t("common:close")}
      width={640}
      footer={
        <div className="row">
          <span className="small muted grow">{t("creditNote.never", { next: list.nextNumber })}</span>
          <Button kind="primary" icon={Undo2} keys={comboOf("primary")} isDisabled={isOff} onPress={run}>
            {t("creditNote.issue")}
          </Button>
        </div>
      }
    >
      <div className={styles.form}>
        <FormIssues texts={otherIssues(error, ["reason", "amount", "lines*"])} />
        <Segmented
          label={t("creditNote.what")}
          value={what}
          onChange={setWhat}
          segments={[
            { value: "all", label: t("creditNote.all") },
            { value: "lines", label: t("creditNote.lines") },
            { value: "amount", label: t("creditNote.amount") },
          ]}
        />
        {what === "lines" && (
          <ul className={styles.lines}>
            {invoice.lines.map((line) => {
              const left = list.lines.find((one) => one.line === line.position)?.left;
              const place = [...chosen.keys()].indexOf(line.position);
              return left && sign(left.amount) !== 0 ? (
                <Line key={line.position} line={line} left={left} part={chosen.get(line.position)} places={places} error={place < 0 ? null : issueUnder(error, `lines[${place}]`)} onChoose={(part) => choose(line.position, part)} />
              ) : null;
            })}
          </ul>
        )}
        {what === "amount" && (
          <DecimalField
            label={t("creditNote.netAmount", { currency })}
            hint={t("creditNote.split", { left: formats.money(list.left.amount, currency) })}
            value={amount}
            onChange={setAmount}
            maxPlaces={places}
            error={issueAt(error, "amount")}
          />
        )}
        <TextArea label={t("creditNote.reason")} hint={t("creditNote.printed")} value={reason} onChange={setReason} error={issueAt(create.error, "reason")} />
        {isAsked && tried.data && (
          <KeyValues
            items={[
              { key: t("net"), value: <Money value={tried.data.net} /> },
              { key: t("creditNote.tax"), value: <Money value={tried.data.tax} /> },
              { key: t("total"), value: <Money value={tried.data.total} className="strong" /> },
              ...tried.data.credits.map((credit) => ({ key: t("creditNote.back"), value: <Money value={credit.amount} /> })),
              { key: t("creditNote.payable"), value: <Money value={tried.data.payable} size="large" className="strong" /> },
            ]}
          />
        )}
      </div>
    </Sheet>
  );
}

interface LineProps {
  line: InvoiceLineText;
  left: MoneyText;
  /** Undefined: not chosen; null: all that is left. */
  part: DecimalString | null | undefined;
  places: number;
  error: string | null;
  onChoose: (part: DecimalString | null | undefined) => void;
}

function Line({ line, left, part, places, error, onChoose }: LineProps) {
  const { t } = useTranslation("invoices");
  const name = `${lineTitle(line)} ${lineSubtitle(line)}`.trim();
  return (
    <li>
      <Checkbox isSelected={part !== undefined} onChange={(isOn) => onChoose(isOn ? null : undefined)}>
        {name}
      </Checkbox>
      <Money value={left} className="dim" />
      <DecimalField
        aria-label={t("creditNote.ofLine", { name })}
        allowNegative
        placeholder={t("creditNote.allOfLine")}
        value={part ?? null}
        onChange={onChoose}
        maxPlaces={places}
        error={error}
        isDisabled={part === undefined}
      />
    </li>
  );
}

/** The currency's places, as the exact amount has them. */
function placesOf(amount: DecimalString): number {
  return amount.split(".")[1]?.length ?? 0;
}
