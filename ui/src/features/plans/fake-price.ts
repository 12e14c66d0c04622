import type { ChargeText, ExplainStep, QuoteText, QuoteTier } from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";
import { isPriced, readPrice } from "./document";
import type { PriceDraft } from "./price";

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
    default:
      return 0;
  }
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
  let amount = modelled(price, quantity, note);
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

/** What the real program would answer: steps only for a document and for one quantity. */
export function quote(charge: ChargeText, currency: string, quantity: DecimalString, explain: boolean): QuoteText {
  const steps: ExplainStep[] = [];
  const text = (value: number | string | boolean) => (typeof value === "number" ? d(value) : String(value));
  const note: Note = (step, value, facts) => {
    const known = Object.entries(facts).flatMap(([key, fact]) => (fact === null ? [] : [{ key, value: text(fact) }]));
    steps.push({ code: `price_${step}`, value: d(value), unit: null, facts: known });
  };
  const exact = isPriced(charge) ? priced(readPrice(charge), n(quantity), note) : 0;
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
