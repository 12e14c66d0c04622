import type { ChargeText, ExplainStep, QuoteText, QuoteTier } from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";
import { isPriced, readPrice } from "../../app/pricing/document";
import type { PriceDraft } from "../../app/pricing/price";

const d = (value: number, most = 9) => value.toFixed(most).replace(/\.?0+$/, "") as DecimalString;
const cents = (value: number) => (Math.round(value * 100 + 1e-6) / 100).toFixed(2);
const money = (value: number, currency: string) => ({ amount: cents(value) as DecimalString, currency });
const n = (value: string | null, absent = 0) => (value === null ? absent : Number(value));

type Note = (step: string, value: number, facts: Record<string, number | string | boolean | null>) => void;

function tiered(price: PriceDraft, quantity: number, note: Note): number {
  let from = 0;
  let total = 0;
  for (const [index, tier] of price.tiers.entries()) {
    const end = n(tier.upTo, Number.POSITIVE_INFINITY);
    const facts = { tier: index + 1, from, to: tier.upTo, unit_price: n(tier.unitPrice), flat_fee: n(tier.flatFee) };
    const fee = quantity > 0 || price.chargeFlatAtZero ? n(tier.flatFee) : 0;
    if (price.model === "volume" && quantity <= end) {
      const amount = quantity * n(tier.unitPrice) + fee;
      note("volume_tier", amount, { ...facts, quantity });
      return amount;
    }
    const inside = Math.min(quantity, end) - from;
    if (price.model === "graduated" && (inside > 0 || index === 0)) {
      const amount = inside * n(tier.unitPrice) + fee;
      note("tier", amount, { ...facts, quantity: inside });
      total += amount;
    }
    from = end;
  }
  return total;
}

function blocked(price: PriceDraft, quantity: number, note: Note): number {
  let from = 0;
  let total = 0;
  for (const [index, block] of price.blocks.entries()) {
    const end = block.max === null ? Number.POSITIVE_INFINITY : from + n(block.size) * n(block.max);
    const isTop = quantity <= end;
    const inside = price.blockMode === "top_tier" ? (isTop ? quantity : 0) : Math.min(quantity, end) - from;
    if (inside > 0) {
      const blocks = Math.ceil(inside / n(block.size));
      const amount = blocks * n(block.price);
      note("blocks", amount, { tier: index + 1, quantity: inside, block_size: n(block.size), blocks, price_per_block: n(block.price) });
      total += amount;
    }
    if (isTop) break;
    from = end;
  }
  return total;
}

function packed({ pack }: PriceDraft, quantity: number, note: Note): number {
  const count = Math.max(0, quantity - n(pack.freeUnits)) / n(pack.size);
  const packages = pack.round === "up" ? Math.ceil(count) : Math.floor(count);
  const facts = { quantity, free_units: n(pack.freeUnits), package_size: n(pack.size), packages, package_price: n(pack.price) };
  note("packages", packages * n(pack.price), facts);
  return packages * n(pack.price);
}

function modelled(price: PriceDraft, quantity: number, note: Note): number {
  switch (price.model) {
    case "per_unit":
    case "overage":
      note("unit_price", quantity * n(price.unitPrice), { quantity, unit_price: n(price.unitPrice) });
      return quantity * n(price.unitPrice);
    case "graduated":
    case "volume":
      return tiered(price, quantity, note);
    case "package":
      return packed(price, quantity, note);
    case "blocks":
      return blocked(price, quantity, note);
    case "flat":
      note("flat", n(price.flat), {});
      return n(price.flat);
    case "graduated_percentage":
      return shared(price, quantity, note);
    default:
      return 0;
  }
}

