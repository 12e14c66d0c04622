import { useState } from "react";
import { useTranslation } from "react-i18next";
import { showError } from "../../../app/errors";
import { showToast } from "../../../app/toasts";
import { useUndo } from "../../../app/frame/use-undo";
import type { DraftMark, InvoiceRow } from "../../../ipc/generated/types";
import { useMutation } from "../../../ipc/query";

/** What is asked about a draft. */
export type Asked = { what: "adjust" | "note" | "hold" | "accept_margin"; row: InvoiceRow };

export interface DraftActions {
  asked: Asked | null;
  ask: (what: Asked["what"], row: InvoiceRow) => void;
  close: () => void;
  /** Approves a draft, or takes that back. */
  approve: (row: InvoiceRow) => void;
  release: (row: InvoiceRow) => void;
}

/** Whether a row can still be added to and decided about. */
export function isOpen(row: InvoiceRow): boolean {
  return row.state === "draft" || row.state === "held";
}

/** Decisions about drafts: each is stored at once and can be undone. */
export function useDraftActions(): DraftActions {
  const { t } = useTranslation(["invoices", "common"]);
  const undo = useUndo();
  const [asked, setAsked] = useState<Asked | null>(null);
  const save = useMutation("invoice_draft_mark");
  const mark = (row: InvoiceRow, one: DraftMark, text: string) =>
    save.mutate(
      { customerIds: [row.customerId], month: row.month, mark: one, reason: "" },
      {
        onError: showError,
        onSuccess: () => showToast({ text, action: { label: t("common:undo"), run: undo.undo } }),
      },
    );
  return {
    asked,
    ask: (what, row) => isOpen(row) && setAsked({ what, row }),
    close: () => setAsked(null),
    approve: (row) => {
      if (!isOpen(row)) return;
      if (row.approved) mark(row, "unapprove", t("decide.unapproved", { name: row.customer }));
      else mark(row, "approve", t("decide.approved", { name: row.customer }));
    },
    release: (row) => mark(row, "release", t("decide.released", { name: row.customer })),
  };
}
