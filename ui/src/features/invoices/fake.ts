import { add, compare, negate, sign, subtract } from "../../lib/decimal";
import { ApiError, Cancelled } from "../../ipc/errors";
import type { FakeContext, FakeHandlers } from "../../ipc/fake";
import type {
  CreditNoteCreateRequest,
  CreditNoteListRequest,
  CreditNoteRow,
  CreditNoteTryRequest,
  EinvoiceSaveRequest,
  InvoiceFinalizeRequest,
  InvoiceGetRequest,
  InvoiceListRequest,
  InvoicePdfSaveRequest,
  InvoiceRow,
  InvoiceVerifyRequest,
  InvoiceVoidRequest,
  DecimalString,
  PaymentAddRequest,
  PaymentListReply,
  PaymentListRequest,
  PaymentReverseRequest,
  PaymentRow,
} from "../../ipc/generated/types";
import { invoice, ROWS } from "./fake-data";
import { samplePages } from "./fake-pages";

function rows(context: FakeContext): InvoiceRow[] {
  return (context.memory.get("invoices") as InvoiceRow[] | undefined) ?? [...ROWS];
}

function find(request: InvoiceGetRequest, context: FakeContext): InvoiceRow {
  const found = rows(context).find((row) =>
    request.id ? row.id === request.id : row.id === null && row.customerId === request.customerId,
  );
  if (!found) throw new ApiError({ code: "not_found" });
  return found;
}

const ORDER = ["held", "draft", "finalized", "void"];
const pause = (time: number) => new Promise((done) => setTimeout(done, time));

async function work(context: FakeContext, stage: string, total: number) {
  for (let done = 0; done <= total; done++) {
    context.progress({ stage, done, total, note: null });
    await pause(90);
    if (context.signal.aborted) throw new Cancelled();
  }
}

function creditNotes(id: string, context: FakeContext): CreditNoteRow[] {
  return (context.memory.get(`credit notes ${id}`) as CreditNoteRow[] | undefined) ?? [];
}

/** Net that is left; the sample's credit notes carry no tax. */
function leftOf(id: string, context: FakeContext): DecimalString {
  const row = find({ id, customerId: null, month: null }, context);
  return creditNotes(id, context).reduce((left, note) => subtract(left, note.net.amount), row.net.amount);
}

function takenBack({ invoiceId, asked }: CreditNoteTryRequest, context: FakeContext): DecimalString {
  const left = leftOf(invoiceId, context);
  const lines = invoice(find({ id: invoiceId, customerId: null, month: null }, context)).lines;
  const amounts = asked.lines.map((part) => part.amount ?? lines.find((line) => line.position === part.line)?.amount.amount ?? ("0" as DecimalString));
  const amount = asked.all ? left : (asked.amount ?? amounts.reduce((sum, one) => add(sum, one), "0" as DecimalString));
  if (compare(amount, left) > 0) {
    throw new ApiError({ code: "invalid", issues: [{ path: "amount", code: "too_much", params: { left: `${left} EUR` } }] });
  }
  return amount;
}

function payments(id: string, context: FakeContext): PaymentListReply {
  const entries = (context.memory.get(`payments ${id}`) as PaymentRow[] | undefined) ?? [];
  const row = find({ id, customerId: null, month: null }, context);
  const zero = "0.00" as DecimalString;
  const paid = entries.reduce((sum, entry) => add(sum, entry.amount.amount), zero);
  const credited = creditNotes(id, context).reduce((sum, note) => add(sum, note.payable.amount), zero);
  const open = subtract(subtract(row.total.amount, credited), paid);
  const money = (amount: DecimalString) => ({ ...row.total, amount });
  const state = sign(open) === 0 ? "paid" : sign(open) < 0 ? "overpaid" : sign(paid) + sign(credited) === 0 ? "open" : "partly_paid";
  return { entries, payable: row.total, credited: money(credited), paid: money(paid), open: money(open), state, overdueDays: null, today: "2026-11-03" };
}

