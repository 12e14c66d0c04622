import { expect, it } from "vitest";
import "../lib/i18n";
import { stepName } from "./steps";

const NAMES = [
  ["markup_save", "openai gpt-6.1-sol output_tokens", "Markup of gpt-6.1-sol, Output"],
  ["markup_save", "openai gpt-6.1-sol", "Markup of gpt-6.1-sol"],
  ["markup_save", "anthropic cache_read_tokens", "Markup of Anthropic, Cache read"],
  ["markup_save", "anthropic", "Markup of Anthropic"],
  ["markup_save", "", "Markup of the whole book"],
  ["price_manual", "openai/ft/gpt-5", "Price of ft/gpt-5, OpenAI"],
  ["exchange_save", "USD/EUR", "Exchange rate USD → EUR"],
  ["exchange_stage", "USD/EUR", "Stage the exchange rate USD → EUR"],
  ["plan_save", "Team plan", "Edit plan Team plan"],
  // A step of a later version of the program.
  ["something_new", "x", "the last change"],
] as const;

for (const [code, subject, words] of NAMES) {
  it(`says ${code} ${subject} in plain words`, () => expect(stepName({ code, subject })).toBe(words));
}
