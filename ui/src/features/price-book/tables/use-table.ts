import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { showError } from "../../../app/errors";
import { useJob } from "../../../app/jobs";
import { showToast } from "../../../app/toasts";
import type { PriceImportPreviewReply, PriceImportReply, PriceMappingText, PriceTakenReply, PriceTakeRequest } from "../../../ipc/generated/types";
import { useMutation } from "../../../ipc/query";
import { fileName } from "../../../lib/paths";

export type Take = (request: Omit<PriceTakeRequest, "token">) => void;

export interface Table {
  preview: PriceImportPreviewReply | null;
  taken: PriceTakenReply | null;
  report: PriceImportReply | null;
  error: unknown;
  busy: boolean;
  /** Reads the list again with another meaning of its columns. */
  map: (mapping: PriceMappingText) => void;
  take: Take;
  run: () => Promise<void>;
  again: () => void;
}

/** Reads a table, keeps what is ticked in step with the book's program, and takes it. */
export function useTable(place: string, onStopped: () => void): Table {
  const { t } = useTranslation("price-book");
  const look = useJob("price_import_preview");
  const store = useJob("price_import_run");
  const tick = useMutation("price_import_take");
  const [preview, setPreview] = useState<PriceImportPreviewReply | null>(null);
  const [taken, setTaken] = useState<PriceTakenReply | null>(null);
  const [report, setReport] = useState<PriceImportReply | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const name = fileName(place);
  // Only the answer to the last question counts.
  const asked = useRef(0);

  async function read(mapping: PriceMappingText | null) {
    const own = ++asked.current;
    setBusy(true);
    setError(null);
    try {
      const reply = await look({ place, mapping }, { title: t("import.running", { file: name }), note: t("import.note") });
      if (own !== asked.current) return;
      if (reply === null) {
        showToast({ text: t("import.stopped") });
        onStopped();
        return;
      }
      setPreview(reply);
      setTaken(reply.taken);
    } catch (thrown) {
      if (own === asked.current) setError(thrown);
    } finally {
      if (own === asked.current) setBusy(false);
    }
  }
  const first = useRef(read);
  useEffect(() => {
    void first.current(null);
  }, []);

  async function run() {
    if (preview?.token == null) return;
    setBusy(true);
    try {
      const reply = await store({ token: preview.token }, { title: t("import.taking", { file: name }), note: t("import.note") });
      if (reply === null) showToast({ text: t("import.stopped") });
      else setReport(reply);
    } catch (thrown) {
      showError(thrown);
    } finally {
      setBusy(false);
    }
  }

  return {
    preview,
    taken,
    report,
    error,
    busy,
    map: (mapping) => void read(mapping),
    take: (request) => preview?.token != null && tick.mutate({ token: preview.token, ...request }, { onSuccess: setTaken, onError: showError }),
    run,
    again: () => void read(preview?.mapping ?? null),
  };
}
