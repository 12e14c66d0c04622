import type { MarkupRuleText, MarkupSaveRequest, MarkupScopeText, MarkupText } from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";
import { today } from "../../lib/dates";

/** How far a markup reaches from the cell that is edited. */
export type Reach = "cell" | "model" | "provider" | "book";
export const REACHES: readonly Reach[] = ["cell", "model", "provider", "book"];

/** A place in the grid that can have a rule. */
export interface Target {
  provider: string | null;
  model: string | null;
  dimension: string | null;
}

/** The reaches a place offers, the nearest first. */
export function reachesOf(target: Target): Reach[] {
  return REACHES.filter(
    (reach) =>
      (reach !== "cell" || (target.model && target.dimension)) &&
      (reach !== "model" || target.model) &&
      (reach !== "provider" || target.provider),
  );
}

export function scopeOf(target: Target, reach: Reach): MarkupScopeText {
  return {
    level: "book",
    owner: null,
    provider: reach === "book" ? null : target.provider,
    model: reach === "cell" || reach === "model" ? target.model : null,
    dimension: reach === "cell" ? target.dimension : null,
    conditions: null,
  };
}

export function sameScope(a: MarkupScopeText, b: MarkupScopeText): boolean {
  const parts = (scope: MarkupScopeText) => [scope.level, scope.owner, scope.provider, scope.model, scope.dimension];
  return parts(a).every((part, at) => part === parts(b)[at]);
}

export function ruleAt(rules: readonly MarkupRuleText[], scope: MarkupScopeText): MarkupRuleText | null {
  return rules.find((rule) => sameScope(rule.scope, scope)) ?? null;
}

export function emptyMarkup(percent: DecimalString): MarkupText {
  return { percent, fixedPerUnit: null, fixedPerRequest: null, minimumMargin: null, roundTo: null };
}

/** Another percent for a rule: its other parts and its first day stay. */
export function percentRequest(
  scope: MarkupScopeText,
  percent: DecimalString,
  rule: MarkupRuleText | null,
  timeZone: string,
): MarkupSaveRequest {
  return {
    scope,
    markup: rule ? { ...rule.markup, percent } : emptyMarkup(percent),
    validFrom: rule ? dayOf(rule.validFrom, timeZone) : null,
  };
}

/** The calendar day of an instant in the zone of the book. */
export function dayOf(instant: string | null, timeZone: string): string | null {
  return instant === null ? null : today(timeZone, new Date(instant));
}

/** Parts of a markup beside the percent. */
export function hasMore(markup: MarkupText): boolean {
  return [markup.fixedPerUnit, markup.fixedPerRequest, markup.minimumMargin, markup.roundTo].some((part) => part !== null);
}
