import type {
  DecimalString,
  EinvoiceFormat,
  ExplainStep,
  InvoiceGetReply,
  InvoiceLineText,
  InvoiceRow,
  IssueText,
} from "../../ipc/generated/types";
import { add, subtract } from "../../lib/decimal";

/** A sample month for the in-memory host: the document of the design, and neighbours. */
const d = (text: string) => text as DecimalString;
const eur = (amount: string) => ({ amount: d(amount), currency: "EUR" });

function draft(id: string, customer: string, net: string, total: string, change: string | null, more: Partial<InvoiceRow> = {}): InvoiceRow {
  return {
    id: null,
    customerId: id,
    customer,
    month: "2026-10",
    number: null,
    state: "draft",
    net: eur(net),
    total: eur(total),
    cost: eur(net),
    margin: d("31.0"),
    markup: d("44.9"),
    change: change === null ? null : d(change),
    plan: "Team",
    held: [],
    fault: null,
    einvoiceFaults: [],
    issuedOn: null,
    payment: null,
    hold: null,
    approved: false,
    changeAmount: null,
    flags: [],
    ...more,
  };
}

/** What an XRechnung asks for and nobody entered. */
const LACKS: IssueText[] = [
  { path: "company.contact.phone", code: "required", params: {} },
  { path: "customer.reference", code: "required", params: {} },
];

export const ROWS: readonly InvoiceRow[] = [
  draft("c-1014", "Atlas & Wren Freight GmbH", "8221.75", "9783.89", "0.4", { state: "held", held: ["no_price", "unknown_model"] }),
  draft("c-1042", "Kestrel Robotics B.V.", "8421.24", "8421.24", "12.1", { state: "held", held: ["einvoice_incomplete", "no_price"], einvoiceFaults: LACKS }),
  draft("c-1029", "株式会社サンプル", "2960.10", "2960.10", "7.0", { state: "held", held: ["missing_script"] }),
  draft("c-1022", "Lindqvist & Co AB", "1655.90", "1655.90", "-29.3", { plan: "Pay as you go" }),
  draft("c-1027", "Nordlicht Versicherung AG", "9382.55", "11165.23", "18.2", { plan: "Scale" }),
  draft("c-1031", "Pixelforge Games AB", "50907.15", "50907.15", "112.4", { margin: d("-10.6"), plan: "Enterprise", changeAmount: eur("26939.61"), flags: [{ code: "price_change", value: "3" }] }),
  draft("c-1003", "Solstice Energía S.L.", "5077.10", "5077.10", "-38.2", { changeAmount: eur("-3138.56"), flags: [{ code: "missing_days", value: "2026-10-19 2026-10-20 2026-10-21 2026-10-31" }] }),
  draft("c-1035", "Sundial Analytics GmbH", "25198.78", "29986.55", "10.0", { plan: "Enterprise" }),
  draft("c-1018", "Tidewater Media Inc.", "4191.69", "4191.69", "9.4", { net: { amount: d("4191.69"), currency: "USD" }, total: { amount: d("4191.69"), currency: "USD" } }),
  draft("c-1009", "Brio Telehealth SAS", "11079.04", "11079.04", "6.1", { id: "i-0486", number: "HS-2026-0486", state: "finalized", issuedOn: "2026-11-02" }),
  draft("c-1011", "Sable & Finch LLC", "1436.78", "1436.78", "9.0", { id: "i-0487", number: "HS-2026-0487", state: "finalized", issuedOn: "2026-11-02" }),
  draft("c-1011", "Sable & Finch LLC", "1430.00", "1430.00", null, { id: "i-0485", number: "HS-2026-0485", state: "void", issuedOn: "2026-11-02", cost: null, margin: null }),
];

/** The e-invoices that customers want. */
const WANTED: Record<string, EinvoiceFormat> = { "c-1027": "factur_x", "c-1042": "xrechnung", "c-1009": "factur_x" };

interface SampleLine {
  model: string;
  dimension: string;
  quantity: string;
  price: string;
  amount: string;
  exact: string;
  cost: string;
  margin: string;
  usd: string;
}

