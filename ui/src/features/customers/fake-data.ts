import type {
  ChargeText,
  CustomerMonth,
  CustomerText,
  DecimalString,
  InvoiceRow,
  PlanText,
  SubscriptionText,
  TaxKind,
} from "../../ipc/generated/types";
import { isZero, places } from "../../lib/decimal";

/** Sample customers for the in-memory host: invented, the same in every run. */
export const d = (text: string) => text as DecimalString;

interface Sample {
  id: string;
  name: string;
  city: string;
  country: string;
  currency: string;
  zone: string;
  locale: string;
  tax: [TaxKind, string];
  plan: string | null;
  /** Revenue of the months, oldest first; the last one is October 2026. */
  revenue: string[];
  cost: (string | null)[];
  requests: number;
  held?: boolean;
  archived?: boolean;
}

const DE: [TaxKind, string] = ["rate", "19"];
const RC: [TaxKind, string] = ["reverse_charge", "EU"];
const OUT: [TaxKind, string] = ["out_of_scope", ""];

const SAMPLES: readonly Sample[] = [
  sample("c-1009", "Brio Telehealth SAS", "Lyon", "FR", "EUR", RC, "Team", ["9412.05", "10442.07", "11079.04"], ["6120.10", "6733.10", "7146.53"], 184_220),
  sample("c-1014", "Atlas & Wren Freight GmbH", "Bremen", "DE", "EUR", DE, "Team", ["7904.10", "8189.00", "8221.75"], ["5301.40", "5520.12", null], 96_410, { held: true }),
  sample("c-1027", "Nordlicht Versicherung AG", "Hamburg", "DE", "EUR", DE, "Scale, monthly", ["7210.30", "7924.11", "9382.55"], ["4180.22", "4527.66", "5510.14"], 143_280),
  sample("c-1031", "Pixelforge Games AB", "Malmö", "SE", "EUR", RC, "Enterprise", ["21040.00", "23967.10", "50907.15"], ["19810.00", "23112.40", "56287.94"], 1_204_118, { held: true }),
  sample("c-1042", "Kestrel Robotics B.V.", "Delft", "NL", "EUR", RC, "Team", ["7102.00", "7512.20", "8421.24"], ["7290.00", "7901.00", "8812.47"], 61_904),
  sample("c-1018", "Tidewater Media Inc.", "Boston", "US", "USD", OUT, "Pay as you go", ["3610.40", "3831.50", "4191.69"], ["2480.10", "2610.90", "2803.77"], 45_118),
  sample("c-1029", "株式会社サンプル", "東京", "JP", "JPY", OUT, "Pay as you go", ["401200", "421880", "451340"], ["280400", "291770", "309912"], 28_441),
  sample("c-1003", "Solstice Energía S.L.", "Sevilla", "ES", "EUR", RC, "Team", ["8190.00", "8215.60", "5077.10"], ["5310.00", "5402.22", "3301.87"], 39_771),
  sample("c-1035", "Sundial Analytics GmbH", "Köln", "DE", "EUR", DE, "Enterprise", ["20110.00", "22908.00", "25198.78"], ["15201.00", "16990.40", "18402.66"], 402_186),
  sample("c-1011", "Sable & Finch LLC", "Denver", "US", "USD", OUT, null, ["1188.20", "1318.00", "1436.78"], ["902.11", "1001.42", "1092.60"], 9_204),
  sample("c-1022", "Lindqvist & Co AB", "Göteborg", "SE", "SEK", RC, "Pay as you go", ["23010.00", "24120.10", "16559.00"], ["16980.50", "17410.12", "11840.33"], 17_330),
  sample("c-1001", "Quarry Lane Studio", "Leeds", "GB", "GBP", OUT, null, [], [], 0, { archived: true }),
];

function sample(
  id: string,
  name: string,
  city: string,
  country: string,
  currency: string,
  tax: [TaxKind, string],
  plan: string | null,
  revenue: string[],
  cost: (string | null)[],
  requests: number,
  more: Partial<Sample> = {},
): Sample {
  return { id, name, city, country, currency, zone: "Europe/Berlin", locale: country === "DE" ? "de-DE" : "en-GB", tax, plan, revenue, cost, requests, ...more };
}

const MONTHS = ["2026-08", "2026-09", "2026-10"];
const slug = (name: string) => name.split(/[\s&]+/)[0]?.toLowerCase() ?? name;

export function customers(): CustomerText[] {
  return SAMPLES.map((one) => ({
    id: one.id,
    number: one.id.replace("c-", "C-"),
    name: one.name,
    address: { lines: ["Speicherstadt 14"], postcode: "20457", city: one.city, region: "", country: one.country },
    taxId: one.tax[0] === "reverse_charge" ? `${one.country}556677889901` : "",
    email: `billing@${slug(one.name)}.example`,
    reference: "",
    orderReference: "",
    endpoint: { scheme: "", id: "" },
    einvoice: one.id === "c-1027" ? "factur_x" : null,
    currency: one.currency,
    locale: one.locale,
    zone: one.zone,
    tax: { kind: one.tax[0], percent: one.tax[0] === "rate" ? d(one.tax[1]) : null, reason: null },
    paymentDays: one.id === "c-1027" ? 14 : null,
    aliases: [slug(one.name), `org_${one.id.slice(2)}`],
    notes: one.id === "c-1027" ? "Invoices go to Frau Petersen, with the cost centre." : "",
    archived: one.archived ?? false,
  }));
}

