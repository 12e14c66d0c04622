import { describe, expect, it } from "vitest";
import type { DecimalString } from "../../lib/decimal";
import { edits, firstEdits, type Edits, type EditsAction } from "./edits";
import { MONTHLY, type Edit } from "./model";

const d = (text: string) => text as DecimalString;
const start = firstEdits({ name: "Team", description: "", currency: "EUR", terms: MONTHLY, charges: [] });
const all = (actions: readonly (EditsAction | [Edit, number])[], from: Edits = start) =>
  actions.reduce((state, action) => edits(state, Array.isArray(action) ? { do: "edit", action: action[0], at: action[1] } : action), from);
const name = (text: string): Edit => ({ do: "set", part: { name: text } });
const UNDO: EditsAction = { do: "undo" };
const REDO: EditsAction = { do: "redo" };

describe("steps of a plan that is edited", () => {
  it("are what was typed in one field in one go", () => {
    const typed = all([[name("Team"), 0], [name("Teams"), 100], [name("Teams 2"), 300], [name("Teams 23"), 5000]]);
    expect(typed.past).toHaveLength(2);
    expect(all([UNDO], typed).now.draft.name).toBe("Teams 2");
    expect(all([UNDO, UNDO], typed).now.draft.name).toBe("Team");
    expect(all([UNDO, UNDO, UNDO, REDO, REDO], typed).now.draft.name).toBe("Teams 23");
  });

  it("go back whole: a removed charge comes back with its price", () => {
    const made = all([
      [{ do: "add", kind: "usage" }, 0],
      [{ do: "charge", charge: 0, part: { unitPrice: d("2") } }, 10],
      [{ do: "charge", charge: 0, part: { model: "bucketed" } }, 20],
      [{ do: "inner", charge: 0, slot: "base", action: { do: "charge", charge: 0, part: { unitPrice: d("3") } } }, 30],
      [{ do: "remove", charge: 0 }, 40],
    ]);
    const back = all([UNDO], made).now.draft.charges[0];
    expect([back?.model, back?.base?.unitPrice]).toEqual(["bucketed", "3"]);
    expect(all([UNDO, UNDO], made).now.draft.charges[0]?.base?.unitPrice).toBe("2");
    expect(all([UNDO, UNDO, UNDO], made).now.draft.charges[0]?.model).toBe("per_unit");
  });

  it("forget what cannot be read of a field that is gone, and only that", () => {
    const made = all([
      [{ do: "add", kind: "usage" }, 0],
      [{ do: "charge", charge: 0, part: { model: "graduated" } }, 10],
      [{ do: "addTier", charge: 0 }, 20],
      [{ do: "problem", field: "0.1.unitPrice", has: true }, 30],
      [{ do: "problem", field: "0.0.unitPrice", has: true }, 40],
    ]);
    expect(made.past).toHaveLength(3);
    expect(all([UNDO], made).now.problems).toEqual(["0.0.unitPrice"]);
    expect(all([UNDO, UNDO, UNDO], made).now.problems).toEqual([]);
  });
});