const CALLS: readonly SampleLine[] = [
  { model: "openai/gpt-6.1-sol", dimension: "input_tokens", quantity: "412806144", price: "2.494", amount: "1029.54", exact: "1029.538523136", cost: "710.03", margin: "31.0", usd: "0.000002" },
  { model: "openai/gpt-6.1-sol", dimension: "output_tokens", quantity: "96415720", price: "12.47", amount: "1202.30", exact: "1202.3040284", cost: "829.18", margin: "31.0", usd: "0.00001" },
  { model: "openai/gpt-6.1-sol", dimension: "cache_read_tokens", quantity: "1284093952", price: "0.1032", amount: "132.52", exact: "132.5184958464", cost: "91.39", margin: "31.0", usd: "0.000000083" },
  { model: "anthropic/claude-haiku-4-5", dimension: "input_tokens", quantity: "386220512", price: "1.462", amount: "564.65", exact: "564.654388544", cost: "389.41", margin: "31.0", usd: "0.0000011" },
  { model: "anthropic/claude-haiku-4-5", dimension: "output_tokens", quantity: "71804336", price: "5.75", amount: "412.87", exact: "412.874932", cost: "284.75", margin: "31.0", usd: "0.000005" },
  { model: "anthropic/claude-haiku-4-5", dimension: "cache_read_tokens", quantity: "1932640256", price: "0.1032", amount: "199.45", exact: "199.4484744192", cost: "137.55", margin: "31.0", usd: "0.000000083" },
  { model: "anthropic/claude-haiku-4-5", dimension: "cache_write_tokens", quantity: "148316160", price: "1.1825", amount: "175.38", exact: "175.3838592", cost: "120.95", margin: "31.0", usd: "0.00000095" },
  { model: "gemini/gemini-3.8-flash", dimension: "input_tokens", quantity: "268435104", price: "1.032", amount: "277.03", exact: "277.025027328", cost: "191.05", margin: "31.0", usd: "0.00000083" },
  { model: "gemini/gemini-3.8-flash", dimension: "output_tokens", quantity: "44120880", price: "5.805", amount: "256.12", exact: "256.1217084", cost: "176.64", margin: "31.0", usd: "0.0000045" },
  { model: "gemini/gemini-3.8-flash", dimension: "output_reasoning_tokens", quantity: "18240512", price: "5.16", amount: "94.12", exact: "94.12104192", cost: "64.91", margin: "31.0", usd: "0.000004" },
  { model: "gemini/gemini-3.8-flash", dimension: "cache_read_tokens", quantity: "301989888", price: "0.0774", amount: "23.37", exact: "23.3740173312", cost: "16.12", margin: "31.0", usd: "0.00000006" },
  { model: "openai/text-embedding-3-large", dimension: "input_tokens", quantity: "512344064", price: "0.2795", amount: "143.20", exact: "143.200165888", cost: "98.76", margin: "31.0", usd: "0.00000022" },
];

const fact = (key: string, value: string) => ({ key, value });

function steps(line: SampleLine): ExplainStep[] {
  return [
    { code: "quantity", value: line.quantity, unit: null, facts: [fact("events", "38204")] },
    {
      code: "provider_price",
      value: line.usd,
      unit: "USD",
      facts: [
        fact("model", line.model),
        fact("dimension", line.dimension),
        fact("source", "litellm 1.92.0"),
        fact("seen_on", "2026-09-30"),
        fact("recorded_at", "2026-09-30T12:02:00Z"),
        fact("valid_from", "2026-09-09T00:00:00Z"),
      ],
    },
    {
      code: "exchange_rate",
      value: "0.86",
      unit: null,
      facts: [fact("base", "USD"), fact("quote", "EUR"), fact("source", "ECB"), fact("on", "2026-09-30"), fact("cost", "0.0000086")],
    },
    { code: "markup", value: "45", unit: null, facts: [fact("scope", "provider"), fact("beaten", "book 40 %")] },
    { code: "sell_price", value: "0.00001247", unit: "EUR", facts: [] },
    { code: "rounded", value: line.amount, unit: "EUR", facts: [fact("exact", line.exact)] },
  ];
}

