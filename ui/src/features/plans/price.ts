import type { ChargeText } from "../../ipc/generated/types";
import { isZero, shift, type DecimalString } from "../../lib/decimal";

/** How a usage charge is priced, as the form offers it; `document` is a price that it cannot show. */
export type FormModel = "per_unit" | "graduated" | "volume" | "package" | "blocks" | "overage" | "flat" | "cost_plus" | "document";
export const FORM_MODELS = ["per_unit", "graduated", "volume", "package", "blocks", "overage", "flat", "cost_plus"] as const;

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
  terms: NO_TERMS,
  document: null,
});

/** Models with tiers that begin where the one before ends. */
export const isTiered = (model: FormModel) => model === "graduated" || model === "volume";
/** A flat amount prices no quantity: nothing can be converted or included. */
export const pricesQuantity = (model: FormModel) => model !== "flat" && model !== "cost_plus";

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

/** The price of a unit that the model before had; of a package where its size is a power of ten. */
function rateOf(before: PriceDraft, next: PriceDraft): DecimalString | null {
  const { size, price } = next.pack;
  if (before.model === "package") return price !== null && size !== null && /^10*$/.test(size) ? shift(price, 1 - size.length) : null;
  if (before.model === "per_unit" || before.model === "overage") return next.unitPrice;
  return isTiered(before.model) ? (next.tiers[0]?.unitPrice ?? null) : null;
}

type Json = Record<string, unknown>;

/** Without what says nothing. */
function filled(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}

function modelFields(price: PriceDraft): Json {
  const { pack } = price;
  switch (price.model) {
    case "per_unit":
    case "overage":
      return { unit_price: price.unitPrice };
    case "graduated":
    case "volume":
      return {
        tiers: price.tiers.map((tier) => ({
          ...filled({ up_to: tier.upTo, unit_price: tier.unitPrice }),
          flat_fee: tier.flatFee ?? ZERO,
        })),
        charge_flat_at_zero: price.chargeFlatAtZero,
      };
    case "package":
      return { package_size: pack.size, package_price: pack.price, free_units: pack.freeUnits, round: pack.round };
    case "blocks":
      return {
        mode: price.blockMode,
        blocks: price.blocks.map(({ size, max, price }) => filled({ block_size: size, max_blocks: max, price_per_block: price })),
      };
    case "flat":
      return { amount: price.flat };
    default:
      return {};
  }
}

/** The price as the JSON of a document; numbers that are missing are left out, so that their fault is found. */
export function writeDocument(price: PriceDraft): string {
  if (price.model === "document") return price.document ?? "";
  const { terms } = price;
  const measured = pricesQuantity(price.model);
  const converts = measured && (terms.multiplyBy !== null || terms.divideBy !== null || terms.round !== "none");
  const commits = terms.commitment === "amount" || (terms.commitment === "quantity" && measured);
  const discounts = terms.discountPercent !== null || terms.discountAmount !== null;
  const fields = {
    model: price.model,
    ...modelFields(price),
    included: measured ? terms.included : null,
    minimum: terms.minimum,
    maximum: terms.maximum,
    discount: discounts ? filled({ percent: terms.discountPercent, amount: terms.discountAmount }) : null,
    convert: converts
      ? filled({
          multiply_by: terms.multiplyBy,
          divide_by: terms.divideBy,
          round: terms.round,
          places: terms.round === "none" ? null : terms.places,
        })
      : null,
    commitment: commits
      ? { ...filled({ [terms.commitment]: terms.commitmentSize, overage_factor: terms.overageFactor }), true_up: terms.trueUp }
      : null,
  };
  return JSON.stringify(filled(fields));
}

/** Whether a quantity can be priced: nothing that the price needs is missing. */
export function isWhole(price: PriceDraft): boolean {
  const { terms, pack } = price;
  const has = (value: DecimalString | null) => value !== null && (value as string) !== "";
  if (price.model !== "cost_plus" && terms.commitment !== "none" && !has(terms.commitmentSize)) return false;
  switch (price.model) {
    case "per_unit":
      return has(price.unitPrice);
    case "overage":
      return has(price.unitPrice) && has(terms.included);
    case "graduated":
    case "volume":
      return price.tiers.every((tier, index) => has(tier.unitPrice) && (has(tier.upTo) || index === price.tiers.length - 1));
    case "package":
      return has(pack.size) && !isZero(pack.size ?? ZERO) && has(pack.price);
    case "blocks":
      return price.blocks.every(
        (block, index) => has(block.size) && !isZero(block.size ?? ZERO) && has(block.price) && (has(block.max) || index === price.blocks.length - 1),
      );
    case "flat":
      return has(price.flat);
    case "document":
      return has(price.document as DecimalString | null);
    case "cost_plus":
      return false;
  }
}

/** Of a charge as it travels, what the form shows. */
export type TravellingPrice = Pick<ChargeText, "model" | "unitPrice" | "tiers" | "chargeFlatAtZero" | "document">;
