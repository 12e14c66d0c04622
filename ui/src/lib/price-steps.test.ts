// @vitest-environment node
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import words from "../locales/en/priceSteps.json";
import "./i18n";
import { priceSteps } from "./price-steps";

const setting = { locale: "en-GB", timeZone: "UTC" };
const step = (code: string, value: string, facts: Record<string, string>) => ({
  code: `price_${code}`,
  value,
  unit: null,
  facts: Object.entries(facts).map(([key, text]) => ({ key, value: text })),
});

it("says how an amount came about, to be reckoned again by hand", () => {
  const steps = [
    step("quantity", "12000000", {}),
    step("convert", "12000", { before: "12000000", multiply_by: "1", divide_by: "1000", round: "up", places: "0" }),
    step("included", "11900", { before: "12000", included: "100" }),
    step("volume_tier", "29.75", { tier: "2", from: "1000", quantity: "11900", unit_price: "0.0025", flat_fee: "0" }),
    step("commitment", "32", { before: "29.75", commitment: "20", overage_factor: "1.25", true_up: "false" }),
    step("minimum", "40", { before: "32", minimum: "40" }),
    step("rounding", "40.00", { exact: "40" }),
  ];
  expect(priceSteps(steps, "EUR", setting).map(({ title, figure, source }) => [title, figure, source])).toEqual([
    ["Quantity", "12,000,000", undefined],
    ["In the unit that is sold", "12,000", "12,000,000 ÷ 1,000, rounded up"],
    ["Without the included units", "11,900", "12,000 − 100"],
    ["All at tier 2", "€29.75", "11,900 × €0.0025, above 1,000"],
    ["Commitment", "€32.00", "€20.00 agreed, €29.75 without it, not charged when less is used, beyond it × 1.25"],
    ["At least €40.00", "€40.00", "it would be €32.00"],
    ["Rounded once", "€40.00", "from €40.00, half away from zero"],
  ]);
});

it("says which limit decided, and what a discount took before", () => {
  const steps = [
    step("event", "1", { event: "1", amount: "10", charged_on: "10", rate_percent: "2.9", fixed_fee: "0.3", limit: "1" }),
    step("commitment", "20", { before: "12", units: "8", commitment: "20", overage_factor: "1", true_up: "true" }),
    step("charged_before", "7", { discount: "5" }),
  ];
  expect(priceSteps(steps, "EUR", setting).map(({ source }) => source)).toEqual([
    "2.9% of €10.00, plus €0.30 for the event, but €1.00 for an event",
    "€20.00 agreed, €12.00 without it, for 8 units, charged even when less is used",
    "counts towards the least and the most, after discounts of €5.00, which count too",
  ]);
});

it("shows a step that it does not know by its name", () => {
  expect(priceSteps([step("new_thing", "7", {})], "EUR", setting)[0]?.title).toBe("new thing");
});

it("has a title for every step of a price", () => {
  const source = readFileSync(join(import.meta.dirname, "../../../src-tauri/crates/rating/src/price/step.rs"), "utf8");
  const names = [...(source.split("pub enum PriceStep")[1]?.split("\n}\n")[0] ?? "").matchAll(/^ {4}([A-Z]\w+) \{/gm)].map((hit) => hit[1] ?? "");
  expect(names.length).toBeGreaterThan(20);
  const codes = names.map((name) => name.replaceAll(/(?<!^)[A-Z]/g, "_$&").toLowerCase());
  expect(codes.filter((code) => !(code in words.title))).toEqual([]);
});
