import { ApiError, type Issue } from "../../ipc/errors";
import type { FakeContext, FakeHandlers } from "../../ipc/fake";
import type { CompanySaveRequest, CompanyText, DecimalString, ExchangeRow, ExchangeStageRequest, InvoiceSettingsSaveRequest, NumberSeriesReply, NumberSeriesRequest, OpenBook } from "../../ipc/generated/types";

const d = (text: string) => text as DecimalString;

const COMPANY: CompanyText = {
  name: "Halden Systems",
  legalName: "Halden Systems GmbH",
  address: { lines: ["Köpenicker Straße 40"], postcode: "10179", city: "Berlin", region: "", country: "DE" },
  taxId: "DE318207707",
  registration: "Amtsgericht Charlottenburg, HRB 204417",
  email: "billing@halden.example",
  contact: { name: "Billing desk", phone: "+49 30 5550 142" },
  endpoint: { scheme: "", id: "" },
  website: "halden.example",
  bank: { holder: "Halden Systems GmbH", account: "DE02 1203 0000 0000 2020 51", bic: "BYLADEM1001", bankName: "Deutsche Kreditbank" },
  logoPng: null,
  locale: "en-GB",
  currency: "EUR",
  zone: "Europe/Berlin",
  numberPrefix: "HS-{year}-",
  numberDigits: 4,
  numberFirst: 1,
  paymentDays: 30,
  paper: "a4",
};

const RATES: readonly ExchangeRow[] = [
  { base: "EUR", quote: "USD", published: { rate: d("1.1628"), source: "ECB", on: "2026-10-30" }, staged: null },
  { base: "USD", quote: "EUR", published: { rate: d("0.86"), source: "ECB", on: "2026-10-30" }, staged: null },
  { base: "USD", quote: "JPY", published: { rate: d("151.24"), source: "ECB", on: "2026-10-30" }, staged: null },
];

const company = (context: FakeContext) => (context.memory.get("company") as CompanyText | undefined) ?? COMPANY;
const rates = (context: FakeContext) => (context.memory.get("exchange") as ExchangeRow[] | undefined) ?? [...RATES];

function exchangeReply(context: FakeContext) {
  const all = rates(context);
  const missing = ["SEK", "GBP"].filter((quote) => !all.some((rate) => rate.base === "USD" && rate.quote === quote));
  return { rates: all, missing: missing.map((quote) => ({ base: "USD", quote })) };
}

function faults(text: CompanyText): Issue[] {
  const found: Issue[] = [];
  if (text.name.trim() === "") found.push({ path: "name", code: "required", params: {} });
  if (text.numberPrefix.replace("{year}", "").match(/[{}]/)) found.push({ path: "numberPrefix", code: "unknown_placeholder", params: {} });
  if (text.numberDigits < 1 || text.numberDigits > 12) found.push({ path: "numberDigits", code: "out_of_range", params: {} });
  return found;
}

const SERIES: NumberSeriesRequest = {
  invoice: { template: "HS-{YYYY}-{0000}", first: 1 },
  creditNote: { template: "CN-HS-{YYYY}-{0000}", first: 1 },
};

const COUNTER = /\{0+\}/;

function numberOf(template: string, counter: number): string {
  const digits = (COUNTER.exec(template)?.[0].length ?? 3) - 2;
  return template.replace("{YYYY}", "2026").replace("{YY}", "26").replace(COUNTER, String(counter).padStart(digits, "0"));
}

function series(request: NumberSeriesRequest): NumberSeriesReply {
  const { invoice, creditNote } = request;
  return { invoice, creditNote, nextInvoice: numberOf(invoice.template, Math.max(488, invoice.first)), nextCreditNote: numberOf(creditNote.template, creditNote.first) };
}

function checkedSeries(request: NumberSeriesRequest): NumberSeriesRequest {
  const issues: Issue[] = [];
  for (const kind of ["invoice", "creditNote"] as const) {
    const { template } = request[kind];
    const path = `${kind}.template`;
    if (!COUNTER.test(template)) issues.push({ path, code: "no_counter", params: {} });
    else if (/[{}]/.test(numberOf(template, 1))) issues.push({ path, code: "unknown_placeholder", params: {} });
  }
  if (issues.length > 0) throw new ApiError({ code: "invalid", issues });
  return request;
}

export const fake: FakeHandlers = {
  company_get: (_request: never, context) => {
    const now = company(context);
    const number = String(Math.max(488, now.numberFirst)).padStart(now.numberDigits, "0");
    return {
      company: now,
      nextNumber: `${now.numberPrefix.replace("{year}", "2026")}${number}`,
      usualTax: { kind: "rate", percent: d("19"), reason: null },
    };
  },
  company_save: (request: CompanySaveRequest, context) => {
    const issues = faults(request.company);
    if (issues.length > 0) throw new ApiError({ code: "invalid", issues });
    context.memory.set("company", request.company);
    return { book: (context.memory.get("book") as OpenBook | undefined) ?? null };
  },
  invoice_settings_get: (_request: never, context) => ({ marginGuard: (context.memory.get("margin guard") as DecimalString | undefined) ?? null }),
  invoice_settings_save: ({ marginGuard }: InvoiceSettingsSaveRequest, context) => {
    context.memory.set("margin guard", marginGuard);
    return { marginGuard };
  },
  number_series_get: (_request: never, context) => series((context.memory.get("series") as NumberSeriesRequest | undefined) ?? SERIES),
  number_series_try: (request: NumberSeriesRequest) => series(checkedSeries(request)),
  number_series_save: (request: NumberSeriesRequest, context) => {
    context.memory.set("series", checkedSeries(request));
    return series(request);
  },
  exchange_list: (_request: never, context) => exchangeReply(context),
  exchange_stage: ({ base, quote, to }: ExchangeStageRequest, context) => {
    if (base === quote) {
      throw new ApiError({ code: "invalid", issues: [{ path: "quote", code: "same_currency", params: {} }] });
    }
    const same = (one: ExchangeRow) => one.base === base && one.quote === quote;
    const known = rates(context).find(same);
    const row = { base, quote, published: known?.published ?? null, staged: to };
    const others = rates(context).filter((one) => !same(one));
    const next = row.published === null && to === null ? others : [...others, row];
    context.memory.set("exchange", next.toSorted((a, b) => (a.base + a.quote < b.base + b.quote ? -1 : 1)));
    return exchangeReply(context);
  },
};
