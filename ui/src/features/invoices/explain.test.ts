import { expect, it } from "vitest";
import type { InvoiceLineText } from "../../ipc/generated/types";
import "../../lib/i18n";
import { invoice, ROWS } from "./fake-data";
import { explain } from "./explain";

const setting = { locale: "en-GB", timeZone: "Europe/Berlin" };
const row = ROWS.find((one) => one.customerId === "c-1027") as (typeof ROWS)[number];
const lines = invoice(row).lines;
const output = lines[2] as InvoiceLineText;
const runs = lines.at(-1) as InvoiceLineText;

it("says token prices per million, rates with their result, and what was rounded", () => {
  const steps = explain(output, setting);
  expect(steps.map((step) => [step.title, step.figure])).toEqual([
    ["Quantity", "96,415,720"],
    ["Provider price", "$10.00 per 1M"],
    ["Exchange rate", "× 0.86 = €8.60"],
    ["Rule: provider", "+45%"],
    ["Unit price", "€12.47 per 1M"],
    ["Rounded once", "€1,202.30"],
  ]);
  expect(steps[1]?.source).toBe("litellm 1.92.0, since 9 Sept 2026, seen 30 Sept 2026, recorded 30 Sept 2026, 14:02");
  expect(steps[3]?.overruled).toBe("whole book +40%");
  expect(steps.at(-1)?.source).toBe("from €1,202.3040284, half away from zero");
});

it("names each tier with its quantity and price", () => {
  const tiers = explain(runs, setting).filter((step) => step.code === "tier");
  expect(tiers.map((step) => [step.title, step.source])).toEqual([
    ["Tier 1", "10,000 × €0.042 per unit"],
    ["Tier 2", "90,000 × €0.032 per unit"],
    ["Tier 3", "43,280 × €0.025 per unit"],
  ]);
});

it("says what a line by hand was entered as", () => {
  const byHand = { ...output, steps: [{ code: "manual", value: "150", unit: "EUR", facts: [{ key: "quantity", value: "2000" }] }] };
  expect(explain(byHand, setting)[0]).toMatchObject({ title: "Entered by hand", figure: "€150.00", source: "quantity 2,000" });
});

it("shows a step it does not know instead of hiding it", () => {
  const strange = { ...output, steps: [{ code: "new_step", value: "7", unit: null, facts: [{ key: "some_fact", value: "x" }] }] };
  expect(explain(strange, setting)[0]).toMatchObject({ title: "new step", figure: "7", source: "some fact x" });
});

it("says a step of a price in the same words as the plan", () => {
  const facts = [{ key: "before", value: "20" }, { key: "minimum", value: "40" }];
  const priced = { ...output, steps: [{ code: "price_minimum", value: "40", unit: null, facts }] };
  expect(explain(priced, setting)[0]).toMatchObject({ title: "At least €40.00", figure: "€40.00", source: "it would be €20.00" });
});
