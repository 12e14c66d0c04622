import i18next from "i18next";
import type { ExplainStep, InvoiceLineText } from "../../ipc/generated/types";
import { isDecimal, shift } from "../../lib/decimal";
import { formatDate, formatInstant, formatMoney, formatPercent, formatQuantity, formatUnitPrice, type FormatSetting } from "../../lib/format";
import { isPriceStep, priceStep } from "../../lib/price-steps";
import { dimensionName, qualifierName } from "./words";

/** A step as text, in the order of the computation; the window draws it, copying copies it. */
export interface ExplainedStep {
  code: string;
  title: string;
  figure: string;
  source: string | undefined;
  overruled: string | undefined;
  /** How deep inside an earlier step it stands; absent at the top. */
  depth?: number;
}

/** Prices of tokens are said per million, others per unit. */
type Scale = { shift: number; per: string };

/** The way of a line from what was counted to the rounded amount, in words. */
export function explain(line: InvoiceLineText, setting: FormatSetting): ExplainedStep[] {
  const million = line.unit === "per_million";
  const scale: Scale = { shift: million ? 6 : 0, per: t(million ? "invoices:perMillion" : "invoices:perUnit") };
  return line.steps.map((step) => one(step, line, scale, setting));
}

const t = (key: string, values?: Record<string, unknown>) => i18next.t(key, values);

function one(step: ExplainStep, line: InvoiceLineText, scale: Scale, setting: FormatSetting): ExplainedStep {
  const facts = new Facts(step);
  const words = (title: string, figure: string, source?: (string | null | undefined | false)[], overruled?: string[]) => ({
    code: step.code,
    title,
    figure,
    source: source?.filter(Boolean).join(", ") || undefined,
    overruled: overruled && overruled.length > 0 ? overruled.join(", ") : undefined,
  });
  const price = (value: string, currency: string | null) => formatUnitPrice(scaled(value, scale), currency, setting);
  const title = t(`invoices:step.${step.code}`, { defaultValue: step.code.replaceAll("_", " ") });
  const { currency } = line.amount;
  if (isPriceStep(step.code)) return { ...priceStep(step, currency, setting), overruled: undefined };
  switch (step.code) {
    case "quantity":
      return words(title, formatQuantity(step.value, setting), [quantitySource(line)]);
    case "short_calls":
      return words(title, formatQuantity(step.value, setting), [shortSource(facts, setting)]);
    case "prior":
      return words(title, formatQuantity(step.value, setting), [t("invoices:source.prior")]);
    case "part":
      return words(title, shareSource(facts).filter(Boolean).join(", "), [t("invoices:source.part")]);
    case "fee":
      return words(title, money(step, setting), [
        facts.first("timing") && t(`invoices:timing.${facts.first("timing")}`, { defaultValue: facts.first("timing") }),
        facts.first("seats") && t("invoices:source.seats", { count: facts.first("seats") }),
        facts.first("seats_before") &&
          t("invoices:source.seatChange", { before: facts.first("seats_before"), after: facts.first("seats_after") }),
        ...shareSource(facts),
      ]);
    case "terms": {
      const phase = facts.first("phase");
      const why = step.value === "customer" ? t("invoices:source.agreed") : t("invoices:source.phase", { name: phase });
      return words(title, why, [step.value === "customer" && phase && t("invoices:source.phase", { name: phase })]);
    }
    case "picked":
      return words(title, formatInstant(step.value, setting));
    case "one_off":
      return words(title, money(step, setting));
    case "manual":
      return words(title, formatUnitPrice(step.value, step.unit, setting), [
        t("invoices:source.manualQuantity", { quantity: formatQuantity(facts.first("quantity") ?? "", setting) }),
      ]);
    case "minimum":
      return words(title, money(step, setting), [
        t("invoices:source.charged", { amount: formatUnitPrice(facts.first("charged") ?? "", step.unit, setting) }),
        ...shareSource(facts),
      ]);
    case "provider_price":
      return words(title, `${price(step.value, step.unit)} ${scale.per}`, providerSource(facts, setting));
    case "exchange_rate": {
      const cost = facts.first("cost");
      const result = cost && ` = ${price(cost, facts.first("quote") ?? currency)}`;
      return words(title, `× ${formatQuantity(step.value, setting)}${result ?? ""}`, [
        facts.first("source"),
        facts.first("on") && formatDate(facts.first("on") ?? "", setting),
      ]);
    }
    case "markup":
      return words(
        t("invoices:rule", { scope: scopeWords(facts.first("scope") ?? "none") }),
        formatPercent(step.value, setting, { places: fractionOf(step.value), sign: "always" }),
        markupSource(facts, scale, currency, setting),
        facts.all("beaten").map((rule) => beatenWords(rule, setting)),
      );
    case "sell_price":
      return words(title, `${price(step.value, step.unit ?? currency)} ${scale.per}`);
    case "tier":
      return words(t("invoices:tier", { tier: facts.first("tier") }), money(step, setting), tierSource(facts, line, scale, setting));
    case "rounded": {
      const exact = facts.first("exact");
      return words(title, money(step, setting), [
        exact && t("invoices:source.rounded", { exact: formatUnitPrice(exact, step.unit, setting) }),
      ]);
    }
    default:
      return words(title, step.unit ? `${step.value} ${step.unit}` : step.value, step.facts.map((fact) => `${factName(fact.key)} ${fact.value}`));
  }
}

