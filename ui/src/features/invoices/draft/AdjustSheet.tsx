import { Check } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../../app/errors";
import { issueAt, otherIssues } from "../../../app/issues";
import { comboOf } from "../../../app/shortcuts";
import { showToast } from "../../../app/toasts";
import { useShortcut } from "../../../app/use-shortcut";
import { useUndo } from "../../../app/frame/use-undo";
import { Button } from "../../../components/Button";
import { FieldRow, FormIssues } from "../../../components/Form";
import { Sheet } from "../../../components/Sheet";
import { ErrorState, Skeleton } from "../../../components/States";
import { TextArea, TextField } from "../../../components/TextField";
import type { InvoiceDraftReply, InvoiceRow } from "../../../ipc/generated/types";
import { useCommand, useMutation } from "../../../ipc/query";
import styles from "./Adjust.module.css";
import { DiscountFields } from "./DiscountFields";
import { DraftTotals } from "./DraftTotals";
import { ManualLines } from "./ManualLines";
import { canTry, draftOf, editOf, type EditDraft } from "./model";

export interface AdjustSheetProps {
  row: InvoiceRow;
  /** The note has the focus. */
  onNote: boolean;
  onClose: () => void;
}

const SHOWN = ["lines*", "discount*", "note", "purchaseOrder", "buyerReference", "internalNote"];

/** What a person adds to a draft: lines, a discount, notes and references, with what it comes to. */
export function AdjustSheet({ row, onNote, onClose }: AdjustSheetProps) {
  const { t } = useTranslation(["invoices", "common"]);
  const saved = useCommand("invoice_draft_get", { customerId: row.customerId, month: row.month });
  if (saved.data) return <Form row={row} saved={saved.data} onNote={onNote} onClose={onClose} />;
  return (
    <Sheet isOpen onClose={onClose} title={t("adjust.title", { name: row.customer })} closeLabel={t("common:close")} width={680}>
      {saved.error ? <ErrorState title={errorText(saved.error).text} /> : <Skeleton rows={6} height={40} />}
    </Sheet>
  );
}

function Form({ row, saved, onNote, onClose }: AdjustSheetProps & { saved: InvoiceDraftReply }) {
  const { t } = useTranslation(["invoices", "common"]);
  const undo = useUndo();
  const { currency } = row.total;
  const [draft, setDraft] = useState<EditDraft>(() => draftOf(saved.edit));
  const save = useMutation("invoice_draft_save");
  const request = { customerId: row.customerId, month: row.month, edit: editOf(draft, currency) };
  const tried = useCommand("invoice_draft_try", request, { enabled: canTry(draft), keepPrevious: true });
  const error = save.error ?? (canTry(draft) ? tried.error : null);
  const change = (part: Partial<EditDraft>) => setDraft({ ...draft, ...part });
  const run = () =>
    save.mutate(request, {
      onSuccess: () => {
        showToast({ text: t("adjust.saved", { name: row.customer }), action: { label: t("common:undo"), run: undo.undo } });
        onClose();
      },
    });
  useShortcut("primary", () => !save.isPending && run(), { scope: "modal" });
  const field = (name: "purchaseOrder" | "buyerReference" | "note" | "internalNote") => ({
    value: draft[name],
    onChange: (text: string) => change({ [name]: text }),
    error: issueAt(error, name),
    changed: draft[name] !== saved.edit[name],
  });
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={t("adjust.title", { name: row.customer })}
      closeLabel={t("common:close")}
      width={680}
      footer={
        <div className="row">
          <span className="small muted grow">{t("adjust.kept")}</span>
          <Button kind="primary" icon={Check} keys={comboOf("primary")} isDisabled={save.isPending} onPress={run}>
            {t("adjust.save")}
          </Button>
        </div>
      }
    >
      <div className={styles.form}>
        <FormIssues texts={otherIssues(error, SHOWN)} />
        <ManualLines draft={draft} currency={currency} error={error} onChange={setDraft} />
        <DiscountFields draft={draft} currency={currency} error={error} onChange={change} />
        <FieldRow columns="1fr 1fr">
          <TextField label={t("adjust.purchaseOrder")} {...field("purchaseOrder")} />
          <TextField label={t("adjust.buyerReference")} placeholder={saved.customerReference} {...field("buyerReference")} />
        </FieldRow>
        {/* oxlint-disable-next-line jsx-a11y/no-autofocus -- asked for by the key of the note */}
        <TextArea label={t("adjust.note")} hint={t("adjust.noteHint")} autoFocus={onNote} {...field("note")} />
        <TextArea label={t("adjust.internalNote")} hint={t("adjust.internalHint")} rows={2} {...field("internalNote")} />
        {tried.data && <DraftTotals totals={tried.data} />}
      </div>
    </Sheet>
  );
}
