import type { CreditKind, CreditTaxWord, InvoiceGetReply, InvoiceGetRequest, InvoiceRow } from "../../ipc/generated/types";
import { add, compare, subtract, sum, type DecimalString } from "../../lib/decimal";
import { fold, match } from "../../lib/search";

export type Show = "all" | "held" | "ready" | "final";

/** What the address says. */
export interface InvoicesSearch {
  /** `2026-10`; the newest month with usage when absent. */
  month?: string;
  show?: Exclude<Show, "all">;
  /** Part of a name or number. */
  find?: string;
  /** Key of the selected row. */
  at?: string;
  /** Position of the selected line. */
  line?: number;
}

export function readSearch(raw: Record<string, unknown>): InvoicesSearch {
  const search: InvoicesSearch = {};
  if (typeof raw.month === "string" && /^\d{4}-(0[1-9]|1[0-2])$/.test(raw.month)) search.month = raw.month;
  if (raw.show === "held" || raw.show === "ready" || raw.show === "final") search.show = raw.show;
  if (typeof raw.find === "string" || typeof raw.find === "number") search.find = String(raw.find);
  // The palette knows an invoice by its id alone.
  const at = raw.at ?? raw.invoice;
  if (typeof at === "string" || typeof at === "number") search.at = String(at);
  if (typeof raw.line === "number" && Number.isInteger(raw.line) && raw.line > 0) search.line = raw.line;
  return search;
}

/** Stays the same while a row is a draft, and again once it is final. */
export function rowKey(row: InvoiceRow): string {
  return row.id ?? `draft:${row.customerId}`;
}

export function requestOf(row: InvoiceRow): InvoiceGetRequest {
  return row.id
    ? { id: row.id, customerId: null, month: null }
    : { id: null, customerId: row.customerId, month: row.month };
}

/** The invoice whose month must be looked up first: its id stands alone in the address. */
export function idAlone(search: InvoicesSearch): string | null {
  const { month, at } = search;
  return month === undefined && at !== undefined && !at.startsWith("draft:") ? at : null;
}

/** The row that the address means; a draft that became final is found by its customer. */
export function findRow(rows: readonly InvoiceRow[], at: string | undefined): InvoiceRow | undefined {
  if (at === undefined) return undefined;
  const customer = at.startsWith("draft:") ? at.slice("draft:".length) : null;
  return (
    rows.find((row) => rowKey(row) === at) ??
    rows.find((row) => customer !== null && row.customerId === customer && row.state !== "void")
  );
}

export type Section = "held" | "unusual" | "ready" | "final" | "void";

export interface SectionRows {
  section: Section;
  rows: InvoiceRow[];
}

/** A draft is unusual when it differs from the month before by more than this, in percent. */
export const UNUSUAL_PERCENT = "25";

export function isUnusual(row: InvoiceRow): boolean {
  if (row.state !== "draft" || row.change === null) return false;
  return compare(row.change.replace("-", ""), UNUSUAL_PERCENT) > 0;
}

export function sectionOf(row: InvoiceRow): Section {
  if (row.state === "held") return "held";
  if (row.state === "void") return "void";
  if (row.state === "finalized") return "final";
  return isUnusual(row) ? "unusual" : "ready";
}

const ORDER: readonly Section[] = ["held", "unusual", "ready", "final", "void"];
const SHOWN: Record<Show, readonly Section[]> = {
  all: ORDER,
  held: ["held"],
  ready: ["unusual", "ready"],
  final: ["final", "void"],
};

/** Held first, then unusual ones, then as expected, then final ones; as they came inside. */
export function sections(rows: readonly InvoiceRow[], show: Show): SectionRows[] {
  return ORDER.filter((section) => SHOWN[show].includes(section))
    .map((section) => ({ section, rows: rows.filter((row) => sectionOf(row) === section) }))
    .filter((group) => group.rows.length > 0);
}

/** Rows whose customer or number is looked for; typos are forgiven. */
export function found(rows: readonly InvoiceRow[], find: string): readonly InvoiceRow[] {
  if (find.trim() === "") return rows;
  const words = (row: InvoiceRow) => fold(`${row.customer} ${row.number ?? ""}`);
  // A number with one wrong digit is another number: slips count only where nothing fits.
  const exact = rows.filter((row) => words(row).includes(fold(find.trim())));
  return exact.length > 0 ? exact : rows.filter((row) => match(find, words(row)) !== null);
}