function lines(): InvoiceLineText[] {
  const fee: InvoiceLineText = {
    position: 1,
    charge: "Scale platform fee",
    model: null,
    description: "Scale platform fee",
    qualifiers: [],
    quantity: d("1"),
    unitPrice: d("490"),
    unit: "flat",
    amount: eur("490.00"),
    exact: d("490"),
    cost: null,
    margin: null,
    markup: null,
    steps: [
      { code: "fee", value: "490.00", unit: "EUR", facts: [fact("timing", "advance")] },
      { code: "rounded", value: "490.00", unit: "EUR", facts: [fact("exact", "490")] },
    ],
  };
  const calls = CALLS.map((line, index): InvoiceLineText => ({
    position: index + 2,
    charge: "Model usage",
    model: line.model,
    description: line.dimension,
    qualifiers: index === 7 ? ["context > 200000"] : [],
    quantity: d(line.quantity),
    unitPrice: d(line.price),
    unit: "per_million",
    amount: eur(line.amount),
    exact: d(line.exact),
    cost: eur(line.cost),
    margin: d(line.margin),
    markup: d("44.9"),
    steps: steps(line),
  }));
  const tier = (number: string, quantity: string, price: string, amount: string): ExplainStep => ({
    code: "tier",
    value: amount,
    unit: "EUR",
    facts: [fact("tier", number), fact("quantity", quantity), fact("unit_price", price), fact("flat_fee", "0")],
  });
  const runs: InvoiceLineText = {
    ...fee,
    position: CALLS.length + 2,
    charge: "Agent runs",
    description: "Agent runs",
    quantity: d("143280"),
    unitPrice: null,
    unit: "per_unit",
    amount: eur("4382.00"),
    exact: d("4382"),
    steps: [
      { code: "quantity", value: "143280", unit: null, facts: [fact("events", "143280")] },
      tier("1", "10000", "0.042", "420"),
      tier("2", "90000", "0.032", "2880"),
      tier("3", "43280", "0.025", "1082"),
      { code: "rounded", value: "4382.00", unit: "EUR", facts: [fact("exact", "4382")] },
    ],
  };
  return [fee, ...calls, runs];
}

/** The whole document of a row; all rows share the lines of the design. */
export function invoice(row: InvoiceRow): InvoiceGetReply {
  const tax = { amount: subtract(row.total.amount, row.net.amount), currency: row.total.currency };
  const all = lines();
  // Lines of the other rows are made to add up by their first one, a fee.
  const rest = all.slice(1).reduce((sum, line) => add(sum, line.amount.amount), d("0"));
  const first = all[0] as InvoiceLineText;
  const fee = { ...first, amount: { amount: subtract(row.net.amount, rest), currency: row.net.currency } };
  const held = row.held.includes("no_price")
    ? [{ reason: "no_price", subject: "cohere/command-a cache_read_tokens", quantity: d("41204410"), events: 96 }]
    : [];
  return {
    row,
    lines: [fee, ...all.slice(1)],
    taxes: [{ category: tax.amount === "0.00" ? "AE" : "S", percent: d("19"), base: row.net, tax, reason: null }],
    tax,
    discount: null,
    note: "",
    internalNote: "",
    purchaseOrder: "",
    buyerReference: "",
    replaces: null,
    finalizedReason: "",
    credits: [],
    payable: row.total,
    held,
    dueOn: "2026-11-17",
    from: "2026-10-01",
    to: "2026-10-31",
    inputHash: row.id ? "7c1e40b29d5af0c2b8e6d1a47f3390ce5582aa01d7c6e94f0b3d2e1c88a7f655" : null,
    asOf: row.id ? "2026-11-02T08:30:12Z" : null,
    missingScripts: row.held.includes("missing_script") ? ["Han 株"] : [],
    einvoice: WANTED[row.customerId] ?? null,
  };
}