function shared(price: PriceDraft, amount: number, note: Note): number {
  let from = 0;
  let total = 0;
  for (const [index, tier] of price.rates.entries()) {
    const inside = Math.min(amount, n(tier.upTo, Number.POSITIVE_INFINITY)) - from;
    if (inside <= 0 && index > 0) break;
    const fee = amount > 0 || price.chargeFlatAtZero ? n(tier.flatFee) : 0;
    const part = (inside * n(tier.rate)) / 100 + fee;
    note("percent_tier", part, { tier: index + 1, from, to: tier.upTo, quantity: inside, rate_percent: n(tier.rate), flat_fee: fee });
    total += part;
    from = n(tier.upTo);
  }
  return total;
}

function converted({ terms }: PriceDraft, quantity: number, note: Note): number {
  const after = (quantity * n(terms.multiplyBy, 1)) / n(terms.divideBy, 1);
  const round = { none: (x: number) => x, up: Math.ceil, down: Math.floor, nearest: Math.round }[terms.round];
  const power = 10 ** n(terms.places);
  const result = terms.round === "none" ? after : round(after * power) / power;
  if (terms.multiplyBy !== null || terms.divideBy !== null || terms.round !== "none") {
    const facts = { multiply_by: n(terms.multiplyBy, 1), divide_by: n(terms.divideBy, 1), round: terms.round, places: n(terms.places) };
    note("convert", result, { before: quantity, ...facts });
  }
  return result;
}

/** The whole way from the quantity to the amount, as near as binary numbers come. */
function priced(price: PriceDraft, counted: number, note: Note): number {
  const { terms } = price;
  note("quantity", counted, {});
  let quantity = price.model === "flat" ? counted : converted(price, counted, note);
  if (terms.included !== null && price.model !== "flat") {
    note("included", Math.max(0, quantity - n(terms.included)), { before: quantity, included: n(terms.included) });
    quantity = Math.max(0, quantity - n(terms.included));
  }
  return agreed(price, modelled(price, quantity, note), note);
}

/** What is agreed around the amount of the model. */
function agreed(price: PriceDraft, listed: number, note: Note): number {
  const { terms } = price;
  let amount = listed;
  const set = (step: string, next: number, facts: Record<string, number | string | boolean>) => {
    if (next !== amount) note(step, next, { before: amount, ...facts });
    amount = next;
  };
  if (terms.commitment !== "none") {
    const agreed = terms.commitment === "amount" ? n(terms.commitmentSize) : modelled(price, n(terms.commitmentSize), () => undefined);
    const beyond = Math.max(0, amount - agreed) * n(terms.overageFactor, 1);
    const within = terms.trueUp ? agreed : Math.min(amount, agreed);
    set("commitment", within + beyond, { commitment: agreed, overage_factor: n(terms.overageFactor, 1), true_up: terms.trueUp });
  }
  set("discount", amount * (1 - n(terms.discountPercent) / 100), { percent: n(terms.discountPercent) });
  if (terms.maximum !== null) set("maximum", Math.min(amount, n(terms.maximum)), { maximum: n(terms.maximum) });
  if (terms.minimum !== null) set("minimum", Math.max(amount, n(terms.minimum)), { minimum: n(terms.minimum) });
  set("fixed_discount", Math.max(0, amount - n(terms.discountAmount)), { discount: n(terms.discountAmount) });
  return amount;
}

/** A usage as a price document has it. */
interface Usage {
  quantity?: string;
  events?: string[];
  buckets?: Usage[];
  lines?: (Usage & { value: string })[];
}

