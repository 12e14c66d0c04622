import type { ChargeText } from "../../ipc/generated/types";
import { isZero, shift, type DecimalString } from "../../lib/decimal";

/** Prices of one quantity. */
const OF_QUANTITY = ["per_unit", "graduated", "volume", "package", "blocks", "overage", "flat"] as const;
/** Prices of the money that events carry. */
const OF_MONEY = ["percentage", "graduated_percentage", "dynamic"] as const;
/** Prices that are put together from others, or from several units. */
const COMPOSED = ["bucketed", "line_sum", "capacity"] as const;

/** The models that stand alone and inside another price. */
export const INNER_MODELS = [...OF_QUANTITY, ...OF_MONEY] as const;
export const FORM_MODELS = [...INNER_MODELS, ...COMPOSED, "cost_plus"] as const;
/** How a usage charge is priced, as the form offers it; `document` is a price that it cannot show. */
export type FormModel = (typeof FORM_MODELS)[number] | "document";

const isOne = (all: readonly FormModel[]) => (model: FormModel) => all.includes(model);
export const isComposed = isOne(COMPOSED);
/** Under which heading a model stands. */
export function groupOf(model: FormModel): "quantity" | "money" | "composed" | "other" {
  if (isOne(OF_QUANTITY)(model)) return "quantity";
  if (isOne(OF_MONEY)(model)) return "money";
  return isComposed(model) ? "composed" : "other";
}

export interface TierDraft {
  key: number;
  upTo: DecimalString | null;
  unitPrice: DecimalString | null;
  flatFee: DecimalString | null;
}

export interface PackageDraft {
  size: DecimalString | null;
  price: DecimalString | null;
  freeUnits: DecimalString | null;
  round: "up" | "down";
}

export interface BlockDraft {
  key: number;
  size: DecimalString | null;
  /** Null for the last one. */
  max: DecimalString | null;
  price: DecimalString | null;
}

/** A share of each event's amount. */
export interface PercentageDraft {
  rate: DecimalString | null;
  fee: DecimalString | null;
  freeEvents: DecimalString | null;
  freeAmount: DecimalString | null;
  least: DecimalString | null;
  most: DecimalString | null;
}

/** A tier over a sum of money. */
export interface RateDraft {
  key: number;
  upTo: DecimalString | null;
  rate: DecimalString | null;
  flatFee: DecimalString | null;
}

export type BucketPer = "hour" | "day" | "group";

/** The price of one value of a dimension. */
export interface LineDraft {
  key: number;
  value: string;
  price: PriceDraft;
}

/** Units that are limited at the same time, and the steps of their limits. */
export interface CapacityDraft {
  units: { key: number; name: string }[];
  tiers: CapacityTierDraft[];
}

export interface CapacityTierDraft {
  key: number;
  /** By key of the unit; without one the tier does not limit it. */
  limits: Record<number, DecimalString | null>;
  amount: DecimalString | null;
}

export type BlockMode = "all_tiers" | "top_tier";
export type ConvertRound = "none" | "up" | "down" | "nearest";
export type CommitmentKind = "none" | "amount" | "quantity";

/** What is agreed around a price: null where nothing is. */
export interface Terms {
  included: DecimalString | null;
  minimum: DecimalString | null;
  maximum: DecimalString | null;
  discountPercent: DecimalString | null;
  discountAmount: DecimalString | null;
  multiplyBy: DecimalString | null;
  divideBy: DecimalString | null;
  round: ConvertRound;
  places: DecimalString | null;
  commitment: CommitmentKind;
  commitmentSize: DecimalString | null;
  overageFactor: DecimalString | null;
  trueUp: boolean;
}

export interface PriceDraft {
  model: FormModel;
  unitPrice: DecimalString | null;
  tiers: TierDraft[];
  chargeFlatAtZero: boolean;
  flat: DecimalString | null;
  pack: PackageDraft;
  blockMode: BlockMode;
  blocks: BlockDraft[];
  percentage: PercentageDraft;
  rates: RateDraft[];
  per: BucketPer;
  /** Of each bucket; null until there is one. */
  base: PriceDraft | null;
  lines: LineDraft[];
  /** Of all other values; null where they have no price. */
  fallback: PriceDraft | null;
  capacity: CapacityDraft;
  terms: Terms;
  /** The JSON of a price that the form cannot show. */
  document: string | null;
}

const ZERO = "0" as DecimalString;

export const openTier = (key: number): TierDraft => ({ key, upTo: null, unitPrice: null, flatFee: ZERO });
/** Another open tier at the same price: the one before ends at ten times the limit before it. */
export function splitLast(tiers: readonly TierDraft[], key: number): TierDraft[] {
  const last = tiers.at(-1) ?? openTier(key - 1);
  const before = tiers.slice(0, -1).findLast((tier) => tier.upTo !== null)?.upTo;
  const upTo = before && !isZero(before) ? shift(before, 1) : ("1000" as DecimalString);
  return [...tiers.slice(0, -1), { ...last, upTo }, { key, upTo: null, unitPrice: last.unitPrice, flatFee: ZERO }];
}

export const openBlock = (key: number): BlockDraft => ({ key, size: null, max: null, price: null });

