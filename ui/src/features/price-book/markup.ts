import type { MarkupRuleText, MarkupScopeText, MarkupText } from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";

/** How far a markup reaches: a single cell has a price or a formula, typed in place. */
export type Reach = "model" | "provider" | "book";
export const REACHES: readonly Reach[] = ["model", "provider", "book"];

/** A place in the grid that can have a markup. */
export interface Target {
  provider: string | null;
  model: string | null;
}

/** The reaches a place offers, the nearest first. */
export function reachesOf(target: Target): Reach[] {
  return REACHES.filter((reach) => (reach !== "model" || target.model) && (reach !== "provider" || target.provider));
}

export function scopeOf(target: Target, reach: Reach): MarkupScopeText {
  return {
    level: "book",
    owner: null,
    provider: reach === "book" ? null : target.provider,
    model: reach === "model" ? target.model : null,
    dimension: null,
    conditions: null,
  };
}

export function sameScope(a: MarkupScopeText, b: MarkupScopeText): boolean {
  const parts = (scope: MarkupScopeText) => [scope.level, scope.owner, scope.provider, scope.model, scope.dimension, scope.conditions];
  return parts(a).every((part, at) => part === parts(b)[at]);
}

export function ruleAt(rules: readonly MarkupRuleText[], scope: MarkupScopeText): MarkupRuleText | null {
  return rules.find((rule) => sameScope(rule.scope, scope)) ?? null;
}

/** Another percent for a rule: its other parts stay. */
export function withPercent(rule: MarkupRuleText | null, percent: DecimalString): MarkupText {
  if (rule && rule.own === null) return { ...rule.markup, percent };
  return { percent, fixedPerUnit: null, fixedPerRequest: null, minimumMargin: null, roundTo: null };
}

/** Parts of a markup beside the percent. */
export function hasMore(markup: MarkupText): boolean {
  return [markup.fixedPerUnit, markup.fixedPerRequest, markup.minimumMargin, markup.roundTo].some((part) => part !== null);
}
