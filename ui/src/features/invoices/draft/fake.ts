import { ApiError } from "../../../ipc/errors";
import type { FakeContext, FakeHandlers } from "../../../ipc/fake";
import type {
  DecimalString,
  DraftEditText,
  InvoiceDraftMarkRequest,
  InvoiceDraftReply,
  InvoiceDraftRequest,
  InvoiceDraftSaveRequest,
  InvoiceRow,
} from "../../../ipc/generated/types";
import { add, compare, subtract } from "../../../lib/decimal";
import { ROWS } from "../fake-data";

const NONE: DraftEditText = { currency: "EUR", lines: [], discount: null, note: "", purchaseOrder: "", buyerReference: "", internalNote: "" };

const rows = (context: FakeContext) => (context.memory.get("invoices") as InvoiceRow[] | undefined) ?? [...ROWS];

function find(customerId: string, context: FakeContext): InvoiceRow {
  const found = rows(context).find((row) => row.id === null && row.customerId === customerId);
  if (!found) throw new ApiError({ code: "not_found" });
  return found;
}

function editOf(customerId: string, context: FakeContext): DraftEditText {
  return (context.memory.get(`edit ${customerId}`) as DraftEditText | undefined) ?? NONE;
}

function reply({ customerId }: InvoiceDraftRequest, context: FakeContext): InvoiceDraftReply {
  const row = find(customerId, context);
  return {
    edit: editOf(customerId, context),
    hold: row.hold,
    approved: row.approved ? row.total : null,
    belowGuard: null,
    customerReference: "",
    customerTax: { kind: "rate", percent: "19" as DecimalString, reason: null },
    finalized: false,
  };
}

/** The sample's additions carry no tax: enough to see the form work. */
function tried({ customerId, edit }: InvoiceDraftSaveRequest, context: FakeContext) {
  const row = find(customerId, context);
  const money = (amount: DecimalString) => ({ ...row.net, amount });
  const before = editOf(customerId, context);
  const sum = (some: DraftEditText) => some.lines.reduce((all, line) => add(all, line.unitPrice), "0" as DecimalString);
  const lines = add(subtract(row.net.amount, sum(before)), sum(edit));
  const off = edit.discount?.amount ?? ("0" as DecimalString);
  if (compare(off, lines) > 0) {
    throw new ApiError({ code: "invalid", issues: [{ path: "discount.amount", code: "above_sum", params: { sum: `${lines} EUR` } }] });
  }
  const tax = subtract(row.total.amount, row.net.amount);
  const total = add(subtract(lines, off), tax);
  const discount = edit.discount && { percent: edit.discount.percent, amount: money(off), reason: edit.discount.reason };
  return { lines: money(lines), discount, tax: money(tax), total: money(total), payable: money(total) };
}

export const drafts: FakeHandlers = {
  invoice_draft_get: reply,
  invoice_draft_try: tried,
  invoice_draft_save: (request: InvoiceDraftSaveRequest, context) => {
    tried(request, context);
    context.memory.set(`edit ${request.customerId}`, request.edit);
    return reply(request, context);
  },
  invoice_draft_mark: ({ customerIds, mark, reason }: InvoiceDraftMarkRequest, context) => {
    if ((mark === "hold" || mark === "accept_margin") && reason.trim() === "") {
      throw new ApiError({ code: "invalid", issues: [{ path: "reason", code: "required", params: {} }] });
    }
    const changed = rows(context).map((row): InvoiceRow => {
      if (row.id !== null || !customerIds.includes(row.customerId)) return row;
      const hold = mark === "hold" ? reason : mark === "release" || mark === "approve" ? null : row.hold;
      const others = row.held.filter((word) => word !== "on_hold");
      const held = hold === null ? others : ["on_hold", ...others];
      const approved = mark === "approve" || (row.approved && mark !== "unapprove" && mark !== "hold");
      return { ...row, hold, held, approved, state: held.length > 0 ? "held" : "draft" };
    });
    context.memory.set("invoices", changed);
    return {};
  },
};
