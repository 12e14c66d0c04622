import i18next from "i18next";
import type { MarkupRuleText, MarkupScopeText } from "../../ipc/generated/types";
import { formatQuantity, type FormatSetting } from "../../lib/format";
import { providerName } from "../../lib/names";

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

/** Whose rule it is: everybody's, a plan's, a customer's. */
export function ownerWords(rule: MarkupRuleText): string {
  return rule.scope.level === "book" ? t("price-book:owner.book") : t(`price-book:owner.${rule.scope.level}`, { name: rule.ownerName ?? "" });
}
