import type { ChargeText, MeterText, MeterUsageRow, PlanText } from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";
import { MONTHLY } from "./model";

const d = (text: string) => text as DecimalString;

const EMPTY: ChargeText = {
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

const fee = (name: string, amount: string): ChargeText => ({ ...EMPTY, name, kind: "recurring_fee", amount: d(amount), timing: "advance" });
const cost = (name: string, percent: string | null): ChargeText => ({
  ...EMPTY,
  name,
  meter: "model_calls",
  model: "cost_plus",
  markup: percent ? { percent: d(percent), fixedPerUnit: null, fixedPerRequest: d("0.0005"), minimumMargin: null, roundTo: null } : null,
});
const perUnit = (name: string, meter: string, price: string): ChargeText => ({ ...EMPTY, name, meter, model: "per_unit", unitPrice: d(price) });
const graduated = (name: string, meter: string, tiers: [string | null, string, string][]): ChargeText => ({
  ...EMPTY,
  name,
  meter,
  model: "graduated",
  chargeFlatAtZero: true,
  tiers: tiers.map(([upTo, unitPrice, flatFee]) => ({ upTo: upTo === null ? null : d(upTo), unitPrice: d(unitPrice), flatFee: d(flatFee) })),
});

interface Start {
  name: string;
  description: string;
  versions: readonly { number: number; charges: ChargeText[]; publishedAt: string | null; customers: number }[];
}

const RUNS: [string | null, string, string][] = [
  ["1000", "0.08", "0"],
  ["20000", "0.06", "25"],
  [null, "0.045", "0"],
];

const RUNS_BEFORE: [string | null, string, string][] = [
  ["1000", "0.08", "0"],
  ["10000", "0.065", "0"],
  [null, "0.042", "0"],
];

const STARTS: readonly Start[] = [
  {
    name: "Enterprise",
    description: "Model calls at cost with a markup of its own, a fee in advance.",
    versions: [
      { number: 2, charges: [fee("Platform fee", "1900"), cost("Model usage", "18")], publishedAt: "2026-01-01T00:00:00Z", customers: 3 },
      { number: 1, charges: [fee("Platform fee", "1500"), cost("Model usage", null)], publishedAt: "2025-02-03T00:00:00Z", customers: 1 },
    ],
  },
  {
    name: "Pay as you go",
    description: "No fee, tokens per piece.",
    versions: [
      {
        number: 2,
        charges: [perUnit("Input tokens", "input_tokens", "0.0000035"), perUnit("Output tokens", "output_tokens", "0.000014")],
        publishedAt: "2026-01-01T00:00:00Z",
        customers: 4,
      },
      { number: 1, charges: [perUnit("Tokens", "total_tokens", "0.000006")], publishedAt: "2025-01-15T00:00:00Z", customers: 0 },
    ],
  },
  {
    name: "Scale, monthly",
    description: "Cheaper tokens the more they are used.",
    versions: [
      {
        number: 2,
        charges: [
          fee("Base fee", "490"),
          graduated("Tokens", "total_tokens", [["50000000", "0.000006", "0"], ["500000000", "0.0000048", "0"], [null, "0.0000039", "0"]]),
        ],
        publishedAt: "2026-01-01T00:00:00Z",
        customers: 2,
      },
    ],
  },
  {
    name: "Team",
    description: "A fee, model calls at the book's markup, agent runs in tiers.",
    versions: [
      { number: 3, charges: [fee("Team fee", "290"), cost("Model usage", null), graduated("Agent runs", "m-runs", RUNS)], publishedAt: null, customers: 0 },
      { number: 2, charges: [fee("Team fee", "240"), cost("Model usage", null), graduated("Agent runs", "m-runs", RUNS_BEFORE)], publishedAt: "2026-01-01T00:00:00Z", customers: 5 },
    ],
  },
];

const slug = (name: string) => name.toLowerCase().replaceAll(/[^a-z]+/g, "-");

export function plans(): PlanText[] {
  return STARTS.map(({ name, description, versions }) => ({
    id: `p-${slug(name)}`,
    name,
    description,
    archived: false,
    tests: [],
    versions: versions.map((version) => ({ ...version, id: `v-${slug(name)}-${version.number}`, currency: "EUR", terms: MONTHLY })),
  }));
}

export function meters(): MeterText[] {
  return [
    {
      id: "m-runs",
      name: "Agent runs",
      eventName: "agent_run",
      aggregation: "count",
      quantity: null,
      unit: "run",
      filters: [{ key: "outcome", anyOf: ["done", "handed_over"] }],
      archived: false,
    },
    { id: "m-pages", name: "Pages read", eventName: "document_read", aggregation: "sum", quantity: "custom:pages", unit: "page", filters: [], archived: false },
  ];
}

const NAMES = "Acorn Adit Brio Casa Copperleaf Ductus Elm Ferro Gable Harbour Ilex Juno Kelp Lumen Marlow Nimbus Ostrava Pallas Quarry Ridge Sable Tarn Umbra Vela Wren Xylo Yarrow Zephyr";

/** What customers used of a meter in October, most first: spread over three powers of ten. Pages have no provider. */
export function usageOf(meter: string, currency: string | null): { rows: MeterUsageRow[]; unitCost: DecimalString | null } {
  const rows = rowsOf(meter);
  const each = meter.endsWith("_tokens") ? 0.000_003 : 0.03;
  if (currency === null || meter === "m-pages") return { rows, unitCost: null };
  // Who uses most has the dearest models.
  const costs = rows.map(({ quantity }, index) => Number(quantity) * each * (index < 2 ? 1.6 : 0.7 + (index % 5) / 10));
  const used = rows.reduce((sum, { quantity }) => sum + Number(quantity), 0);
  const unitCost = (costs.reduce((sum, cost) => sum + cost, 0) / used).toFixed(12) as DecimalString;
  return { rows: rows.map((row, index) => ({ ...row, cost: (costs[index] ?? 0).toFixed(6) as DecimalString })), unitCost };
}

function rowsOf(meter: string): MeterUsageRow[] {
  const scale = meter.endsWith("_tokens") ? 10_000 : 1;
  return NAMES.split(" ")
    .map((customer, index) => ({ customer, customerId: `c-${customer.toLowerCase()}`, used: Math.round(10 ** (3.9 + 1.6 * Math.sin(index * 2.4) ** 3)) * scale }))
    .toSorted((a, b) => b.used - a.used)
    .map(({ used, ...row }) => ({ ...row, quantity: String(used) as DecimalString, cost: null }));
}
