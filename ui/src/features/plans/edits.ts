import { keptOf } from "../../app/pricing/problems";
import { edit, type Edit, type EditState, type PlanDraft } from "./model";

/** A plan that is edited, with the steps that can be taken back. */
export interface Edits {
  now: EditState;
  past: readonly PlanDraft[];
  future: readonly PlanDraft[];
  /** Edits of one field in one go are one step; empty when the next one begins anew. */
  tag: string;
  /** When the last edit of the tag came, in milliseconds. */
  at: number;
}

export type EditsAction = { do: "edit"; action: Edit; at: number } | { do: "undo" } | { do: "redo" };

/** Typing that pauses for longer begins another step. */
const TOGETHER = 1500;
const MOST = 200;

export const firstEdits = (draft: PlanDraft): Edits => ({ now: { draft, problems: [] }, past: [], future: [], tag: "", at: 0 });

export function edits(state: Edits, action: EditsAction): Edits {
  const { now, past, future } = state;
  if (action.do === "edit") {
    const next = edit(now, action.action);
    if (JSON.stringify(next.draft) === JSON.stringify(now.draft)) return { ...state, now: next };
    const tag = tagOf(action.action);
    const joins = tag !== "" && tag === state.tag && action.at - state.at < TOGETHER;
    return { now: next, past: joins ? past : [...past, now.draft].slice(-MOST), future: [], tag, at: action.at };
  }
  const [from, to] = action.do === "undo" ? [past, future] : [future, past];
  const draft = from.at(-1);
  if (!draft) return state;
  const left = from.slice(0, -1);
  const other = [...to, now.draft];
  const [before, after] = action.do === "undo" ? [left, other] : [other, left];
  return { now: { draft, problems: problemsIn(now, draft) }, past: before, future: after, tag: "", at: 0 };
}

/** Names the field of an edit that is typed; empty for an edit that is a step by itself. */
function tagOf(action: Edit): string {
  switch (action.do) {
    case "inner":
      return `${action.charge}.${action.slot}.${tagOf(action.action)}`;
    case "set":
    case "charge":
      return "model" in action.part || "kind" in action.part ? "" : [action.do, "charge" in action ? action.charge : "", ...Object.keys(action.part)].join(".");
    case "tier":
      return ["tier", action.charge, action.tier, ...Object.keys(action.part)].join(".");
    default:
      return "";
  }
}

/** A field keeps what cannot be read as long as it is there with the same value. */
function problemsIn({ draft, problems }: EditState, next: PlanDraft): readonly string[] {
  return draft.charges.reduce<readonly string[]>((left, charge) => {
    const start = `${charge.key}.`;
    const value = next.charges.find((one) => one.key === charge.key);
    if (!value) return left.filter((field) => !field.startsWith(start));
    return keptOf(charge, start, left, { do: "put", charge: charge.key, value, why: "reset" });
  }, problems);
}
