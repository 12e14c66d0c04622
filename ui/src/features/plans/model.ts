import type {
  ChargeKindWord,
  ChargeText,
  MarkupText,
  MeterText,
  PlanCreditText,
  PlanSaveRequest,
  PlanText,
  PlanVersionText,
  TermsText,
} from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";
import { readPrice } from "./document";
import { innerPrice, innerPrices, withInner, type Slot } from "./inside";
import { carryOver, isDocument, newPrice, openTier, priceOf, splitLast, type PriceDraft, type TierDraft } from "./price";
import { keptProblems } from "./problems";
import { writeDocument } from "./write";

/** What of the screen stands in the address. */
export interface PlansSearch {
  plan?: string;
  /** Version shown; the first one when absent. */
  version?: string;
  /** A plan that is not saved yet. */
  create?: boolean;
  /** A published version as the start of a new draft. */
  edit?: boolean;
  meters?: boolean;
}

export function readSearch(raw: Record<string, unknown>): PlansSearch {
  const search: PlansSearch = {};
  if (typeof raw.plan === "string" || typeof raw.plan === "number") search.plan = String(raw.plan);
  if (typeof raw.version === "string" || typeof raw.version === "number") search.version = String(raw.version);
  for (const key of ["create", "edit", "meters"] as const) {
    if (raw[key] === true || raw[key] === 1) search[key] = true;
  }
  return search;
}

export const BUILT_IN_METERS = ["model_calls", "input_tokens", "output_tokens", "total_tokens"] as const;
export const isBuiltIn = (meter: string) => (BUILT_IN_METERS as readonly string[]).includes(meter);
export const countsTokens = (meter: string | null) => meter !== null && /^(input|output|total)_tokens$/.test(meter);

export type PlanState = "draft" | "published" | "archived";

/** A plan in use is published, whether or not a next draft waits beside it. */
export function stateOf(plan: PlanText): PlanState {
  if (plan.archived) return "archived";
  return plan.versions.some(isPublished) ? "published" : "draft";
}

export const isPublished = (version: PlanVersionText) => version.publishedAt !== null;
export const draftOf = (plan: PlanText) => plan.versions.find((version) => !isPublished(version)) ?? null;
export const customersOf = (plan: PlanText) => plan.versions.reduce((count, version) => count + version.customers, 0);

/** Those in use first, each group in the order it came. */
export function inOrder(plans: readonly PlanText[]): PlanText[] {
  return [...plans.filter((plan) => !plan.archived), ...plans.filter((plan) => plan.archived)];
}

/** The version the address asks for, else the first: the draft or the newest. */
export function shownVersion(plan: PlanText, wanted: string | undefined): PlanVersionText | null {
  return plan.versions.find((version) => version.id === wanted) ?? plan.versions[0] ?? null;
}

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

export interface PlanDraft {
  name: string;
  description: string;
  currency: string;
  terms: TermsText;
  charges: ChargeDraft[];
}

export interface EditState {
  draft: PlanDraft;
  /** Fields that hold something unreadable: `<charge>.` or `<charge>.<tier>.` and a name. */
  problems: readonly string[];
}

/** What a new plan bills by: calendar months, prorated by days. */
export const MONTHLY: TermsText = { intervalUnit: "month", intervalCount: 1, anchor: "calendar", proration: "days" };

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

