import i18next from "i18next";
import type { ExplainStep } from "../ipc/generated/types";
import { isDecimal, isZero, normalize } from "./decimal";
import { formatMoney, formatPercent, formatQuantity, formatUnitPrice, type FormatSetting } from "./format";

/** A step of a price as text: what was done, what came out, and from which figures. */
export interface PriceStepText {
  code: string;
  title: string;
  figure: string;
  source: string | undefined;
  /** How deep inside another step, such as a bucket's price, it stands. */
  depth: number;
}

/** Whether a step is one of a price document: `price_tier`. */
export const isPriceStep = (code: string) => code.startsWith("price_");

/** Steps whose result is a quantity, not an amount. */
const OF_QUANTITY = new Set(["quantity", "below_zero", "convert", "included"]);

/** The steps of a price in words, each to be repeated with a pocket calculator. */
export function priceSteps(steps: readonly ExplainStep[], currency: string, setting: FormatSetting): PriceStepText[] {
  return steps.map((step) => priceStep(step, currency, setting));
}

export function priceStep(step: ExplainStep, currency: string, setting: FormatSetting): PriceStepText {
  const name = step.code.replace(/^price_/, "");
  const facts = new Map(step.facts.map(({ key, value }) => [key, value]));
  const write = (value: string, kind: Kind) => figure(value, kind, currency, setting);
  const values = Object.fromEntries([...facts].map(([key, value]) => [key, write(value, kindOf(key, name))]));
  const of = facts.get("of");
  const key = name === "part" && of !== undefined && of !== "value" ? `part_${of}` : name;
  const title = i18next.t(`priceSteps:title.${key}`, { ...values, defaultValue: name.replaceAll("_", " ") });
  return {
    code: step.code,
    title,
    figure: step.value === "" ? "" : write(step.value, OF_QUANTITY.has(name) ? "quantity" : name === "rounding" ? "amount" : "price"),
    source: sourceOf(name, facts, values),
    depth: step.depth ?? 0,
  };
}

type Kind = "quantity" | "price" | "amount" | "percent" | "word";

const WORDS = new Set(["round", "true_up", "of", "name", "unit"]);
const PERCENTS = new Set(["percent", "rate_percent"]);
const PRICES = new Set([
  "unit_price", "flat_fee", "amount", "package_price", "price_per_block", "fixed_fee", "fixed_per_unit", "cost",
  "maximum", "minimum", "discount", "exact", "sum", "charged_on", "limit",
]);
/** Steps that share out money: their quantities are amounts. */
const OF_MONEY = new Set(["percent_tier"]);
/** `before` and `from` are quantities in some steps and amounts in others. */
const BEFORE_AMOUNT = new Set(["commitment", "discount", "maximum", "minimum", "fixed_discount"]);

function kindOf(key: string, name: string): Kind {
  if (WORDS.has(key)) return "word";
  if (PERCENTS.has(key)) return "percent";
  if (OF_MONEY.has(name) && (key === "quantity" || key === "from" || key === "to")) return "price";
  if (key === "before") return BEFORE_AMOUNT.has(name) ? "price" : "quantity";
  if (key === "from") return name === "cliff" ? "price" : "quantity";
  return PRICES.has(key) || (key === "commitment" && name === "commitment") ? "price" : "quantity";
}

function figure(value: string, kind: Kind, currency: string, setting: FormatSetting): string {
  if (kind === "word" || !isDecimal(value)) return value;
  const tidy = normalize(value);
  if (kind === "price") return formatUnitPrice(tidy, currency, setting);
  if (kind === "amount") return formatMoney(value, currency, setting).text;
  if (kind === "percent") return formatPercent(tidy, setting, { places: tidy.split(".")[1]?.length ?? 0 });
  return formatQuantity(tidy, setting);
}

/** What a step says beside the figures that it always has. */
function sourceOf(name: string, facts: ReadonlyMap<string, string>, values: Record<string, string>): string | undefined {
  const has = (key: string, nothing: string) => {
    const value = facts.get(key);
    return value !== undefined && isDecimal(value) && normalize(value) !== nothing;
  };
  const say = (key: string) => i18next.t(`priceSteps:source.${key}`, { ...values, defaultValue: "" });
  const range = facts.has("from") && name !== "cliff" ? say(facts.has("to") ? "range" : "rangeOpen") : "";
  const parts: string[] = [say(name)];
  if (has("flat_fee", "0")) parts.push(say("fee"));
  if (name === "event") {
    // A share of nothing says only that the event was free.
    if (!has("charged_on", "0")) parts[0] = say("eventFree");
    else if (values.charged_on !== values.amount) parts.push(say("eventPart"));
    if (has("fixed_fee", "0")) parts.push(say("eventFee"));
  }
  if (name === "convert") {
    parts.length = 0;
    const times = has("multiply_by", "1");
    const divided = has("divide_by", "1");
    if (times || divided) parts.push(say(times && divided ? "both" : times ? "times" : "divided"));
    if (facts.get("round") !== "none") parts.push(say(`round.${facts.get("round")}`));
  }
  if (name === "packages" && has("free_units", "0")) parts.push(say("free"));
  if (name === "commitment" && facts.has("units")) parts.push(say("commitmentUnits"));
  if (name === "charged_before" && facts.has("discount")) parts.push(say("discounted"));
  if (name === "event" && facts.has("limit")) parts.push(say("limit"));
  if (name === "commitment") parts.push(say(facts.get("true_up") === "true" ? "trueUp" : "noTrueUp"));
  const factor = facts.get("overage_factor");
  if (factor && isDecimal(factor) && !isZero(factor) && normalize(factor) !== "1") parts.push(say("factor"));
  return [...parts, range].filter(Boolean).join(", ") || undefined;
}
