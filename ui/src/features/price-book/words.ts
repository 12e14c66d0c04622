import i18next from "i18next";
import type { MarkupRuleText, MarkupScopeText, PriceFault } from "../../ipc/generated/types";
import { formatQuantity, type FormatSetting } from "../../lib/format";
import { providerName } from "../../lib/names";
import { readColumn } from "./columns";

export { providerName };

const t = (key: string, values?: Record<string, unknown>) => i18next.t(key, values);
const plain = (word: string) => word.replaceAll("_", " ");

/** Short name for the head of a column. */
export function columnName(dimension: string): string {
  return t(`price-book:column.${dimension}`, { defaultValue: dimensionName(dimension) });
}

export function dimensionName(dimension: string): string {
  const bare = plain(dimension.replace(/^custom:/, ""));
  return t(`price-book:dimension.${dimension.replace(":", "_")}`, { defaultValue: bare.charAt(0).toUpperCase() + bare.slice(1) });
}

/** What the columns of one condition have in common: `long_context`, `processing = batch`. */
export function underWords(under: string): string {
  const long = /^long_context(?:_(\d+))?$/.exec(under);
  if (long) return long[1] ? t("price-book:under.longer", { rank: long[1] }) : t("price-book:under.long_context");
  const words = under.split(", ").map((part) => conditionWords(part, { locale: i18next.language, timeZone: "UTC" })).join(", ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A column in words: `Output`, `Output, long context`. */
export function columnWords(id: string): string {
  const { dimension, under } = readColumn(id);
  return under === "" ? dimensionName(dimension) : `${dimensionName(dimension)}, ${underWords(under).toLowerCase()}`;
}

/** What is wrong with something typed. */
export function faultWords(fault: Pick<PriceFault, "code" | "word">): string {
  const key = [`priceFaults:${fault.code}`, `price-book:fault.${fault.code}`, `errors:issue.${fault.code}`].find((one) => i18next.exists(one));
  return key ? t(key, { word: fault.word, value: fault.word }) : t("errors:issue.other", { code: fault.code });
}

/** Why a cell has no price: a missing rate, or a fault of its formula. */
export function problemWords(problem: string): string {
  return i18next.exists(`price-book:problem.${problem}`) ? t(`price-book:problem.${problem}`) : faultWords({ code: problem, word: "" });
}

/** `context > 200000` as `context above 200,000`, `processing = batch` as `batch`. */
export function conditionWords(condition: string, setting: FormatSetting): string {
  const [, key, sign, value] = /^(\S+) (>=|>|=|<=|<) (.*)$/.exec(condition) ?? [];
  if (!key || !sign || value === undefined) return plain(condition);
  if (key === "context" && /^\d+$/.test(value)) {
    return t(sign === ">=" ? "price-book:condition.atLeast" : "price-book:condition.above", { tokens: formatQuantity(value, setting) });
  }
  return t(`price-book:condition.${key}`, { value: plain(value), defaultValue: `${plain(key)} ${plain(value)}` });
}

/** `plan provider`, `contract all`, `book`: where a rule stands. */
export function scopeWord(scope: string): string {
  const [level, place] = scope.includes(" ") ? scope.split(" ", 2) : ["", scope];
  const where = t(`price-book:scope.${place}`, { defaultValue: place });
  return level ? t(`price-book:scopeOf.${level}`, { place: where, defaultValue: `${level} ${where}` }) : where;
}

/** What a rule covers, by name: `gpt-5, Output tokens`. */
export function scopeNames(scope: MarkupScopeText): string {
  const names = [
    scope.provider && !scope.model ? providerName(scope.provider) : null,
    scope.model,
    scope.dimension && dimensionName(scope.dimension),
  ].filter(Boolean);
  return names.length > 0 ? names.join(", ") : t("price-book:scope.book");
}

/** Which prices of a model a rule covers: `Output, long context`, `all prices`. */
export function placeWords(scope: MarkupScopeText): string {
  if (scope.dimension === null) return t("price-book:allPrices");
  const key = scope.conditions ?? "";
  if (key === "") return dimensionName(scope.dimension);
  return [dimensionName(scope.dimension), ...keyWords(key)].join(", ");
}

/** The conditions of a cell's key in words. */
function keyWords(key: string): string[] {
  const setting = { locale: i18next.language, timeZone: "UTC" };
  const read = JSON.parse(key) as { equals?: Record<string, string>; context?: { tokens: number; comparison: string }; window?: object };
  return [
    ...Object.entries(read.equals ?? {}).map(([name, value]) => conditionWords(`${name} = ${value}`, setting)),
    ...(read.context ? [conditionWords(`context ${read.context.comparison} ${read.context.tokens}`, setting)] : []),
    ...(read.window ? [t("price-book:under.window")] : []),
  ];
}

/** Whose rule it is: everybody's, a plan's, a customer's. */
export function ownerWords(rule: MarkupRuleText): string {
  return ownerName(rule.scope, rule.ownerName);
}

export function ownerName(scope: MarkupScopeText, name: string | null): string {
  return scope.level === "book" ? t("price-book:owner.book") : t(`price-book:owner.${scope.level}`, { name: name ?? "" });
}
