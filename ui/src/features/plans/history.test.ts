import { expect, it } from "vitest";
import type { DecimalString } from "../../lib/decimal";
import { back, cut, forth, lastStep, NO_HISTORY, record, type History } from "./history";
import { newCharge, type ChargeDraft, type ChargeAction } from "../../app/pricing/charge";
import { MONTHLY, edit } from "./model";

const d = (text: string) => text as DecimalString;
const start: ChargeDraft = {
  ...newCharge(0, "usage"),
  model: "graduated",
  tiers: [
    { key: 0, upTo: d("1000"), unitPrice: d("0.08"), flatFee: d("0") },
    { key: 1, upTo: null, unitPrice: d("0.05"), flatFee: d("0") },
  ],
};
const limit = (upTo: string): ChargeAction => ({ do: "tier", charge: 0, tier: 0, part: { upTo: d(upTo) } });
const price = (tier: number, unitPrice: string): ChargeAction => ({ do: "tier", charge: 0, tier, part: { unitPrice: d(unitPrice) } });

/** Edits one after the other, each so many milliseconds after the first. */
function edited(all: readonly (readonly [ChargeAction, number])[], from: { history: History; charge: ChargeDraft } = { history: NO_HISTORY, charge: start }) {
  return all.reduce(({ history, charge }, [action, at]) => {
    const draft = { name: "", description: "", currency: "EUR", terms: MONTHLY, charges: [charge] };
    return { history: record(history, charge, action, at), charge: edit({ draft, problems: [] }, action).draft.charges[0] ?? charge };
  }, from);
}

it("takes what is typed in one go back in one step", () => {
  const typed = edited([[limit("2"), 0], [limit("20"), 200], [limit("200"), 400], [price(1, "0.04"), 500], [price(0, "0.07"), 600]]);
  expect(typed.history.past.map(({ word, tier }) => [word, tier])).toEqual([["limit", 1], ["price", 2], ["price", 1]]);
  const one = back(typed.history, typed.charge);
  expect(one?.step.charge.tiers.map((tier) => tier.unitPrice)).toEqual(["0.08", "0.04"]);
  const all = [one, null].reduce((now) => (now && back(now.history, now.step.charge)) ?? null, one);
  expect(all?.step.charge).toEqual(start);
});

it("goes forth again until something else is edited", () => {
  const typed = edited([[limit("200"), 0]]);
  const undone = back(typed.history, typed.charge);
  if (!undone) throw new Error("nothing to take back");
  expect(forth(undone.history, undone.step.charge)?.step.charge.tiers[0]?.upTo).toBe("200");
  const again = edited([[price(0, "1"), 9000]], { history: undone.history, charge: start });
  expect(forth(again.history, again.charge)).toBeNull();
});

it("keeps a drag one step however long it takes, and two drags two", () => {
  const first = record(cut(NO_HISTORY), start, limit("1100"), 0, true);
  const slow = record(first, start, limit("1200"), 5000, true);
  expect(slow.past).toHaveLength(1);
  expect(record(cut(slow), start, limit("1300"), 5100, true).past).toHaveLength(2);
});

it("forgets a drag that was given up", () => {
  const typed = edited([[limit("200"), 0]]);
  const dragged = edited([[price(1, "0.04"), 5000], [price(1, "0.05"), 5100]], typed);
  expect(lastStep(dragged.history, dragged.charge)).toMatchObject({ word: "limit", tier: 1 });
  expect(back(dragged.history, dragged.charge)?.step.charge).toEqual(start);
});

it("makes each added or removed tier a step", () => {
  const tiers = edited([[{ do: "splitTier", charge: 0 }, 0], [{ do: "splitTier", charge: 0 }, 10], [{ do: "removeTier", charge: 0, tier: 0 }, 20]]);
  expect(tiers.charge.tiers.map((tier) => [tier.upTo, tier.unitPrice])).toEqual([["10000", "0.05"], ["100000", "0.05"], [null, "0.05"]]);
  expect(tiers.history.past.map(({ word }) => word)).toEqual(["addTier", "addTier", "removeTier"]);
  // What only says that a field is unreadable is no step.
  expect(record(NO_HISTORY, start, { do: "problem", field: "0.0.upTo", has: true }, 0)).toBe(NO_HISTORY);
});
