import { newCharge, changed, nextKey, readCharge, writeCharge, type ChargeAction, type ChargeDraft } from "../../app/pricing/charge";
import { innerPrices } from "../../app/pricing/inside";
import type { PriceDraft } from "../../app/pricing/price";
import { keptOf } from "../../app/pricing/problems";
import type { ChargeKindWord, MeterText, PlanSaveRequest, PlanText, PlanVersionText, TermsText } from "../../ipc/generated/types";

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

/** What is absent says the same as what is empty. */
const tidy = (terms: TermsText): TermsText => ({ ...terms, addOn: terms.addOn ?? false, phases: terms.phases ?? [] });
const terms = (draft: PlanDraft) => JSON.stringify([draft.currency, tidy(draft.terms), draft.charges.map(writeCharge)]);

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
  | { do: "move"; charge: number; by: -1 | 1 }
  | { do: "remove"; charge: number }
  | ChargeAction
  | { do: "problems"; fields: readonly string[] }
  | { do: "start"; draft: PlanDraft };

export function edit(state: EditState, action: Edit): EditState {
  switch (action.do) {
    case "start":
      return { draft: action.draft, problems: [] };
    case "problem": {
      const others = state.problems.filter((field) => field !== action.field);
      return { ...state, problems: action.has ? [...others, action.field] : others };
    }
    case "problems":
      return { ...state, problems: action.fields };
    case "set":
      return { ...state, draft: { ...state.draft, ...action.part } };
    default:
      return { problems: keptProblems(state, action), draft: { ...state.draft, charges: charges(state.draft.charges, action) } };
  }
}

const STRUCTURE: readonly Edit["do"][] = ["add", "move", "remove", "addTier", "splitTier", "put", "removeTier"];

/** Whether an edit moves what faults name by number. */
export function movesPlaces(before: PlanDraft, after: PlanDraft, action: Edit): boolean {
  const phases = ({ terms }: PlanDraft) => terms.phases?.map((phase) => phase.changes.map((change) => change.charge));
  const all = (plan: PlanDraft) => JSON.stringify([plan.charges.map(lengths), phases(plan)]);
  return STRUCTURE.includes(action.do) || all(before) !== all(after);
}

const lengths = (price: PriceDraft): string =>
  [price.model, price.tiers.length, price.blocks.length, price.rates.length, price.capacity.units.length, price.capacity.tiers.length, ...innerPrices(price).map(({ slot, inner }) => `${slot} ${lengths(inner)}`)].join(" ");

type ChargeEdit = Exclude<Edit, { do: "start" | "problem" | "problems" | "set" }>;

/** Fields that are gone or start anew hold nothing unreadable any more. */
function keptProblems({ draft, problems }: EditState, action: ChargeEdit): readonly string[] {
  if (action.do === "add" || action.do === "move") return problems;
  if (action.do === "remove") return problems.filter((field) => !field.startsWith(`${action.charge}.`));
  const charge = draft.charges.find((one) => one.key === action.charge);
  return charge ? keptOf(charge, `${action.charge}.`, problems, action) : problems;
}

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
