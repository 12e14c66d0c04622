import { Download, FileCode, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { showError } from "../../app/errors";
import { showToast } from "../../app/toasts";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { InspectorSection } from "../../components/Inspector";
import { Money } from "../../components/Money";
import type { CreditNoteRow, InvoiceGetReply } from "../../ipc/generated/types";
import { host } from "../../ipc/host";
import { useCommand, useMutation } from "../../ipc/query";
import { negate, sign } from "../../lib/decimal";
import { fileName } from "../../lib/paths";
import { useFormats } from "../../lib/use-formats";
import { CreditNoteSheet } from "./CreditNoteSheet";
import { Faults } from "./Einvoice";
import { EinvoiceMenu } from "./EinvoiceMenu";
import styles from "./Invoices.module.css";
import { useEinvoice } from "./use-einvoice";

/** What was taken back of a final invoice, and the way to take more back. */
export function CreditNotes({ invoice, id }: { invoice: InvoiceGetReply; id: string }) {
  const { t } = useTranslation("invoices");
  const formats = useFormats();
  const [isOpen, setOpen] = useState(false);
  const list = useCommand("credit_note_list", { invoiceId: id });
  const save = useMutation("credit_note_pdf_save");
  const einvoice = useEinvoice();
  const reply = list.data;
  if (!reply) return null;
  const left = sign(reply.left.amount) > 0;
  async function savePdf(note: CreditNoteRow) {
    const filters = [{ name: t("pdfFiles"), extensions: ["pdf"] }];
    const path = await host().saveFile({ suggestedName: `${note.number.replaceAll("/", "-")}.pdf`, filters });
    if (path === null) return;
    save.mutate({ id: note.id, path }, { onError: showError, onSuccess: () => showToast({ text: t("savedOne", { file: fileName(path) }), tone: "gain" }) });
  }
  return (
    <InspectorSection title={t("creditNote.title")}>
      {reply.notes.length === 0 && <p className="small muted">{t("creditNote.none")}</p>}
      <ul className={styles.waiting}>
        {reply.notes.map((note) => (
          <li key={note.id}>
            <span className="col">
              <span className="id selectable">{note.number}</span>
              <span className="small dim">
                {formats.date(note.issuedOn)}, {note.reason}
              </span>
            </span>
            <span className="row">
              <Money value={{ ...note.total, amount: negate(note.total.amount) }} />
              <IconButton icon={Download} label={t("creditNote.save", { number: note.number })} onPress={() => void savePdf(note)} />
              <EinvoiceMenu
                label={t("creditNote.saveEinvoice", { number: note.number })}
                wanted={invoice.einvoice}
                onSave={(format) => void einvoice.save({ id: note.id, number: note.number, kind: "creditNote" }, format)}
                trigger={<IconButton icon={FileCode} label={t("creditNote.saveEinvoice", { number: note.number })} isDisabled={einvoice.isPending} />}
              />
            </span>
          </li>
        ))}
      </ul>
      <Faults faults={einvoice.faults} customerId={invoice.row.customerId} />
      <div className={styles.buttons}>
        <Button size="small" icon={Undo2} isDisabled={!left} onPress={() => setOpen(true)}>
          {t("creditNote.add")}
        </Button>
        {reply.notes.length > 0 && (
          <span className="small muted">{left ? t("creditNote.left", { amount: formats.money(reply.left.amount, reply.left.currency) }) : t("creditNote.nothingLeft")}</span>
        )}
      </div>
      {isOpen && <CreditNoteSheet invoice={invoice} id={id} list={reply} onClose={() => setOpen(false)} />}
    </InspectorSection>
  );
}
