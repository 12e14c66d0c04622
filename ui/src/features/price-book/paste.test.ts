import { expect, it } from "vitest";
import type { DecimalString } from "../../lib/decimal";
import { guessSign, guessUnit, inBookUnit, readCell, stagedText, unitOfWords } from "./paste";

const value = (text: string, sign: "." | "," = ".") => {
  const read = readCell(text, sign, "en-GB");
  return read.kind === "value" ? read.value : read.kind;
};
const pair = (text: string, now: string | null) => ({ value: text as DecimalString, now });

it("reads numbers with what spreadsheets and price pages put around them", () => {
  expect(["2.5", " $2.50 ", "€ 1,250.75", "1 250.5", "1'250.5", "2.5e-06", "3E2", "−1.5", ".5", "12%", "2.50 USD"].map((text) => value(text))).toEqual(
    ["2.5", "2.5", "1250.75", "1250.5", "1250.5", "0.0000025", "300", "-1.5", "0.5", "12", "2.5"],
  );
  expect(["2,5", "1.250,75", "0,0000025"].map((text) => value(text, ","))).toEqual(["2.5", "1250.75", "0.0000025"]);
});

it("takes nothing for nothing and names text as text", () => {
  expect(["", "-", "–", "·", "n/a", "N/A"].map((text) => value(text))).toEqual(Array(6).fill("empty"));
  expect(["call us", "1.2.3", "12,5", "1,25,0", "gpt-5", "1e400"].map((text) => value(text))).toEqual(Array(6).fill("text"));
});

it("keeps formulas, in the signs of the language", () => {
  expect(readCell("= cost * 1,3", ",", "de-DE")).toEqual({ kind: "formula", text: "= cost * 1.3" });
  expect(readCell("= cost * 1.3", ",", "de-DE")).toEqual({ kind: "text" });
});

it("guesses the decimal sign from numbers that can be read one way only", () => {
  expect(guessSign(["1.250", "0,25"], "en-GB")).toBe(",");
  expect(guessSign(["1,250", "12.5"], "de-DE")).toBe(".");
  expect(guessSign(["1.250.000", "3"], "en-GB")).toBe(",");
  expect(guessSign(["1,234.5"], "de-DE")).toBe(".");
  expect(guessSign(["gpt-4.1", "2,5"], "en-GB")).toBe(",");
});

it("asks the language when every number could be read both ways", () => {
  expect(guessSign(["1,250", "3,750"], "en-GB")).toBe(".");
  expect(guessSign(["1,250", "3,750"], "de-DE")).toBe(",");
  expect(guessSign(["3"], "de-DE")).toBe(",");
});

it("guesses the unit by what the prices are now", () => {
  expect(guessUnit([pair("2.236", "2.494"), pair("11", "12.47")])).toBe("million");
  expect(guessUnit([pair("0.0025", "2.494"), pair("0.0125", "12.47")])).toBe("thousand");
  expect(guessUnit([pair("0.0000025", "2.494"), pair("0.0000125", "12.47"), pair("4", null)])).toBe("token");
  expect(guessUnit([pair("2", null), pair("0", "1")])).toBe("million");
});

it("believes words about the unit", () => {
  expect(unitOfWords(["Model", "Input (USD per 1M tokens)"])).toBe("million");
  expect(unitOfWords(["$/1K tokens"])).toBe("thousand");
  expect(unitOfWords(["input_cost_per_token"])).toBe("token");
  expect(unitOfWords(["Model", "Input"])).toBeNull();
});

it("brings prices of tokens to a million and leaves others alone", () => {
  expect(inBookUnit("0.0000025" as DecimalString, "input_tokens", "token")).toBe("2.5");
  expect(inBookUnit("0.014" as DecimalString, "web_searches", "token")).toBe("0.014");
  expect(stagedText({ kind: "value", value: "0.0025" as DecimalString }, "output_tokens", "thousand")).toBe("2.5");
  expect(stagedText({ kind: "empty" }, "output_tokens", "thousand")).toBe("");
  expect(stagedText({ kind: "text" }, "output_tokens", "thousand")).toBeNull();
});
