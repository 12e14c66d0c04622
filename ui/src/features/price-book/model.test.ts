import { expect, it } from "vitest";
import type { MarkupRuleText } from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";
import { reachesOf, ruleAt, scopeOf, withPercent } from "./markup";
import { spansOf, factorOf, heatOf, readSearch, shortTokens, splitKey } from "./model";

const decimal = (text: string) => text as DecimalString;

it("shows a model of the palette among all models, and keeps a filter that is given", () => {
  expect(readSearch({ model: "openai/gpt-5" })).toMatchObject({ show: "all", search: "gpt-5", model: "openai/gpt-5" });
  expect(readSearch({ model: "openai/gpt-5", show: "own" })).toMatchObject({ show: "own", search: undefined });
  expect(readSearch({ show: "nonsense", view: "7", search: 4 })).toEqual({ search: "4" });
});

it("cuts the key of a model at the first slash only", () => {
  expect(splitKey("openrouter/meta/llama-4")).toEqual({ provider: "openrouter", model: "meta/llama-4" });
});

it("groups columns and keeps text first", () => {
  const spans = spansOf(["input_tokens", "cache_read_tokens", "input_audio_tokens", "output_tokens", "requests"]);
  expect(spans).toEqual([
    { group: "text", dimensions: ["input_tokens", "output_tokens"] },
    { group: "cache", dimensions: ["cache_read_tokens"] },
    { group: "media", dimensions: ["input_audio_tokens"] },
    { group: "other", dimensions: ["requests"] },
  ]);
});

it("turns a percent into an exact factor", () => {
  expect(["45", "-10", "0", "12.345"].map(factorOf)).toEqual(["1.45", "0.9", "1", "1.12345"]);
});

it("draws margins in steps, a loss apart", () => {
  expect(["-0.1", "0", "9.9", "10", "29.9", "50"].map(heatOf)).toEqual(["n2", "n1", "n1", "0", "1", "4"]);
});

it("writes thresholds short", () => {
  expect([200_000, 272_000, 1_000_000, 500].map(shortTokens)).toEqual(["200K", "272K", "1M", "500"]);
});

it("offers the reaches that a place has and keeps the other parts of a rule", () => {
  const target = { provider: "openai", model: "gpt-5" };
  expect(reachesOf(target)).toEqual(["model", "provider", "book"]);
  expect(reachesOf({ ...target, model: null })).toEqual(["provider", "book"]);
  const scope = scopeOf(target, "provider");
  const rule: MarkupRuleText = {
    scope,
    ownerName: null,
    markup: { percent: decimal("40"), fixedPerUnit: null, fixedPerRequest: null, minimumMargin: decimal("20"), roundTo: null },
    own: null,
    version: 3,
    validFrom: "2026-09-30T22:00:00Z",
    recordedAt: "2026-09-01T00:00:00Z",
  };
  expect(withPercent(ruleAt([rule], scope), decimal("50"))).toEqual({ ...rule.markup, percent: "50" });
  expect(withPercent(null, decimal("50"))).toMatchObject({ percent: "50", minimumMargin: null });
  expect(ruleAt([rule], scopeOf(target, "model"))).toBeNull();
});