export function counts(rows: readonly InvoiceRow[]): Record<Show, number> {
  const inView = (show: Show) => rows.filter((row) => SHOWN[show].includes(sectionOf(row))).length;
  return { all: rows.length, held: inView("held"), ready: inView("ready"), final: inView("final") };
}

/** What was ticked by hand; without a mark drafts are taken and all else is not. */
export type Marks = ReadonlyMap<string, boolean>;

export function isMarked(row: InvoiceRow, marks: Marks): boolean {
  return marks.get(rowKey(row)) ?? row.state === "draft";
}

export function canMark(row: InvoiceRow): boolean {
  return row.state !== "void";
}

/** Drafts that the primary button makes final. */
export function toFinalize(rows: readonly InvoiceRow[], marks: Marks): InvoiceRow[] {
  return rows.filter((row) => row.state === "draft" && isMarked(row, marks));
}

export function withMark(marks: Marks, row: InvoiceRow): Marks {
  return new Map(marks).set(rowKey(row), !isMarked(row, marks));
}

export interface CurrencySum {
  currency: string;
  amount: DecimalString;
}

/** Totals of several rows, exact, one per currency, in the order they first occur. */
export function totals(rows: readonly InvoiceRow[]): CurrencySum[] {
  const currencies = [...new Set(rows.map((row) => row.total.currency))];
  return currencies.map((currency) => ({
    currency,
    amount: sum(rows.filter((row) => row.total.currency === currency).map((row) => row.total.amount)),
  }));
}

/** What credit takes off before or after tax: one row for what was given and one for what was bought. */
export function creditRows(invoice: InvoiceGetReply, tax: CreditTaxWord): { kind: CreditKind; amount: DecimalString }[] {
  const own = invoice.credits.filter((credit) => credit.tax === tax);
  const kinds: CreditKind[] = ["promotional", "paid"];
  return kinds.flatMap((kind) => {
    const parts = own.filter((credit) => credit.kind === kind).map((credit) => credit.amount.amount);
    return parts.length > 0 ? [{ kind, amount: sum(parts) }] : [];
  });
}

const credited = (invoice: InvoiceGetReply, tax: CreditTaxWord) => sum(creditRows(invoice, tax).map((row) => row.amount));

/**
 * Whether the lines less a discount make the net amount, net less credit and tax the total, and the total less
 * credit after tax what is to be paid: to the last digit.
 */
export function addsUp(invoice: InvoiceGetReply): boolean {
  const off = invoice.discount?.amount.amount ?? ("0" as DecimalString);
  const lines = subtract(sum(invoice.lines.map((line) => line.amount.amount)), off);
  const taxes = sum(invoice.taxes.map((tax) => tax.tax.amount));
  return (
    compare(lines, invoice.row.net.amount) === 0 &&
    compare(taxes, invoice.tax.amount) === 0 &&
    compare(add(subtract(invoice.row.net.amount, credited(invoice, "pre_tax")), invoice.tax.amount), invoice.row.total.amount) === 0 &&
    compare(subtract(invoice.row.total.amount, credited(invoice, "post_tax")), invoice.payable.amount) === 0
  );
}

/** `gpt-5` of `openai/gpt-5`. */
export function modelName(model: string): string {
  return model.slice(model.indexOf("/") + 1);
}

/** Drafts and final ones for `invoice_pdf_save`. */
export function pdfTargets(rows: readonly InvoiceRow[]): { ids: string[]; draftCustomerIds: string[] } {
  return {
    ids: rows.flatMap((row) => (row.id ? [row.id] : [])),
    draftCustomerIds: rows.flatMap((row) => (row.id ? [] : [row.customerId])),
  };
}

/** The signs of an amount or quantity, as it is printed in any language: digits only. */
export function digitsOf(text: string): string {
  const digits = text.replace(/\p{Nd}/gu, (sign) => {
    const code = sign.codePointAt(0) ?? 48;
    // Decimal digits of every script stand in runs of ten whose first is a multiple of ten away.
    return code < 128 ? sign : String((code - zeroOf(code)) % 10);
  });
  return digits.replace(/\D/g, "");
}

const ZEROS = [0x660, 0x6f0, 0x966, 0xe50, 0xff10];
const zeroOf = (code: number) => ZEROS.findLast((zero) => zero <= code) ?? 48;
