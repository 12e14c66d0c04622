import { describe, expect, it } from "vitest";
import { match, prefixDistance, rank } from "./search";

const MODELS = ["gpt-6.1-sol", "gpt-5.4-mini", "claude-haiku-4-5", "gemini-3.1-pro", "kimi-k3.1-pro", "text-embedding-3-large"];
const found = (query: string) => rank(query, MODELS, (model) => model).map(({ item }) => item);

describe("search", () => {
  it("finds parts, words in any order, and initials", () => {
    expect(found("haiku")).toEqual(["claude-haiku-4-5"]);
    expect(found("pro kimi")).toEqual(["kimi-k3.1-pro"]);
    expect(found("tel")).toContain("text-embedding-3-large");
    expect(found("g5m")).toContain("gpt-5.4-mini");
  });

  it("forgives a slip, two in a long word", () => {
    expect(found("gemnini")).toEqual(["gemini-3.1-pro"]);
    expect(found("cluade")).toEqual(["claude-haiku-4-5"]);
    expect(found("embeding")).toEqual(["text-embedding-3-large"]);
    expect(found("zzzz")).toEqual([]);
  });

  it("is not fooled by accents and case", () => {
    expect(match("solstice energia", "Solstice Energía S.L.")?.ranges).toEqual([[0, 8], [9, 16]]);
    expect(match("KOPENICKER", "Köpenicker Straße")).not.toBeNull();
  });

  it("puts the nearer hit first", () => {
    expect(rank("pro", ["improper", "kimi-pro", "pro"], (text) => text).map(({ item }) => item)).toEqual(["pro", "kimi-pro", "improper"]);
    expect(rank("usage", ["Import usage", "Usage"], (text) => text)[0]?.item).toBe("Usage");
  });

  it("counts a swap of neighbours as one slip", () => {
    expect(prefixDistance("cluade", "claude", 2)).toBe(1);
    expect(prefixDistance("claude", "claude-haiku", 2)).toBe(0);
    expect(prefixDistance("abcd", "wxyz", 1)).toBe(2);
  });

  it("stays fast over a whole price table", () => {
    const many = Array.from({ length: 5000 }, (_, at) => `provider-${at % 150}/model-name-${at}-preview`);
    const start = performance.now();
    rank("modle-nmae 4999", many, (text) => text);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
