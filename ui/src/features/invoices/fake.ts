import { add, compare, negate, sign, subtract } from "../../lib/decimal";
import { ApiError, Cancelled } from "../../ipc/errors";
import type { FakeContext, FakeHandlers } from "../../ipc/fake";
import type {
  AccountingExportRequest,
  AccountingSaveRequest,
  BankLineRow,
  BankOpenInvoice,
  CreditNoteCreateRequest,
  CreditNoteListRequest,
  CreditNoteRow,
  CreditNoteTryRequest,
  EinvoiceSaveRequest,
  InvoiceExportRequest,
  InvoiceFinalizeRequest,
  InvoiceGetRequest,
  InvoiceListRequest,
  InvoicePackSaveRequest,
  InvoicePdfSaveRequest,
  InvoiceReissueRequest,
  InvoiceRow,
  InvoiceVerifyRequest,
  InvoiceVoidRequest,
  InvoiceWriteOffRequest,
  DecimalString,
  PaymentAddRequest,
  PaymentImportPreviewReply,
  PaymentImportPreviewRequest,
  PaymentImportRequest,
  PaymentListReply,
  PaymentListRequest,
  PaymentReverseRequest,
  MoneyText,
  PaymentRow,
  PaymentTag,
  ReceivableListReply,
  ReceivableListRequest,
  ReceivableRow,
  WriteOffRow,
} from "../../ipc/generated/types";
import { invoice, ROWS } from "./fake-data";
import { drafts } from "./draft/fake";
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
  const given = (context.memory.get(`given up ${id}`) as WriteOffRow[] | undefined) ?? [];
  const writtenOff = given.reduce((sum, entry) => add(sum, entry.amount.amount), zero);
  if (sign(writtenOff) > 0) {
    const stands = { state: "uncollectible" as const, open: money(subtract(open, writtenOff)), overdueDays: null };
    return { entries, payable: row.total, credited: money(credited), paid: money(paid), writtenOff: money(writtenOff), writeOffs: given, today: "2026-11-03", ...stands };
  }
  return { entries, writtenOff: money(writtenOff), writeOffs: given, payable: row.total, credited: money(credited), paid: money(paid), open: money(open), state, overdueDays: null, today: "2026-11-03" };
}

function tag({ state, open, overdueDays }: PaymentListReply): PaymentTag {
  return { state, open, overdueDays };
}

function receivables(context: FakeContext): ReceivableListReply {
  const zero = { amount: "0.00" as DecimalString, currency: "EUR" };
  const invoices = rows(context).flatMap((row): ReceivableRow[] => {
    if (row.id === null || row.number === null || row.state !== "finalized") return [];
    const reply = payments(row.id, context);
    if (sign(reply.open.amount) === 0) return [];
    const { id, number, customerId, customer, month, issuedOn } = row;
    return [{ id, number, customerId, customer, month, issuedOn: issuedOn ?? "", dueOn: "2026-11-16", payable: reply.payable, credited: reply.credited, paid: reply.paid, payment: tag(reply) }];
  });
  const ageing = (customerId: string | null, customer: string | null, owed: MoneyText) => ({ customerId, customer, currency: "EUR", notDue: owed, to30: zero, to60: zero, to90: zero, over90: zero, owed, toPayBack: zero });
  const all = invoices.reduce((sum, row) => add(sum, row.payment.open.amount), zero.amount);
  return {
    today: "2026-11-03",
    invoices,
    customers: invoices.map((row) => ageing(row.customerId, row.customer, row.payment.open)),
    totals: invoices.length === 0 ? [] : [ageing(null, null, { ...zero, amount: all })],
  };
}

/** A statement with a line of each kind. */
function statement(context: FakeContext): PaymentImportPreviewReply {
  const { invoices } = receivables(context);
  const open = invoices.map((row) => ({ id: row.id, number: row.number, customer: row.customer, open: row.payment.open }));
  const [first, second] = open;
  const line = (key: string, more: Partial<BankLineRow>): BankLineRow => ({ key, line: 2, day: "2026-11-02", amount: { amount: "75.00" as DecimalString, currency: "EUR" }, name: "Somebody", reference: "thank you", confidence: "none", reason: "nothing", allocations: [], ...more });
  const all = (one: BankOpenInvoice) => [{ invoiceId: one.id, number: one.number, customer: one.customer, amount: one.open }];
  const lines = [
    ...(first ? [line("k1", { amount: first.open, name: first.customer, reference: `RE ${first.number}`, confidence: "sure", reason: "number_and_amount", allocations: all(first) })] : []),
    ...(second ? [line("k2", { line: 3, amount: second.open, name: second.customer, confidence: "likely", reason: "amount_and_name", allocations: all(second) })] : []),
    line("k3", { line: 4 }),
    line("k4", { line: 5, confidence: "booked" }),
  ];
  const faults = [{ path: "amount", code: "not_a_number", params: { line: "6", value: "ninety" } }];
  return { file: "november.csv", lines, faults, open };
}