function readCharge(text: ChargeText, key: number): ChargeDraft {
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

/** A version as the start of editing. */
export function readDraft(plan: PlanText, version: PlanVersionText | null, currency: string): PlanDraft {
  return {
    name: plan.name,
    description: plan.description,
    currency: version?.currency ?? currency,
    terms: version?.terms ?? MONTHLY,
    charges: (version?.charges ?? []).map(readCharge),
  };
}

export const emptyPlan: PlanText = { id: "", name: "", description: "", archived: false, versions: [], tests: [] };

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

const terms = (draft: PlanDraft) => JSON.stringify([draft.currency, draft.terms, draft.charges.map(writeCharge)]);

export function isSame(a: PlanDraft, b: PlanDraft): boolean {
  return a.name === b.name && a.description === b.description && terms(a) === terms(b);
}

/** The request that saves; charges travel only when they differ or nothing holds them yet. */
export function saveRequest(plan: PlanText, start: PlanDraft, now: PlanDraft): PlanSaveRequest {
  const needed = plan.id === "" || terms(start) !== terms(now);
  return {
    id: plan.id,
    name: now.name,
    description: now.description,
    archived: plan.archived,
    currency: now.currency,
    charges: needed ? now.charges.map(writeCharge) : null,
    terms: needed ? now.terms : null,
  };
}

/** Archiving touches no version. */
export function archiveRequest(plan: PlanText, archived: boolean): PlanSaveRequest {
  const currency = plan.versions[0]?.currency ?? "";
  return { id: plan.id, name: plan.name, description: plan.description, archived, currency, charges: null };
}

export type Edit =
  | { do: "set"; part: Partial<Omit<PlanDraft, "charges">> }
  | { do: "add"; kind: ChargeKindWord }
  | { do: "charge"; charge: number; part: Partial<Omit<ChargeDraft, "key" | "tiers">> }
  | { do: "move"; charge: number; by: -1 | 1 }
  | { do: "remove"; charge: number }
  | { do: "addTier"; charge: number }
  | { do: "splitTier"; charge: number }
  | { do: "put"; charge: number; value: ChargeDraft; why: "reset" | "paste" }
  | { do: "tier"; charge: number; tier: number; part: Partial<Omit<TierDraft, "key">> }
  | { do: "removeTier"; charge: number; tier: number }
  | { do: "inner"; charge: number; slot: Slot; action: PartEdit }
  | { do: "problem"; field: string; has: boolean }
  | { do: "start"; draft: PlanDraft };

export function edit(state: EditState, action: Edit): EditState {
  switch (action.do) {
    case "start":
      return { draft: action.draft, problems: [] };
    case "problem": {
      const others = state.problems.filter((field) => field !== action.field);
      return { ...state, problems: action.has ? [...others, action.field] : others };
    }
    case "set":
      return { ...state, draft: { ...state.draft, ...action.part } };
    default:
      return { problems: keptProblems(state, action), draft: { ...state.draft, charges: charges(state.draft.charges, action) } };
  }
}

const STRUCTURE: readonly Edit["do"][] = ["add", "move", "remove", "addTier", "splitTier", "put", "removeTier"];

/** Whether an edit moves what faults name by number. */
export function movesPlaces(before: PlanDraft, after: PlanDraft, action: Edit): boolean {
  const all = ({ charges }: PlanDraft) => charges.map(lengths).join();
  return STRUCTURE.includes(action.do) || all(before) !== all(after);
}

const lengths = (price: PriceDraft): string =>
  [price.model, price.tiers.length, price.blocks.length, price.rates.length, price.capacity.units.length, price.capacity.tiers.length, ...innerPrices(price).map(({ slot, inner }) => `${slot} ${lengths(inner)}`)].join(" ");

type ChargeEdit = Exclude<Edit, { do: "start" | "problem" | "set" }>;

function charges(all: readonly ChargeDraft[], action: ChargeEdit): ChargeDraft[] {
  switch (action.do) {
    case "add":
      return [...all, newCharge(nextKey(all), action.kind)];
    case "remove":
      return all.filter((one) => one.key !== action.charge);
    case "move": {
      const from = all.findIndex((one) => one.key === action.charge);
      const to = from + action.by;
      const moved = all[from];
      if (!moved || to < 0 || to >= all.length) return [...all];
      return all.toSpliced(from, 1).toSpliced(to, 0, moved);
    }
    default:
      return all.map((one) => (one.key === action.charge ? changed(one, action) : one));
  }
}

/** An edit of the price of one charge, or of a price inside it. */
export type PartEdit = Extract<Edit, { do: "charge" | "addTier" | "splitTier" | "put" | "tier" | "removeTier" }>;

function changed(charge: ChargeDraft, action: PartEdit | Extract<Edit, { do: "inner" }>): ChargeDraft {
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

function nextKey(all: readonly { key: number }[]): number {
  return all.reduce((most, { key }) => Math.max(most, key), -1) + 1;
}

export const newMeter = (): MeterText => ({
  id: "",
  name: "",
  eventName: "",
  aggregation: "count",
  quantity: null,
  unit: "",
  filters: [],
  archived: false,
});

/** `a, b` as typed; a comma at the end is still being typed and adds nothing. */
export const valuesOf = (text: string): string[] => text.split(",").map((value) => value.trim()).filter((value) => value !== "");