export const openRate = (key: number): RateDraft => ({ key, upTo: null, rate: null, flatFee: ZERO });
export const newLine = (key: number): LineDraft => ({ key, value: "", price: newPrice() });
export const openCapacity = (key: number): CapacityTierDraft => ({ key, limits: {}, amount: null });

export const NO_TERMS: Terms = {
  included: null,
  minimum: null,
  maximum: null,
  discountPercent: null,
  discountAmount: null,
  multiplyBy: null,
  divideBy: null,
  round: "none",
  places: null,
  commitment: "none",
  commitmentSize: null,
  overageFactor: null,
  trueUp: false,
};

export const newPrice = (): PriceDraft => ({
  model: "per_unit",
  unitPrice: null,
  tiers: [openTier(0)],
  chargeFlatAtZero: true,
  flat: null,
  pack: { size: null, price: null, freeUnits: null, round: "up" },
  blockMode: "all_tiers",
  blocks: [openBlock(0)],
  percentage: { rate: null, fee: null, freeEvents: null, freeAmount: null, least: null, most: null },
  rates: [openRate(0)],
  per: "day",
  base: null,
  lines: [],
  fallback: null,
  capacity: { units: [{ key: 0, name: "" }], tiers: [openCapacity(0), openCapacity(1)] },
  terms: NO_TERMS,
  document: null,
});

/** Models with tiers that begin where the one before ends. */
export const isTiered = (model: FormModel) => model === "graduated" || model === "volume";
/** Models of one quantity or one sum of money: it can be converted, and some of it included. */
export const pricesQuantity = (model: FormModel) => model === "graduated_percentage" || (isOne(OF_QUANTITY)(model) && model !== "flat");
/** Models that look at the amounts of single events. */
export const pricesEvents = (model: FormModel) => model === "percentage" || model === "dynamic";

/** How many terms are agreed, of those that the model has. */
export function countTerms({ terms, model }: Pick<PriceDraft, "terms" | "model">): number {
  const { minimum, maximum, discountPercent, discountAmount, included, multiplyBy, divideBy } = terms;
  const converts = multiplyBy !== null || divideBy !== null || terms.round !== "none";
  const commits = terms.commitment === "amount" || (terms.commitment === "quantity" && pricesQuantity(model));
  const ofQuantity = pricesQuantity(model) ? [model !== "overage" && included !== null, converts] : [];
  const all = [minimum !== null, maximum !== null, discountPercent !== null, discountAmount !== null, commits, ...ofQuantity];
  return all.filter(Boolean).length;
}

/** Whether the price travels as a document: what a simple form cannot say. */
export function isDocument(price: PriceDraft): boolean {
  if (price.model === "cost_plus") return false;
  return (price.model !== "per_unit" && price.model !== "graduated") || countTerms(price) > 0;
}

/** Another model starts with the numbers of the one before, where nothing was typed for it yet. */
export function carryOver(before: PriceDraft, next: PriceDraft): PriceDraft {
  if (before.model === next.model) return next;
  if (isComposed(next.model)) return { ...next, ...composedFrom(before, next) };
  const [first, ...others] = next.tiers;
  const rate = rateOf(before, next);
  if (rate === null) return next;
  if (isTiered(next.model) && first && others.length === 0 && first.unitPrice === null) return { ...next, tiers: [{ ...first, unitPrice: rate }] };
  if ((next.model === "per_unit" || next.model === "overage") && next.unitPrice === null) return { ...next, unitPrice: rate };
  const { pack } = next;
  if (next.model === "package" && pack.size === null && pack.price === null) {
    return { ...next, pack: { ...pack, size: "1000" as DecimalString, price: shift(rate, 3) } };
  }
  return next;
}

/** Where nothing was put together yet, what was the price becomes that of each part. */
function composedFrom(before: PriceDraft, next: PriceDraft): Partial<PriceDraft> {
  const { included, multiplyBy, divideBy, round, places } = before.terms;
  const isInner = isOne(INNER_MODELS)(before.model);
  const terms = pricesQuantity(before.model) ? { ...NO_TERMS, included, multiplyBy, divideBy, round, places } : NO_TERMS;
  const inner = () => (isInner ? { ...priceOf(before), base: null, lines: [], fallback: null, terms } : newPrice());
  if (next.model === "bucketed" && next.base === null) return { base: inner() };
  if (next.model === "line_sum" && next.lines.length === 0) return { lines: [newLine(0)], fallback: isInner ? inner() : null };
  return {};
}

/** The price alone, of something that has more fields. */
export function priceOf(whole: PriceDraft): PriceDraft {
  const names = Object.keys(newPrice()) as (keyof PriceDraft)[];
  return Object.fromEntries(names.map((name) => [name, whole[name]])) as unknown as PriceDraft;
}

/** The price of a unit that the model before had; of a package where its size is a power of ten. */
function rateOf(before: PriceDraft, next: PriceDraft): DecimalString | null {
  const { size, price } = next.pack;
  if (before.model === "package") return price !== null && size !== null && /^10*$/.test(size) ? shift(price, 1 - size.length) : null;
  if (before.model === "per_unit" || before.model === "overage") return next.unitPrice;
  return isTiered(before.model) ? (next.tiers[0]?.unitPrice ?? null) : null;
}

/** Of a charge as it travels, what the form shows. */
export type TravellingPrice = Pick<ChargeText, "model" | "unitPrice" | "tiers" | "chargeFlatAtZero" | "document">;
