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
    const tag = fieldOf(now.draft, next.draft);
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

/** The one field in which two drafts differ; empty when there are several, or when something came or went. */
function fieldOf(before: unknown, after: unknown, at = ""): string {
  const isWhole = (value: unknown) => typeof value === "object" && value !== null;
  if (!isWhole(before) || !isWhole(after)) return isWhole(before) || isWhole(after) ? "" : at;
  const [old, next] = [new Map(Object.entries(before as object)), new Map(Object.entries(after as object))];
  if (old.size !== next.size || [...old.keys()].some((key) => !next.has(key))) return "";
  const differing = [...old.keys()].filter((key) => JSON.stringify(old.get(key)) !== JSON.stringify(next.get(key)));
  const [key, ...others] = differing;
  return key === undefined || others.length > 0 ? "" : fieldOf(old.get(key), next.get(key), `${at}.${key}`);
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
