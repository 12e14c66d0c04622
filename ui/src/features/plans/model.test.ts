import { expect, it } from "vitest";
import type { DecimalString } from "../../lib/decimal";
import { plans } from "./fake-data";
import { isPriced } from "../../app/pricing/document";
import { writeCharge } from "../../app/pricing/charge";
import { edit, emptyPlan, isSame, readDraft, readSearch, saveRequest, stateOf, type Edit, type EditState } from "./model";

const d = (text: string) => text as DecimalString;
const run = (actions: Edit[], start: EditState = { draft: readDraft(emptyPlan, null, "EUR"), problems: [] }) => actions.reduce(edit, start);
const team = plans().find((plan) => plan.name === "Team") ?? emptyPlan;

it("reads the address and forgives", () => {
  expect(readSearch({ plan: "p", version: 2, create: "yes", edit: true })).toEqual({ plan: "p", version: "2", edit: true });
});

it("keeps charges in the order they were put in", () => {
  const start = run([{ do: "add", kind: "recurring_fee" }, { do: "add", kind: "usage" }]);
  const moved = run([{ do: "move", charge: 1, by: -1 }], start);
  expect(moved.draft.charges.map((charge) => charge.key)).toEqual([1, 0]);
  // Nothing is before the first one.
  expect(run([{ do: "move", charge: 1, by: -1 }], moved).draft).toEqual(moved.draft);
});

it("leaves the last tier open when tiers go", () => {
  const tiers = run([
    { do: "add", kind: "usage" },
    { do: "tier", charge: 0, tier: 0, part: { upTo: d("10") } },
    { do: "addTier", charge: 0 },
    { do: "problem", field: "0.1.unitPrice", has: true },
    { do: "removeTier", charge: 0, tier: 1 },
  ]);
  expect(tiers.draft.charges[0]?.tiers.map((tier) => tier.upTo)).toEqual([null]);
  expect(tiers.problems).toEqual([]);
  expect(run([{ do: "removeTier", charge: 0, tier: 0 }], tiers).draft.charges[0]?.tiers).toHaveLength(1);
});

it("keeps what cannot be read only while its value stays", () => {
  const start = run([{ do: "add", kind: "usage" }, { do: "addTier", charge: 0 }, { do: "tier", charge: 0, tier: 0, part: { unitPrice: d("1") } }]);
  const charge = start.draft.charges[0];
  if (!charge) throw new Error("no charge");
  const fields = ["0.0.unitPrice", "0.0.upTo", "0.1.flatFee", "0.included", "1.0.unitPrice"];
  const faulty = { ...start, problems: fields };
  const value = { ...charge, tiers: [{ key: 0, upTo: null, unitPrice: d("2"), flatFee: d("0") }] };
  expect(edit(faulty, { do: "put", charge: 0, value, why: "paste" }).problems).toEqual(["0.included", "1.0.unitPrice"]);
});

it("prices from cost only what models are called for", () => {
  const start = run([{ do: "add", kind: "usage" }, { do: "charge", charge: 0, part: { model: "cost_plus" } }]);
  expect(start.draft.charges[0]?.model).toBe("cost_plus");
  expect(run([{ do: "charge", charge: 0, part: { meter: "input_tokens" } }], start).draft.charges[0]?.model).toBe("per_unit");
});

it("sends what the kind and model use, as it came", () => {
  for (const version of plans().flatMap((plan) => plan.versions)) {
    expect(readDraft(team, version, "EUR").charges.map(writeCharge)).toEqual(version.charges);
  }
});

it("sends charges only when they change", () => {
  const start = readDraft(team, team.versions[0] ?? null, "EUR");
  expect(isSame(start, { ...start })).toBe(true);
  expect(saveRequest(team, start, { ...start, name: "Teams" }).charges).toBeNull();
  expect(saveRequest(team, start, { ...start, currency: "USD" }).charges).toHaveLength(3);
});

it("asks for a price only when nothing is missing", () => {
  const { draft } = run([{ do: "add", kind: "usage" }, { do: "charge", charge: 0, part: { model: "graduated" } }]);
  const charge = draft.charges[0];
  if (!charge) throw new Error("no charge");
  expect(isPriced(writeCharge(charge))).toBe(false);
  expect(isPriced(writeCharge({ ...charge, tiers: [{ key: 0, upTo: null, unitPrice: d("2"), flatFee: null }] }))).toBe(true);
});

it("calls a plan published as soon as one version is", () => {
  expect(stateOf(team)).toBe("published");
  expect(stateOf({ ...team, archived: true })).toBe("archived");
  expect(stateOf(emptyPlan)).toBe("draft");
});
