import type { DecimalString, DraftDiscountText, DraftEditText, ManualLineText } from "../../../ipc/generated/types";

/** A line by hand while it is edited: it may have no figures yet. */
export interface LineDraft {
  key: number;
  text: string;
  quantity: DecimalString | null;
  unitPrice: DecimalString | null;
  tax: ManualLineText["tax"];
}

export type DiscountKind = "none" | "percent" | "amount";

/** What is edited; becomes the request as it stands. */
export interface EditDraft {
  lines: readonly LineDraft[];
  discount: DiscountKind;
  off: DecimalString | null;
  reason: string;
  note: string;
  purchaseOrder: string;
  buyerReference: string;
  internalNote: string;
}

export function draftOf(edit: DraftEditText): EditDraft {
  const { discount } = edit;
  return {
    lines: edit.lines.map((line, key) => ({ ...line, key })),
    discount: discount === null ? "none" : discount.percent === null ? "amount" : "percent",
    off: discount?.percent ?? discount?.amount ?? null,
    reason: discount?.reason ?? "",
    note: edit.note,
    purchaseOrder: edit.purchaseOrder,
    buyerReference: edit.buyerReference,
    internalNote: edit.internalNote,
  };
}

const NOTHING = "" as DecimalString;

/** The request: empty figures stay empty, so that Rust names their field. */
export function editOf(draft: EditDraft, currency: string): DraftEditText {
  const discount: DraftDiscountText | null =
    draft.discount === "none"
      ? null
      : {
          percent: draft.discount === "percent" ? (draft.off ?? NOTHING) : null,
          amount: draft.discount === "amount" ? (draft.off ?? NOTHING) : null,
          reason: draft.reason,
        };
  return {
    currency,
    lines: draft.lines.map((line) => ({
      text: line.text,
      quantity: line.quantity ?? NOTHING,
      unitPrice: line.unitPrice ?? NOTHING,
      tax: line.tax,
    })),
    discount,
    note: draft.note,
    purchaseOrder: draft.purchaseOrder,
    buyerReference: draft.buyerReference,
    internalNote: draft.internalNote,
  };
}

export function withLine(draft: EditDraft): EditDraft {
  const key = Math.max(-1, ...draft.lines.map((line) => line.key)) + 1;
  const line: LineDraft = { key, text: "", quantity: "1" as DecimalString, unitPrice: null, tax: null };
  return { ...draft, lines: [...draft.lines, line] };
}

export function withChangedLine(draft: EditDraft, key: number, part: Partial<LineDraft>): EditDraft {
  return { ...draft, lines: draft.lines.map((line) => (line.key === key ? { ...line, ...part } : line)) };
}

export function withoutLine(draft: EditDraft, key: number): EditDraft {
  return { ...draft, lines: draft.lines.filter((line) => line.key !== key) };
}

/** Whether it can be tried: lines that have just begun are no fault yet. */
export function canTry(draft: EditDraft): boolean {
  const lines = draft.lines.every((line) => line.text.trim() !== "" && line.unitPrice !== null);
  return lines && (draft.discount === "none" || (draft.off !== null && draft.reason.trim() !== ""));
}
