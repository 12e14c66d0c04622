import { ApiError, type Issue } from "../../ipc/errors";
import type { FakeContext, FakeHandlers } from "../../ipc/fake";
import type {
  ChargeQuoteRequest,
  ChargeText,
  MeterSaveRequest,
  MeterText,
  PlanPublishRequest,
  PlanSaveRequest,
  MeterUsageRequest,
  PlanText,
} from "../../ipc/generated/types";
import { readDocument } from "../../app/pricing/document";
import { meters, plans, usageOf } from "./fake-data";
import { compared } from "./fake-compare";
import { innerPrices } from "../../app/pricing/inside";
import { MONTHLY } from "./model";
import type { PriceDraft } from "../../app/pricing/price";
import { quote, quoteUsage } from "./fake-price";
import { fakeTests } from "./fake-tests";

function book<T>(context: FakeContext, key: string, start: () => T): T {
  if (!context.memory.has(key)) context.memory.set(key, start());
  return context.memory.get(key) as T;
}
const planned = (context: FakeContext) => book<PlanText[]>(context, "plans", plans);
const metered = (context: FakeContext) => book<MeterText[]>(context, "meters", meters);

function refuse(issues: Issue[]) {
  if (issues.length > 0) throw new ApiError({ code: "invalid", issues });
}

/** The faults of the real program that the editor shows most often. */
function faults(request: PlanSaveRequest): Issue[] {
  const found: Issue[] = [];
  const fault = (path: string, code: string, params = {}) => found.push({ path, code, params });
  if (request.name.trim() === "") fault("name", "required");
  for (const [index, charge] of (request.charges ?? []).entries()) {
    const path = `charges[${index}]`;
    if (charge.name.trim() === "") fault(`${path}.name`, "required");
    if (charge.kind === "recurring_fee" && charge.amount === null) fault(`${path}.amount`, "not_a_number");
    if (charge.kind === "credit" && charge.amount === null) fault(`${path}.amount`, "required");
    if (charge.credit?.priority && Number(charge.credit.priority) > 100) fault(`${path}.credit.priority`, "too_large");
    if (charge.model === "per_unit" && charge.unitPrice === null) fault(`${path}.unitPrice`, "not_a_number");
    found.push(...tierFaults(charge.tiers ?? [], path, ["upTo", "unitPrice"]), ...documentFaults(charge, `${path}.document`));
  }
  return found;
}

type Limits = readonly { upTo: string | null; unitPrice: string | null }[];

function tierFaults(tiers: Limits, path: string, [upTo, unitPrice]: [string, string]): Issue[] {
  return tiers.flatMap((tier, index) => {
    const at = `${path}.tiers[${index}]`;
    const above = tiers[index - 1]?.upTo;
    const found: Issue[] = [];
    if (!tier.unitPrice) found.push({ path: `${at}.${unitPrice}`, code: "required", params: {} });
    if (tier.upTo === null && index < tiers.length - 1) found.push({ path: `${at}.${upTo}`, code: "only_last_is_open", params: {} });
    if (tier.upTo !== null && above && Number(tier.upTo) <= Number(above)) {
      found.push({ path: `${at}.${upTo}`, code: "not_ascending", params: { above } });
    }
    return found;
  });
}

function documentFaults(charge: ChargeText, path: string): Issue[] {
  const price = charge.model === "document" ? readDocument(charge.document ?? "") : null;
  return price ? priceFaults(price, path) : [];
}

function priceFaults(price: PriceDraft, path: string): Issue[] {
  const { terms, pack } = price;
  const needed = {
    per_unit: { unit_price: price.unitPrice },
    overage: { unit_price: price.unitPrice, included: terms.included },
    package: { package_size: pack.size, package_price: pack.price },
    flat: { amount: price.flat },
    percentage: { rate_percent: price.percentage.rate },
    graduated_percentage: Object.fromEntries(price.rates.map(({ rate }, index) => [`tiers[${index}].rate_percent`, rate])),
    capacity: Object.fromEntries(price.capacity.tiers.map(({ amount }, index) => [`tiers[${index}].amount`, amount])),
    line_sum: Object.fromEntries(price.lines.map(({ value }, index) => [`lines[${index}].value`, value || null])),
  };
  const found = Object.entries(needed[price.model as "flat"] ?? {})
    .filter(([, value]) => value === null)
    .map(([at]) => ({ path: `${path}.${at}`, code: "required", params: {} }));
  if (terms.minimum !== null && terms.maximum !== null && Number(terms.minimum) > Number(terms.maximum)) {
    found.push({ path: `${path}.minimum`, code: "above_maximum", params: { value: terms.minimum, maximum: terms.maximum } });
  }
  for (const { path: at, inner } of innerPrices(price)) found.push(...(priceFaults(inner, `${path}.${at}`) as typeof found));
  const isTiered = price.model === "graduated" || price.model === "volume";
  return isTiered ? [...found, ...tierFaults(price.tiers, path, ["up_to", "unit_price"])] : found;
}

