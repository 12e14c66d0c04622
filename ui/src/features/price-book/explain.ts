import i18next from "i18next";
import type { Step } from "../../components/Inspector";
import type { ExplainStep, ModelPrice } from "../../ipc/generated/types";
import { isDecimal, shift } from "../../lib/decimal";
import { formatDate, formatInstant, formatPercent, formatQuantity, formatUnitPrice, type FormatSetting } from "../../lib/format";
import { toLocal } from "./formula-text";
import { factorOf, isTokens } from "./model";
import { conditionWords, scopeWord } from "./words";

const t = (key: string, values?: Record<string, unknown>) => i18next.t(key, values);

/** How a price is made, from the provider's price to ours, in words. */
export function explainPrice(price: ModelPrice, setting: FormatSetting): Step[] {
  return price.steps.map((step) => explainStep(step, price, setting));
}

function explainStep(step: ExplainStep, price: ModelPrice, setting: FormatSetting): Step {
  const all = (key: string) => step.facts.filter((fact) => fact.key === key).map((fact) => fact.value);
  const one = (key: string) => all(key)[0];
  const perShown = (value: string) => (isTokens(price.dimension) && isDecimal(value) ? shift(value, 6) : value);
  const figure = (value: string, currency: string | null | undefined) => formatUnitPrice(perShown(value), currency ?? null, setting);
  const line = (title: string, text: string, source: (string | undefined | false)[], overruled?: string): Step => ({
    title,
    figure: text,
    figureText: text,
    source: source.filter(Boolean).join(", ") || undefined,
    overruled: overruled || undefined,
  });
  const title = t(`price-book:step.${step.code}`, { defaultValue: step.code.replaceAll("_", " ") });
  switch (step.code) {
    case "provider_price":
      return line(title, figure(step.value, step.unit), [
        one("manual") ? t("price-book:source.manual") : one("source"),
        one("valid_from") && t("price-book:source.since", { day: formatDate((one("valid_from") ?? "").slice(0, 10), setting) }),
        one("seen_on") && t("price-book:source.seen", { day: formatDate((one("seen_on") ?? "").slice(0, 10), setting) }),
        ...all("condition").map((condition) => conditionWords(condition, setting)),
        ...all("factor"),
      ]);
    case "exchange_rate": {
      const cost = one("cost");
      const result = cost ? ` = ${figure(cost, one("quote"))}` : "";
      return line(title, `× ${formatQuantity(step.value, setting)}${result}`, [
        one("source"),
        one("on") && formatDate(one("on") ?? "", setting),
      ]);
    }
    case "markup": {
      const fixed = one("fixed_per_unit");
      const perRequest = one("fixed_per_request");
      return line(
        t("price-book:step.rule", { scope: scopeWord(one("scope") ?? "none") }),
        `× ${formatQuantity(factorOf(step.value), setting)}`,
        [
          formatPercent(step.value, setting, { places: digits(step.value), sign: "always" }),
          fixed && t("price-book:source.fixedPerUnit", { price: figure(fixed, price.cell.costConverted === null ? null : undefined) }),
          perRequest && t("price-book:source.fixedPerRequest", { price: formatUnitPrice(perRequest, null, setting) }),
          Boolean(one("raised_to_margin")) && t("price-book:source.raised"),
          one("recorded_at") && t("price-book:source.recorded", { at: formatInstant(one("recorded_at") ?? "", setting) }),
        ],
        all("beaten").map((rule) => beaten(rule, setting)).join("   "),
      );
    }
    case "own_price":
    case "own_formula": {
      const beatenRules = all("beaten").map((rule) => beaten(rule, setting)).join("   ");
      const version = one("version");
      const where = [scopeWord(one("scope") ?? "none"), version && t("price-book:source.version", { version })];
      if (step.code === "own_price") return line(title, figure(step.value, step.unit), where, beatenRules);
      // What the names stood for, in the units of the list.
      const inputs = all("input").map((input) => {
        const [name = "", value = ""] = input.split(" = ");
        return isDecimal(value) ? `${name} ${formatUnitPrice(value, step.unit ?? null, setting)}` : input;
      });
      return line(title, toLocal(one("typed") ?? step.value, setting.locale), [...inputs, ...where], beatenRules);
    }
    case "least_per_call":
      return line(title, formatQuantity(step.value, setting), [t("price-book:source.leastPerCall")]);
    case "sell_price":
      return { ...line(title, figure(step.value, step.unit), [t("price-book:source.notRounded")]), tone: "result" };
    default:
      return line(title, step.value, step.facts.map((fact) => fact.value));
  }
}

/** `provider 40 %`: a rule that lost. */
function beaten(rule: string, setting: FormatSetting): string {
  const [, scope, percent] = /^(.*) (-?[\d.]+) %$/.exec(rule) ?? [];
  if (scope === undefined || percent === undefined) return rule;
  return `${scopeWord(scope)} × ${formatQuantity(factorOf(percent), setting)}`;
}

function digits(value: string): number {
  return value.split(".")[1]?.length ?? 0;
}