const ROLES = ["bank", "expired", "fees", "losses", "meters", "minimum", "models", "one_off", "prepaid", "prepaid_sales", "promotional", "receivable", "tax"];

export const fake: FakeHandlers = {
  invoice_pack_save: ({ path }: InvoicePackSaveRequest) => ({ path, sha256: "ab12".repeat(16) }),
  pack_verify: () => ({
    number: "HS-2026-0486",
    sound: false,
    auditEntry: 12,
    auditHash: "9f2c".repeat(16),
    checks: [
      { code: "file", subject: "invoice.pdf", result: "ok", detail: "" },
      { code: "file", subject: "usage.csv", result: "failed", detail: "was changed: its hash is another" },
      { code: "lines", subject: "HS-2026-0486", result: "ok", detail: "" },
    ],
  }),
  accounting_get: () => ({
    accounts: ROLES.map((role) => ({ role, account: `Assets:${role}` })),
    datevAccounts: ROLES.map((role) => ({ role, account: "8400" })),
    datevAdviser: 1001,
    datevClient: 1,
    datevDigits: 4,
    yearBegins: 1,
  }),
  accounting_save: ({ settings }: AccountingSaveRequest) => settings,
  accounting_preview: () => ({
    entries: 2,
    sums: [
      { role: "receivable", account: "Assets:Receivable", sum: { amount: "12515.82" as DecimalString, currency: "EUR" } },
      { role: "models", account: "Income:Usage", sum: { amount: "-12515.82" as DecimalString, currency: "EUR" } },
    ],
  }),
  accounting_export: ({ path }: AccountingExportRequest) => ({ path, entries: 2 }),
  payment_import_preview: (_: PaymentImportPreviewRequest, context) => statement(context),
  payment_import: ({ accepted }: PaymentImportRequest, context) => {
    const lines = statement(context).lines;
    for (const { key, allocations } of accepted) {
      const of = lines.find((line) => line.key === key);
      for (const part of allocations) {
        const before = payments(part.invoiceId, context).entries;
        const amount = { amount: part.amount as DecimalString, currency: "EUR" };
        const entry: PaymentRow = { id: `pay-${part.invoiceId}-${before.length + 1}`, kind: "payment", amount, receivedOn: "2026-11-02", reference: of?.reference ?? "", reversed: false };
        context.memory.set(`payments ${part.invoiceId}`, [...before, entry]);
      }
    }
    return { entered: accepted.length, sums: [] };
  },
  receivable_list: (_: ReceivableListRequest, context) => receivables(context),
  ...drafts,
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
  invoice_write_off: (request: InvoiceWriteOffRequest, context) => {
    if (request.reason.trim() === "") throw new ApiError({ code: "invalid", issues: [{ path: "reason", code: "required", params: {} }] });
    const before = payments(request.invoiceId, context);
    const amount = request.reverse ? { ...before.writtenOff, amount: negate(before.writtenOff.amount) } : before.open;
    const entry: WriteOffRow = { amount, decidedOn: "2026-11-03", reason: request.reason };
    context.memory.set(`given up ${request.invoiceId}`, [...before.writeOffs, entry]);
    return payments(request.invoiceId, context);
  },
  invoice_reissue: (request: InvoiceReissueRequest, context) => {
    const old = find({ id: request.id, customerId: null, month: null }, context);
    const number = `HS-2026-0${485 + rows(context).filter((row) => row.number !== null).length}`;
    const next: InvoiceRow = { ...old, id: `i-${number.slice(-4)}`, number };
    context.memory.set("invoices", [...rows(context).map((row): InvoiceRow => (row.id === request.id ? { ...row, state: "void" } : row)), next]);
    return { invoices: [next], held: [] };
  },
  invoice_export: async (request: InvoiceExportRequest, context) => {
    const final = rows(context).filter((row) => row.state === "finalized");
    await work(context, "export", final.length);
    const files = [...final.map((row) => `${row.number ?? ""}.pdf`), "lines.csv", "manifest.json"];
    return { folder: request.path, files: files.map((name) => ({ name, bytes: 4711, sha256: "7c1e40b29d5af0c2b8e6d1a47f3390ce5582aa01d7c6e94f0b3d2e1c88a7f655" })) };
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
    const paid = (row: InvoiceRow): InvoiceRow => (row.id && row.state === "finalized" ? { ...row, payment: tag(payments(row.id, context)) } : row);
    const sorted = all.map(paid).toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
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
