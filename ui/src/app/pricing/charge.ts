import type { ChargeKindWord, ChargeText, MarkupText, PlanCreditText } from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";
import { readPrice } from "./document";
import { innerPrice, withInner, type Slot } from "./inside";
import { carryOver, isDocument, newPrice, openTier, priceOf, splitLast, type PriceDraft, type TierDraft } from "./price";
import { writeDocument } from "./write";

export const BUILT_IN_METERS = ["model_calls", "input_tokens", "output_tokens", "total_tokens"] as const;
export const isBuiltIn = (meter: string) => (BUILT_IN_METERS as readonly string[]).includes(meter);
export const countsTokens = (meter: string | null) => meter !== null && /^(input|output|total)_tokens$/.test(meter);

export type MarkupDraft = Omit<MarkupText, "percent"> & { percent: DecimalString | null };

/** A charge being edited: what another kind or model would use is kept until it is saved. */
export interface ChargeDraft extends PriceDraft {
  key: number;
  name: string;
  kind: ChargeKindWord;
  amount: DecimalString | null;
  timing: NonNullable<ChargeText["timing"]>;
  /** A recurring fee that is charged for each seat. */
  perSeat: boolean;
  meter: string | null;
  /** Null: the markup rules of the book. */
  markup: MarkupDraft | null;
  /** For credit. */
  credit: PlanCreditText;
}

const ZERO = "0" as DecimalString;
const MISSING = "" as DecimalString;
const EMPTY_CREDIT: PlanCreditText = { priority: null, tax: "pre_tax", least: null, most: null };
const EMPTY_MARKUP: MarkupDraft = { percent: null, fixedPerUnit: null, fixedPerRequest: null, minimumMargin: null, roundTo: null };
export const emptyMarkup = (): MarkupDraft => ({ ...EMPTY_MARKUP });

export function newCharge(key: number, kind: ChargeKindWord): ChargeDraft {
  return {
    key,
    name: "",
    kind,
    amount: null,
    timing: "advance",
    perSeat: false,
    meter: kind === "usage" ? "model_calls" : null,
    markup: null,
    credit: EMPTY_CREDIT,
    ...newPrice(),
  };
}

/** A charge as the start of editing. */
export function readCharge(text: ChargeText, key: number): ChargeDraft {
  const plain = newCharge(key, text.kind);
  return {
    ...plain,
    name: text.name,
    amount: text.amount,
    timing: text.timing ?? plain.timing,
    perSeat: text.perSeat === true,
    meter: text.meter,
    markup: text.markup,
    credit: text.credit ?? plain.credit,
    ...readPrice(text),
  };
}

function wireModel(charge: ChargeDraft): NonNullable<ChargeText["model"]> {
  const { model } = charge;
  if (isDocument(charge)) return "document";
  return model === "graduated" || model === "cost_plus" ? model : "per_unit";
}

/** The charge as it travels: only what its kind and model use. */
export function writeCharge(charge: ChargeDraft): ChargeText {
  const usage = charge.kind === "usage";
  const recurring = charge.kind === "recurring_fee";
  const model = usage ? wireModel(charge) : null;
  const graduated = model === "graduated";
  return {
    name: charge.name,
    kind: charge.kind,
    amount: usage ? null : charge.amount,
    timing: recurring ? charge.timing : null,
    ...(recurring && charge.perSeat ? { perSeat: true } : {}),
    meter: usage ? charge.meter : null,
    model,
    unitPrice: model === "per_unit" ? charge.unitPrice : null,
    tiers: graduated
      ? charge.tiers.map(({ upTo, unitPrice, flatFee }) => ({ upTo, unitPrice: unitPrice ?? MISSING, flatFee: flatFee ?? ZERO }))
      : null,
    chargeFlatAtZero: graduated ? charge.chargeFlatAtZero : null,
    markup: model === "cost_plus" && charge.markup ? { ...charge.markup, percent: charge.markup.percent ?? MISSING } : null,
    document: model === "document" ? writeDocument(charge) : null,
    ...(charge.kind === "credit" ? { credit: charge.credit } : {}),
  };
}

/** An edit of one charge. */
export type PartEdit =
  | { do: "charge"; charge: number; part: Partial<Omit<ChargeDraft, "key" | "tiers">> }
  | { do: "addTier"; charge: number }
  | { do: "splitTier"; charge: number }
  | { do: "put"; charge: number; value: ChargeDraft; why: "reset" | "paste" }
  | { do: "tier"; charge: number; tier: number; part: Partial<Omit<TierDraft, "key">> }
  | { do: "removeTier"; charge: number; tier: number };

/** An edit of a price inside the price of a charge. */
export interface InnerEdit {
  do: "inner";
  charge: number;
  slot: Slot;
  action: PartEdit;
}

/** Everything that the fields of a charge do. */
export type ChargeAction = PartEdit | InnerEdit | { do: "problem"; field: string; has: boolean };

/** The charge after an edit. */
export function changed(charge: ChargeDraft, action: PartEdit | InnerEdit): ChargeDraft {
  switch (action.do) {
    case "inner": {
      const inner = innerPrice(charge, action.slot);
      return inner === null ? charge : { ...charge, ...withInner(charge, action.slot, priceOf(changed({ ...charge, ...inner }, action.action))) };
    }
    case "put":
      return { ...action.value, key: charge.key };
    case "splitTier":
      return { ...charge, tiers: splitLast(charge.tiers, nextKey(charge.tiers)) };
    case "charge": {
      const next = { ...charge, ...action.part };
      if (action.part.model !== undefined) Object.assign(next, carryOver(charge, next));
      if (next.kind === "usage" && next.meter === null) next.meter = "model_calls";
      // Only calls of models have a provider's cost.
      if (next.model === "cost_plus" && next.meter !== "model_calls") next.model = "per_unit";
      return next;
    }
    case "addTier":
      return { ...charge, tiers: [...charge.tiers, openTier(nextKey(charge.tiers))] };
    case "tier":
      return { ...charge, tiers: charge.tiers.map((tier) => (tier.key === action.tier ? { ...tier, ...action.part } : tier)) };
    case "removeTier": {
      if (charge.tiers.length === 1) return charge;
      const left = charge.tiers.filter((tier) => tier.key !== action.tier);
      // Whatever tier is last now has no limit.
      return { ...charge, tiers: left.map((tier, index) => (index === left.length - 1 ? { ...tier, upTo: null } : tier)) };
    }
  }
}

/** A key that none has. */
export function nextKey(all: readonly { key: number }[]): number {
  return all.reduce((most, { key }) => Math.max(most, key), -1) + 1;
}
