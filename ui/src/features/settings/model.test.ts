import { expect, it } from "vitest";
import type { CompanyText } from "../../ipc/generated/types";
import { base64Of, logoFault, MOST_LOGO, newRate, readCount, readSearch, realEdits } from "./model";

it("reads the section and the pair of a rate, nothing else", () => {
  expect(readSearch({ section: "exchange", base: "USD", quote: "SEK" })).toEqual({ section: "exchange", base: "USD", quote: "SEK" });
  expect(readSearch({ section: "secrets", base: "dollar", quote: 3 })).toEqual({});
});

it("forgets an edit that is back to what is saved", () => {
  const saved = { name: "Halden", bank: { holder: "H", account: "", bic: "", bankName: "" } } as CompanyText;
  expect(realEdits(saved, { name: "Halden", bank: { ...saved.bank } })).toEqual({});
  expect(realEdits(saved, { name: "Halden 2", bank: saved.bank })).toEqual({ name: "Halden 2" });
});

it("takes a PNG up to the limit", () => {
  expect(logoFault({ size: MOST_LOGO, type: "image/png" })).toBeNull();
  expect(logoFault({ size: MOST_LOGO + 1, type: "image/png" })).toBe("too_large");
  expect(logoFault({ size: 10, type: "image/jpeg" })).toBe("not_a_png");
  expect(base64Of("data:image/png;base64,iVBORw0KGgo=")).toBe("iVBORw0KGgo=");
});

it("reads whole numbers only", () => {
  expect([readCount("30"), readCount(" 7 "), readCount(""), readCount("3.5"), readCount("-1")]).toEqual([30, 7, undefined, undefined, undefined]);
});

it("starts a rate with the pair that was asked for, else with the first that is missing", () => {
  const missing = [{ base: "USD", quote: "SEK" }];
  expect(newRate(missing, { base: "USD", quote: "GBP" }, "2026-11-03")).toEqual({ base: "USD", quote: "GBP", source: "", on: "2026-11-03" });
  expect(newRate(missing, {}, "2026-11-03")).toMatchObject({ base: "USD", quote: "SEK" });
  expect(newRate([], {}, "2026-11-03")).toMatchObject({ base: "USD", quote: "" });
});
