import type { ChargeAction, ChargeDraft } from "../../app/pricing/charge";

/** What an edit was about, for the words of its step. */
export type StepWord = "limit" | "price" | "fee" | "addTier" | "removeTier" | "mode" | "package" | "reset" | "paste" | "other";

export interface Step {
  charge: ChargeDraft;
  word: StepWord;
  /** From 1; null where no tier is meant. */
  tier: number | null;
}

export interface History {
  past: readonly Step[];
  future: readonly Step[];
  /** Edits of the same thing in one go are one step; empty when the next one begins anew. */
  tag: string;
  /** When the last edit of the tag came. */
  at: number;
}

export const NO_HISTORY: History = { past: [], future: [], tag: "", at: 0 };
/** Typing and key presses that follow each other so closely belong together. */
const TOGETHER = 1000;
const MOST = 200;
/** Never part of a step before. */
const ALONE: readonly StepWord[] = ["addTier", "removeTier", "mode", "reset", "paste"];

/** The history with the charge as it was before an edit. `held`: a drag, which is one step however long it takes. */
export function record(history: History, charge: ChargeDraft, action: ChargeAction, now: number, held = false): History {
  const step = stepOf(charge, action);
  if (step === null) return history;
  const tag = ALONE.includes(step.word) ? "" : `${step.word}.${step.tier}`;
  const joins = tag !== "" && tag === history.tag && (held || now - history.at < TOGETHER);
  const past = joins ? history.past : [...history.past, step].slice(-MOST);
  return { past, future: [], tag, at: now };
}

/** Begins the next step anew: a drag has begun or ended. */
export const cut = (history: History): History => ({ ...history, tag: "" });

export interface Moved {
  history: History;
  /** What the charge becomes. */
  step: Step;
}

/** Without the last steps that changed nothing: a drag that was given up. */
function effective(past: readonly Step[], charge: ChargeDraft): readonly Step[] {
  const now = JSON.stringify(charge);
  return past.slice(0, past.findLastIndex((step) => JSON.stringify(step.charge) !== now) + 1);
}

export const lastStep = (history: History, charge: ChargeDraft): Step | null => effective(history.past, charge).at(-1) ?? null;

export function back({ past: all, future }: History, charge: ChargeDraft): Moved | null {
  const past = effective(all, charge);
  const step = past.at(-1);
  return step ? { step, history: { past: past.slice(0, -1), future: [...future, { ...step, charge }], tag: "", at: 0 } } : null;
}

export function forth({ past, future }: History, charge: ChargeDraft): Moved | null {
  const step = future.at(-1);
  return step ? { step, history: { past: [...past, { ...step, charge }], future: future.slice(0, -1), tag: "", at: 0 } } : null;
}

function stepOf(charge: ChargeDraft, action: ChargeAction): Step | null {
  const numbered = (key: number) => charge.tiers.findIndex((tier) => tier.key === key) + 1;
  switch (action.do) {
    case "tier": {
      const word = "upTo" in action.part ? "limit" : "unitPrice" in action.part ? "price" : "fee";
      return { charge, word, tier: numbered(action.tier) };
    }
    case "splitTier":
    case "addTier":
      return { charge, word: "addTier", tier: null };
    case "removeTier":
      return { charge, word: "removeTier", tier: numbered(action.tier) };
    case "put":
      return { charge, word: action.why, tier: null };
    case "charge":
      return { charge, word: "model" in action.part ? "mode" : "pack" in action.part ? "package" : "other", tier: null };
    default:
      return null;
  }
}
