import { expect, it } from "vitest";
import { readTiers } from "../../app/pricing/paste";

const read = (text: string, locale = "en-GB") => readTiers(text, locale)?.map(({ upTo, unitPrice, flatFee }) => [upTo, unitPrice, flatFee]) ?? null;

it("reads tiers with a head, grouped digits and an open last one", () => {
  expect(read("Up to\tPrice\tFee\r\n10,000\t0.042\t0\r\n100,000\t€0.033\t25\r\nno limit\t0.027\t\r\n")).toEqual([
    ["10000", "0.042", "0"],
    ["100000", "0.033", "25"],
    [null, "0.027", "0"],
  ]);
});

it("reads the signs of the locale and takes two columns", () => {
  expect(read("1.000\t0,08\n20.000\t0,06", "de-DE")).toEqual([["1000", "0.08", "0"], [null, "0.06", "0"]]);
});

it("takes nothing of what it cannot read whole", () => {
  for (const text of ["", "hello", "1000\t0.08\nmany\t0.06\n\t0.05", "1000\t-1\n\t0.05", "1000\t0.08\t?\n\t0.05"]) expect(read(text), text).toBeNull();
});