export const fake: FakeHandlers = {
  credit_note_list: ({ invoiceId }: CreditNoteListRequest, context) => {
    const row = find({ id: invoiceId, customerId: null, month: null }, context);
    const notes = creditNotes(invoiceId, context);
    const lines = invoice(row).lines.map((line) => ({ line: line.position, left: line.amount }));
    return { notes, left: { ...row.net, amount: leftOf(invoiceId, context) }, lines, nextNumber: `CN-HS-2026-000${notes.length + 1}` };
  },
  credit_note_try: (request: CreditNoteTryRequest, context) => {
    const net = { amount: takenBack(request, context), currency: "EUR" };
    return { net, taxes: [], tax: { ...net, amount: "0.00" as DecimalString }, total: net, credits: [], payable: net };
  },
  credit_note_create: (request: CreditNoteCreateRequest, context) => {
    if (!request.reason) throw new ApiError({ code: "invalid", issues: [{ path: "reason", code: "required", params: {} }] });
    const net = { amount: takenBack(request, context), currency: "EUR" };
    const before = creditNotes(request.invoiceId, context);
    const number = `CN-HS-2026-000${before.length + 1}`;
    const tax = { ...net, amount: "0.00" as DecimalString };
    const note = { id: number, number, issuedOn: "2026-11-03", reason: request.reason, net, tax, total: net, payable: net };
    context.memory.set(`credit notes ${request.invoiceId}`, [...before, note]);
    return note;
  },
  credit_note_pdf_save: () => ({}),
  einvoice_save: ({ ids, format, path }: EinvoiceSaveRequest, context) => {
    const row = ids[0] === undefined ? undefined : find({ id: ids[0], customerId: null, month: null }, context);
    if (row && format === "peppol") {
      const issues = [{ path: "customer.reference", code: "required", params: { invoice: row.number ?? "" } }];
      throw new ApiError({ code: "invalid", issues });
    }
    return { files: [path] };
  },
  payment_list: ({ invoiceId }: PaymentListRequest, context) => payments(invoiceId, context),
  payment_add: (request: PaymentAddRequest, context) => {
    const { currency } = request;
    const amount = request.amount as DecimalString;
    if (compare(amount, "0" as DecimalString) <= 0) throw new ApiError({ code: "invalid", issues: [{ path: "amount", code: "amount", params: { value: amount, currency } }] });
    const before = payments(request.invoiceId, context).entries;
    const entry: PaymentRow = {
      id: `pay-${before.length + 1}`,
      kind: request.refund ? "refund" : "payment",
      amount: { amount: request.refund ? negate(amount) : amount, currency },
      receivedOn: request.receivedOn ?? "2026-11-03",
      reference: request.reference,
      reversed: false,
    };
    context.memory.set(`payments ${request.invoiceId}`, [...before, entry]);
    return payments(request.invoiceId, context);
  },
  payment_reverse: ({ id, reason }: PaymentReverseRequest, context) => {
    const invoiceId = rows(context).find((row) => row.id && payments(row.id, context).entries.some((entry) => entry.id === id))?.id;
    if (!invoiceId) throw new ApiError({ code: "not_found" });
    const before = payments(invoiceId, context).entries;
    const wrong = before.find((entry) => entry.id === id) as PaymentRow;
    const reversal: PaymentRow = { ...wrong, id: `pay-${before.length + 1}`, kind: "reversal", amount: { ...wrong.amount, amount: negate(wrong.amount.amount) }, reference: reason };
    context.memory.set(`payments ${invoiceId}`, [...before.map((entry) => (entry === wrong ? { ...entry, reversed: true } : entry)), reversal]);
    return payments(invoiceId, context);
  },
  invoice_list: (request: InvoiceListRequest, context) => {
    const month = request.month ?? "2026-10";
    const all = month === "2026-10" ? rows(context) : [];
    const sorted = all.toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
    const used = all.filter((row) => row.number !== null).length;
    return {
      month,
      months: ["2026-10", "2026-09", "2026-08"],
      rows: sorted,
      nextNumber: `HS-2026-0${485 + used}`,
      complete: month < "2026-11",
    };
  },
  invoice_get: (request: InvoiceGetRequest, context) => invoice(find(request, context)),
  invoice_pages: (request: InvoiceGetRequest, context) => ({ pages: samplePages(find(request, context)) }),
  invoice_file_name: (request: InvoiceGetRequest, context) => {
    const row = find(request, context);
    return { name: row.number ? `${row.number}.pdf` : `Draft ${row.customer} ${row.month}.pdf` };
  },
  invoice_finalize: async (request: InvoiceFinalizeRequest, context) => {
    const before = rows(context);
    const chosen = before.filter((row) => row.state === "draft" && request.customerIds.includes(row.customerId));
    await work(context, "finalize", chosen.length);
    let next = 485 + before.filter((row) => row.number !== null).length;
    const after = before.map((row): InvoiceRow => {
      if (!chosen.includes(row)) return row;
      const number = next++;
      return { ...row, id: `i-0${number}`, number: `HS-2026-0${number}`, state: "finalized", issuedOn: "2026-11-03" };
    });
    context.memory.set("invoices", after);
    return { invoices: after.filter((row, index) => row !== before[index]), held: [] };
  },
  invoice_pdf_save: async (request: InvoicePdfSaveRequest, context) => {
    const count = request.ids.length + request.draftCustomerIds.length;
    await work(context, "pdf", count);
    if (count === 1) return { files: [request.path] };
    return { files: [...request.ids, ...request.draftCustomerIds].map((name) => `${request.path}/${name}.pdf`) };
  },
  invoice_verify: async (request: InvoiceVerifyRequest, context) => {
    const final = rows(context).filter((row) => row.state === "finalized");
    await work(context, "verify", request.id ? 1 : final.length);
    return { checked: request.id ? 1 : final.length, findings: [] };
  },
  invoice_void: (request: InvoiceVoidRequest, context) => {
    const after = rows(context).flatMap((row): InvoiceRow[] => {
      if (row.id !== request.id) return [row];
      return [{ ...row, state: "void" }, { ...row, id: null, number: null, state: "draft", issuedOn: null }];
    });
    context.memory.set("invoices", after);
    const row = after.find((one) => one.id === request.id);
    if (!row) throw new ApiError({ code: "not_found" });
    return invoice(row);
  },
};