/** How many calls used less than one is billed at least, and how much was added for them. */
function shortSource(facts: Facts, setting: FormatSetting): string {
  const figure = (key: string) => formatQuantity(facts.first(key) ?? "0", setting);
  return t("invoices:source.shortCalls", {
    calls: figure("calls"),
    least: figure("at_least"),
    missing: figure("missing"),
  });
}

/** The share of a period, in days or in seconds. */
function shareSource(facts: Facts): (string | null | undefined)[] {
  const [days, seconds] = [facts.first("days"), facts.first("seconds")];
  return [
    days && t("invoices:source.share", { days, of: facts.first("of_days") }),
    seconds && t("invoices:source.shareSeconds", { seconds, of: facts.first("of_seconds") }),
  ];
}

/** The facts of a step by key; some keys come several times. */
class Facts {
  constructor(private readonly step: ExplainStep) {}
  first(key: string): string | null {
    return this.all(key)[0] ?? null;
  }
  all(key: string): string[] {
    return this.step.facts.filter((fact) => fact.key === key).map((fact) => fact.value);
  }
}

function scaled(value: string, scale: Scale): string {
  return isDecimal(value) ? shift(value, scale.shift) : value;
}

function money(step: ExplainStep, setting: FormatSetting): string {
  return step.unit ? formatMoney(step.value, step.unit, setting).text : formatQuantity(step.value, setting);
}

function quantitySource(line: InvoiceLineText): string {
  const qualifiers = line.qualifiers.map(qualifierName);
  return [t("invoices:source.quantity", { dimension: dimensionName(line.description) }), ...qualifiers].join(", ");
}

function providerSource(facts: Facts, setting: FormatSetting): (string | null | undefined)[] {
  const since = facts.first("valid_from");
  const recorded = facts.first("recorded_at");
  const seen = facts.first("seen_on");
  return [
    facts.first("manual") ? t("invoices:source.manual") : facts.first("source"),
    since && t("invoices:source.since", { day: formatDate(since.slice(0, 10), setting) }),
    seen && t("invoices:source.seen", { day: formatDate(seen.slice(0, 10), setting) }),
    recorded && t("invoices:source.recorded", { at: formatInstant(recorded, setting) }),
    ...facts.all("condition").map(qualifierName),
    ...facts.all("factor"),
  ];
}

function markupSource(facts: Facts, scale: Scale, currency: string, setting: FormatSetting): (string | null | undefined)[] {
  const perUnit = facts.first("fixed_per_unit");
  const perRequest = facts.first("fixed_per_request");
  return [
    perUnit && t("invoices:source.fixedPerUnit", { price: formatUnitPrice(scaled(perUnit, scale), currency, setting), per: scale.per }),
    perRequest && t("invoices:source.fixedPerRequest", { price: formatUnitPrice(perRequest, currency, setting) }),
    facts.first("raised_to_margin") && t("invoices:source.raised"),
    facts.first("scope") === "none" ? t("invoices:source.noRule") : undefined,
  ];
}

function tierSource(facts: Facts, line: InvoiceLineText, scale: Scale, setting: FormatSetting): (string | null)[] {
  const quantity = facts.first("quantity") ?? "0";
  const price = facts.first("unit_price") ?? "0";
  const fee = facts.first("flat_fee");
  return [
    t("invoices:source.tier", {
      quantity: formatQuantity(quantity, setting),
      price: formatUnitPrice(scaled(price, scale), line.amount.currency, setting),
      per: scale.per,
    }),
    fee && /[1-9]/.test(fee) ? t("invoices:source.tierFee", { fee: formatMoney(fee, line.amount.currency, setting).text }) : null,
  ];
}

/** `plan provider`, `contract all`, `book`: where a rule stands. */
function scopeWords(scope: string): string {
  const [level, place] = scope.includes(" ") ? scope.split(" ", 2) : ["", scope];
  const where = t(`invoices:scope.${place}`, { defaultValue: place });
  return level ? t(`invoices:scopeOf.${level}`, { place: where, defaultValue: `${level} ${where}` }) : where;
}

/** `provider 40 %`: a rule that lost. */
function beatenWords(rule: string, setting: FormatSetting): string {
  const match = /^(.*) (-?[\d.]+) %$/.exec(rule);
  const [, scope, percent] = match ?? [];
  if (scope === undefined || percent === undefined) return rule;
  return t("invoices:beaten", {
    scope: scopeWords(scope),
    percent: formatPercent(percent, setting, { places: fractionOf(percent), sign: "always" }),
  });
}

function factName(key: string): string {
  return t(`invoices:fact.${key}`, { defaultValue: key.replaceAll("_", " ") });
}

function fractionOf(value: string): number {
  return value.includes(".") ? value.length - value.indexOf(".") - 1 : 0;
}
