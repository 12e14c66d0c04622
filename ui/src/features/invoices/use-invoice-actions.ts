import { useState } from "react";
import { useTranslation } from "react-i18next";
import { showError } from "../../app/errors";
import { useJob } from "../../app/jobs";
import { showToast } from "../../app/toasts";
import type { EinvoiceFormat, InvoiceRow, InvoiceVerifyReply } from "../../ipc/generated/types";
import { host } from "../../ipc/host";
import { fileName, joined } from "../../lib/paths";
import { useFormats } from "../../lib/use-formats";
import { pdfTargets } from "./model";

export interface Verified {
  /** Null when the whole book was checked. */
  row: InvoiceRow | null;
  reply: InvoiceVerifyReply;
}

export interface InvoiceActions {
  /** A job of this screen runs: another one cannot start. */
  busy: boolean;
  verified: Verified | null;
  closeVerified: () => void;
  voiding: InvoiceRow | null;
  setVoiding: (row: InvoiceRow | null) => void;
  /** True when something became final. */
  finalize: (month: string, rows: readonly InvoiceRow[]) => Promise<boolean>;
  savePdf: (rows: readonly InvoiceRow[]) => Promise<void>;
  verify: (row: InvoiceRow | null) => Promise<void>;
  /** All that proves a final invoice, in one zip file. */
  savePack: (row: InvoiceRow) => Promise<void>;
  /** All final documents of a month into a new folder, as PDF, with XML where it is wanted. */
  exportMonth: (month: string, format: EinvoiceFormat | null) => Promise<void>;
}

/** The long work of the bill run: each a job with progress and a way out. */
export function useInvoiceActions(): InvoiceActions {
  const { t } = useTranslation("invoices");
  const formats = useFormats();
  const runFinalize = useJob("invoice_finalize");
  const runSave = useJob("invoice_pdf_save");
  const runVerify = useJob("invoice_verify");
  const runExport = useJob("invoice_export");
  const [busy, setBusy] = useState(false);
  const [verified, setVerified] = useState<Verified | null>(null);
  const [voiding, setVoiding] = useState<InvoiceRow | null>(null);

  async function guarded<T>(work: () => Promise<T>): Promise<T | null> {
    setBusy(true);
    try {
      return await work();
    } catch (error) {
      showError(error);
      return null;
    } finally {
      setBusy(false);
    }
  }

  async function finalize(month: string, rows: readonly InvoiceRow[]): Promise<boolean> {
    const request = { month, customerIds: rows.map((row) => row.customerId) };
    const look = { title: t("finalizing", { count: rows.length }), note: t("finalizingNote") };
    const reply = await guarded(async () => {
      const done = await runFinalize(request, look);
      if (done === null) showToast({ text: t("finalizeStopped") });
      return done;
    });
    if (!reply) return false;
    const [first, last] = [reply.invoices[0]?.number, reply.invoices.at(-1)?.number];
    if (first && last) {
      const numbers = first === last ? first : t("numbers", { first, last });
      showToast({ text: t("finalized", { count: reply.invoices.length, numbers }), tone: "gain" });
    }
    if (reply.held.length > 0) {
      showToast({ text: t("stayedHeld", { count: reply.held.length, names: reply.held.map((row) => row.customer).join(", ") }), tone: "loss" });
    }
    return reply.invoices.length > 0;
  }

  async function savePdf(rows: readonly InvoiceRow[]): Promise<void> {
    const [first] = rows;
    if (!first) return;
    await guarded(async () => {
      const path = rows.length === 1 ? await askFile(first, t("pdfFiles")) : await host().pickFolder(t("pdfFolder"));
      if (path === null) return;
      const request = { ...pdfTargets(rows), month: first.month, path };
      const reply = await runSave(request, { title: t("saving", { count: rows.length }) });
      if (reply === null) showToast({ text: t("saveStopped") });
      else showToast({ text: savedText(reply.files), tone: "gain" });
    });
  }

  function savedText(files: readonly string[]): string {
    const [file] = files;
    if (files.length === 1 && file) return t("savedOne", { file: fileName(file) });
    return t("savedMany", { count: files.length, files: formats.quantity(String(files.length)) });
  }

  async function verify(row: InvoiceRow | null): Promise<void> {
    const title = row?.number ? t("verifyingOne", { number: row.number }) : t("verifying");
    const reply = await guarded(() => runVerify({ id: row?.id ?? null }, { title }));
    if (reply) setVerified({ row, reply });
  }

  async function savePack({ id, number }: InvoiceRow): Promise<void> {
    if (id === null) return;
    await guarded(async () => {
      const path = await host().saveFile({ suggestedName: `${number}.zip`, filters: [{ name: t("pack.files"), extensions: ["zip"] }] });
      if (path === null) return;
      const reply = await host().call("invoice_pack_save", { id, path });
      showToast({ text: t("pack.saved", { file: fileName(reply.path) }), tone: "gain" });
    });
  }

  async function exportMonth(month: string, format: EinvoiceFormat | null): Promise<void> {
    await guarded(async () => {
      const folder = await host().pickFolder(t("export.folder"));
      if (folder === null) return;
      const path = joined(folder, t("export.name", { month }));
      const reply = await runExport({ month, path, format }, { title: t("export.doing", { month: formats.month(month) }) });
      if (reply === null) showToast({ text: t("export.stopped") });
      else showToast({ text: t("export.done", { count: reply.files.length, folder: fileName(reply.folder) }), tone: "gain" });
    });
  }

  return {
    busy,
    verified,
    closeVerified: () => setVerified(null),
    voiding,
    setVoiding,
    savePack,
    finalize,
    savePdf,
    verify,
    exportMonth,
  };
}

/** Where one PDF goes; the book knows the name it should have. */
async function askFile(row: InvoiceRow, files: string): Promise<string | null> {
  const request = row.id ? { id: row.id, customerId: null, month: null } : { id: null, customerId: row.customerId, month: row.month };
  const { name } = await host().call("invoice_file_name", request);
  return host().saveFile({ suggestedName: name, filters: [{ name: files, extensions: ["pdf"] }] });
}
