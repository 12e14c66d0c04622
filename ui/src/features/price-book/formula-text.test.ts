import { expect, it } from "vitest";
import { argumentSign, complete, toCanonical, toLocal, wordAt } from "./formula-text";

it("leaves a formula of a language with points as it is", () => {
  expect(toCanonical("= max(cost + 0.2, list * 0.9)", "en-GB")).toEqual({ text: "= max(cost + 0.2, list * 0.9)" });
  expect(argumentSign("en-GB")).toBe(",");
});

it("takes a semicolon between values everywhere", () => {
  expect(toCanonical("= max(cost; list)", "en-GB")).toEqual({ text: "= max(cost, list)" });
});

it("reads a decimal comma, and values parted by semicolons", () => {
  expect(toCanonical("= max(cost + 0,2; list * 0,9)", "de-DE")).toEqual({ text: "= max(cost + 0.2, list * 0.9)" });
  expect(argumentSign("de-DE")).toBe(";");
});

it("keeps every place, so that a fault of the program is shown where it was typed", () => {
  const typed = "= runden(cost × 1,25; 0,05)";
  const read = toCanonical(typed, "de-DE");
  expect("text" in read && read.text.length).toBe(typed.length);
});

it("refuses a point where the comma is the sign: it could be meant two ways", () => {
  expect(toCanonical("= cost * 1.3", "de-DE")).toEqual({ fault: { at: 10, code: "point_in_formula", word: "." } });
});

it("writes a formula in the language and reads it back", () => {
  const canonical = "= round(cost * 1.25, 0.05)";
  for (const locale of ["en-GB", "de-DE", "fr-FR", "de-CH"]) {
    expect(toCanonical(toLocal(canonical, locale), locale)).toEqual({ text: canonical });
  }
});

it("puts a name in place of the word that is typed", () => {
  expect(wordAt("= co", 4)).toEqual({ word: "co", from: 2 });
  expect(complete("= co * 2", 4, "cost")).toEqual({ text: "= cost * 2", caret: 6 });
  expect(complete("= ", 2, "max()")).toEqual({ text: "= max()", caret: 6 });
});