function used(price: PriceDraft, usage: Usage, note: Note): number {
  const part = (of: string, name: string, inner: PriceDraft | null, measured: Usage) => {
    const inside: Parameters<Note>[] = [];
    const amount = inner === null ? 0 : used(inner, measured, (...step) => inside.push(step));
    note("part", amount, { of, name });
    for (const [step, value, facts] of inside) note(step, value, { depth: 1, ...facts });
    return amount;
  };
  const sum = (amounts: number[]) => amounts.reduce((all, one) => all + one, 0);
  switch (price.model) {
    case "percentage": {
      const { rate, fee, least, most } = price.percentage;
      const amounts = (usage.events ?? []).map((event, index) => {
        const share = (n(event) * n(rate)) / 100 + n(fee);
        const charged = Math.min(Math.max(share, n(least)), n(most, Number.POSITIVE_INFINITY));
        note("event", charged, { event: index + 1, amount: n(event), charged_on: n(event), rate_percent: n(rate), fixed_fee: n(fee) });
        return charged;
      });
      return agreed(price, sum(amounts), note);
    }
    case "dynamic": {
      const total = sum((usage.events ?? []).map((event) => n(event)));
      note("events", total, { events: usage.events?.length ?? 0 });
      return agreed(price, total, note);
    }
    case "bucketed": {
      const amounts = (usage.buckets ?? []).map((bucket, index) => part(price.per, String(index + 1), price.base, bucket));
      note("sum", sum(amounts), { parts: amounts.length });
      return agreed(price, sum(amounts), note);
    }
    case "line_sum": {
      const amounts = (usage.lines ?? []).map((line) => part("value", line.value, price.lines.find((own) => own.value === line.value)?.price ?? price.fallback, line));
      note("sum", sum(amounts), { parts: amounts.length });
      return agreed(price, sum(amounts), note);
    }
    case "capacity": {
      const { units, tiers } = price.capacity;
      const reached = units.map(({ key, name }) => {
        const count = n((usage as Record<string, string>)[name] ?? "0");
        return { name, count, tier: tiers.findIndex((tier) => count <= n(tier.limits[key] ?? null, Number.POSITIVE_INFINITY)) };
      });
      const top = reached.toSorted((a, b) => b.tier - a.tier)[0];
      const amount = n(tiers[top?.tier ?? 0]?.amount ?? null);
      note("capacity", amount, { tier: (top?.tier ?? 0) + 1, unit: top?.name ?? "", quantity: top?.count ?? 0 });
      return agreed(price, amount, note);
    }
    default:
      return priced(price, n(usage.quantity ?? "0"), note);
  }
}

/** What the real program would answer to a usage that is more than one quantity. */
export const quoteUsage = (charge: ChargeText, currency: string, usage: string): QuoteText =>
  quote(charge, currency, "0" as DecimalString, true, JSON.parse(usage) as Usage);

/** What the real program would answer: steps only for a document and for one quantity. */
export function quote(charge: ChargeText, currency: string, quantity: DecimalString, explain: boolean, usage: Usage = { quantity }): QuoteText {
  const steps: ExplainStep[] = [];
  const text = (value: number | string | boolean) => (typeof value === "number" ? d(value) : String(value));
  const note: Note = (step, value, facts) => {
    const { depth, ...others } = facts;
    const known = Object.entries(others).flatMap(([key, fact]) => (fact === null ? [] : [{ key, value: text(fact) }]));
    steps.push({ code: `price_${step}`, value: d(value), unit: null, facts: known, ...(typeof depth === "number" ? { depth } : {}) });
  };
  const exact = isPriced(charge) ? used(readPrice(charge), usage, note) : 0;
  const amount = money(exact, currency);
  steps.push({ code: "price_rounding", value: amount.amount, unit: null, facts: [{ key: "exact", value: d(exact) }] });
  const isDocument = charge.model === "document";
  const tiers: QuoteTier[] = steps
    .filter((step) => !isDocument && step.code === "price_tier")
    .map((step) => {
      const fact = (key: string) => (step.facts.find((one) => one.key === key)?.value ?? "0") as DecimalString;
      return {
        tier: Number(fact("tier")),
        quantity: fact("quantity"),
        unitPrice: fact("unit_price"),
        flatFee: fact("flat_fee"),
        amount: money(Number(step.value), currency),
      };
    });
  return { quantity, exact: d(exact), amount, tiers, steps: isDocument && explain ? steps : [] };
}