export const fake: FakeHandlers = {
  ...fakeTests(planned),
  plan_list: (_request: never, context) => ({ plans: planned(context).toSorted((a, b) => a.name.localeCompare(b.name)) }),
  plan_save: (request: PlanSaveRequest, context) => {
    refuse(faults(request));
    const all = planned(context);
    const before = all.find((one) => one.id === request.id);
    const id = request.id || `p-new-${all.length + 1}`;
    let versions = before?.versions ?? [];
    if (request.charges) {
      const next = (versions[0]?.number ?? 0) + 1;
      const draft = versions.find((one) => one.publishedAt === null) ?? { id: `v-${id}-${next}`, number: next, publishedAt: null, customers: 0 };
      const written = { ...draft, currency: request.currency, terms: request.terms ?? MONTHLY, charges: request.charges };
      versions = [written, ...versions.filter((one) => one.id !== draft.id)];
    }
    const { name, description, archived } = request;
    context.memory.set("plans", [...all.filter((one) => one.id !== id), { id, name, description, archived, versions, tests: before?.tests ?? [] }]);
    return { id };
  },
  plan_publish: ({ id, moveFrom }: PlanPublishRequest, context) => {
    const all = planned(context);
    const plan = all.find((one) => one.id === id);
    const draft = plan?.versions.find((one) => one.publishedAt === null);
    if (!plan || !draft) throw new ApiError({ code: "refused", params: { reason: "no_draft" } });
    if (draft.charges.length === 0) refuse([{ path: "charges", code: "required", params: {} }]);
    const moved = moveFrom === null ? 0 : plan.versions.reduce((count, one) => count + one.customers, 0);
    const versions = plan.versions.map((one) =>
      one.id === draft.id ? { ...one, publishedAt: "2026-11-23T09:00:00Z", customers: moved } : { ...one, customers: moveFrom === null ? one.customers : 0 },
    );
    context.memory.set("plans", all.map((one) => (one.id === id ? { ...plan, versions } : one)));
    return { id };
  },
  charge_quote: ({ charge, currency, quantities, usage }: ChargeQuoteRequest) => {
    refuse([...tierFaults(charge.tiers ?? [], "charge", ["upTo", "unitPrice"]), ...documentFaults(charge, "charge.document")]);
    if (usage) return { quotes: [quoteUsage(charge, currency, usage)] };
    return { quotes: quantities.map((quantity) => quote(charge, currency, quantity, quantities.length === 1)) };
  },
  charge_compare: compared,
  meter_usage: ({ meter, month, currency }: MeterUsageRequest) => ({ month: month ?? "2026-10", leftOut: [], ...usageOf(meter, currency) }),
  meter_list: (_request: never, context) => ({
    meters: metered(context),
    eventNames: ["agent_run", "document_read", "search"],
    quantities: ["custom:pages", "custom:seconds"],
  }),
  meter_save: ({ meter }: MeterSaveRequest, context) => {
    const issues: Issue[] = [];
    if (meter.name.trim() === "") issues.push({ path: "name", code: "required", params: {} });
    if (meter.eventName.trim() === "") issues.push({ path: "eventName", code: "required", params: {} });
    const lacks = meter.aggregation === "unique_count" ? "key" : meter.formula !== null && meter.formula !== undefined ? "formula" : "quantity";
    if (meter.aggregation !== "count" && !meter[lacks]) issues.push({ path: lacks, code: "required", params: {} });
    refuse(issues);
    const all = metered(context);
    const id = meter.id || `m-${all.length + 1}`;
    context.memory.set("meters", [...all.filter((one) => one.id !== id), { ...meter, id }]);
    return { id };
  },
};