const find = (id: string) => SAMPLES.find((one) => one.id === id);

/** Rounded to one decimal for the sample only; the real one comes from Rust. */
function marginPercent(revenue: string, cost: string): DecimalString {
  const share = ((Number(revenue) - Number(cost)) / Number(revenue)) * 100;
  return d(share.toFixed(1));
}

export function months(id: string): CustomerMonth[] {
  const one = find(id);
  if (!one) return [];
  return one.revenue.map((revenue, at) => {
    const cost = one.cost[at] ?? null;
    return {
      month: MONTHS[at] ?? "2026-10",
      revenue: { amount: d(revenue), currency: one.currency },
      cost: cost === null ? null : { amount: d(cost), currency: one.currency },
      margin: cost === null ? null : marginPercent(revenue, cost),
    };
  });
}

export const requestsOf = (id: string) => find(id)?.requests ?? 0;
export const isHeld = (id: string) => find(id)?.held ?? false;
export const planOf = (id: string) => find(id)?.plan ?? null;

export function invoices(customer: CustomerText): InvoiceRow[] {
  const all = months(customer.id);
  return all
    .map((month, at): InvoiceRow => {
      const before = all[at - 1];
      const final = month.month < "2026-10";
      const change = before && !isZero(before.revenue.amount) ? marginPercent(month.revenue.amount, before.revenue.amount) : null;
      return {
        id: final ? `i-${customer.id}-${month.month}` : null,
        customerId: customer.id,
        customer: customer.name,
        month: month.month,
        number: final ? `HS-2026-0${month.month === "2026-08" ? 401 + at : 446 + at}` : null,
        state: final ? "finalized" : isHeld(customer.id) ? "held" : "draft",
        net: month.revenue,
        total: withTax(month.revenue.amount, customer),
        cost: month.cost,
        margin: month.margin,
        markup: null,
        change,
        plan: planOf(customer.id) ?? "",
        held: isHeld(customer.id) && !final ? ["no_price"] : [],
        fault: null,
        einvoiceFaults: [],
        issuedOn: final ? `${MONTHS[at + 1]}-02` : null,
        payment: null,
        hold: null,
        approved: false,
        changeAmount: null,
        flags: [],
      };
    })
    .toReversed();
}

function withTax(net: string, customer: CustomerText) {
  const factor = customer.tax.kind === "rate" ? 1 + Number(customer.tax.percent ?? "0") / 100 : 1;
  return { amount: d((Number(net) * factor).toFixed(places(net))), currency: customer.currency };
}

export function subscriptions(id: string): SubscriptionText[] {
  const plan = planOf(id);
  if (plan === null) return [];
  const one = (key: string, name: string, version: number, startsOn: string, endsOn: string | null) => ({
    id: `s-${id}-${key}`,
    customerId: id,
    planVersionId: `v-${slug(name)}-${version}`,
    planId: `p-${slug(name)}`,
    planName: name,
    version,
    startsOn,
    endsOn,
    agreed: { since: null, seats: [] },
  });
  const now = one("2", plan, 2, "2026-06-01", null);
  return id === "c-1027" ? [now, one("1", "Pay as you go", 1, "2025-03-03", "2026-05-31")] : [now];
}

const NO_CHARGE: ChargeText = {
  name: "",
  kind: "usage",
  amount: null,
  timing: null,
  meter: null,
  model: null,
  unitPrice: null,
  tiers: null,
  chargeFlatAtZero: null,
  markup: null,
  document: null,
};
const CHARGES: ChargeText[] = [
  { ...NO_CHARGE, name: "Platform", kind: "recurring_fee", amount: "1900" as DecimalString, timing: "advance" },
  { ...NO_CHARGE, name: "Calls", meter: "model_calls", model: "per_unit", unitPrice: "0.02" as DecimalString },
];

export function plans(): PlanText[] {
  const names = ["Team", "Scale, monthly", "Enterprise", "Pay as you go"];
  return names.map((name) => ({
    id: `p-${slug(name)}`,
    name,
    description: "",
    archived: false,
    tests: [],
    versions: [1, 2].map((number) => ({
      id: `v-${slug(name)}-${number}`,
      number,
      currency: "EUR",
      terms: { intervalUnit: "month", intervalCount: 1, anchor: "calendar", proration: "days" },
      charges: name === "Enterprise" ? CHARGES : [],
      publishedAt: "2026-01-01T00:00:00Z",
      customers: 3,
    })),
  }));
}

