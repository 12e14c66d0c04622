import { describe, expect, it } from "vitest";
import type { MeterUsageRow } from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";
import { bordersOf, cliffsOf, curveQuantities, drawnPrice, usersOf } from "./curve";
import { newPrice, NO_TERMS, type PriceDraft } from "../../app/pricing/price";
import { leastStep, limitsOf, stepped, steppedPrice, within, type Move } from "./snap";

const d = (text: string) => text as DecimalString;
const free = { least: d("1"), most: null };

describe("the handle of a border", () => {
  const steps: [string, Move, string][] = [
    ["1000", "more", "1100"],
    ["1000", "less", "990"],
    ["990", "more", "1000"],
    ["10500", "more", "11000"],
    ["10500", "less", "10000"],
    ["9", "more", "10"],
    ["9", "less", "8"],
    ["2.5", "more", "3"],
    ["2.5", "less", "2"],
    ["20000", "muchMore", "50000"],
    ["50000", "muchMore", "100000"],
    ["10000", "muchLess", "5000"],
    ["30000", "muchLess", "20000"],
    ["1", "less", "1"],
    ["12345678901234567890123", "more", "13000000000000000000000"],
  ];
  it.each(steps)("%s and %s is %s", (value, move, next) => expect(stepped(d(value), move, free)).toBe(next));

  it("stays between its neighbours", () => {
    const uppers = [d("1000"), d("1050"), d("20000"), null];
    expect(limitsOf(uppers, 1)).toEqual({ least: "1001", most: "19999" });
    expect(limitsOf(uppers, 0)).toEqual({ least: "1", most: "1049" });
    expect(limitsOf(uppers, 2)).toEqual({ least: "1051", most: null });
    const limits = limitsOf(uppers, 1);
    expect(stepped(d("1050"), "less", limits)).toBe("1001");
    expect(stepped(d("1050"), "most", limits)).toBe("19999");
    expect(stepped(d("1050"), "least", limits)).toBe("1001");
    expect(within(d("90000"), limits)).toBe("19999");
  });
});

const price: PriceDraft = {
  ...newPrice(),
  model: "volume",
  tiers: [
    { key: 4, upTo: d("100"), unitPrice: d("2"), flatFee: d("0") },
    { key: 7, upTo: d("1000"), unitPrice: d("1.5"), flatFee: d("100") },
    { key: 9, upTo: null, unitPrice: d("1"), flatFee: d("0") },
  ],
};
const person = (customer: string, quantity: string): MeterUsageRow => ({ customer, customerId: customer, cost: null, quantity: d(quantity) });
const people = [person("Ilex", "1200"), person("Juno", "990"), person("Kelp", "400"), person("Wren", "100"), person("Nobody", "0")];
const quoted = (all: Record<string, string>) =>
  Object.entries(all).map(([quantity, exact]) => ({ quantity: d(quantity), exact: d(exact), amount: { amount: d(exact), currency: "EUR" } }));

describe("the curve", () => {
  it("has borders where what is included ends", () => {
    expect(bordersOf(price).map(({ key, value, at }) => [key, value, at])).toEqual([["4", "100", "100"], ["7", "1000", "1000"]]);
    const included = { ...price, terms: { ...NO_TERMS, included: d("50") } };
    expect(bordersOf(included).map((border) => border.at)).toEqual(["150", "1050"]);
    const pack = { size: d("1000"), price: d("4"), freeUnits: d("200"), round: "up" as const };
    expect(bordersOf({ ...price, model: "package", pack })).toEqual([{ key: "size", index: 0, value: "1000", at: "1200" }]);
  });

  it("asks for each quantity once, the borders and the customers too", () => {
    const asked = curveQuantities(["10", "100", "5000"], bordersOf(price), people);
    expect(asked).toEqual(["10", "100", "101", "400", "990", "1000", "1001", "1200", "5000"]);
  });

  it("finds where more costs less, and who would gain by it", () => {
    const quotes = quoted({ "100": "200", "101": "251.5", "400": "700", "990": "1585", "1000": "1600", "1001": "1001", "1200": "1200" });
    const cliffs = cliffsOf(bordersOf(price), quotes, people);
    expect(cliffs.map(({ at, drop, customers }) => [at, drop, customers])).toEqual([["1001", "599", ["Juno"]]]);
    // Without quotes nothing is claimed.
    expect(cliffsOf(bordersOf(price), [], people)).toEqual([]);
  });

  it("counts customers by tier, a border inside the tier below it", () => {
    expect(usersOf(bordersOf(price), people).map((tier) => tier.count)).toEqual([1, 2, 1]);
  });

  it("draws a converted price over the unit that is sold", () => {
    const terms = { ...NO_TERMS, divideBy: d("60"), round: "up" as const, minimum: d("5") };
    expect(drawnPrice({ ...price, terms }).terms).toEqual({ ...NO_TERMS, minimum: "5" });
    expect(drawnPrice(price)).toBe(price);
  });
});

describe("the handle of a price", () => {
  const least = d("0.001");
  const steps: [string, Move, string][] = [
    ["0.033", "more", "0.034"],
    ["0.033", "less", "0.032"],
    ["0.01", "less", "0.0099"],
    ["0.0099", "more", "0.01"],
    ["0.0334", "more", "0.034"],
    ["0.0000048", "less", "0.0000047"],
    ["12.5", "more", "13"],
    ["0.033", "muchMore", "0.05"],
    ["0.033", "muchLess", "0.02"],
    ["0.033", "least", "0"],
    ["0", "more", "0.001"],
    ["0", "less", "0"],
    // The last place that a price may have.
    ["0.000000000001", "less", "0.000000000001"],
  ];
  for (const [from, move, to] of steps) {
    it(`goes from ${from} ${move} to ${to}`, () => expect(steppedPrice(d(from), move, least)).toBe(to));
  }

  it("starts from nothing with a step of the prices beside it", () => {
    expect(leastStep([d("0"), d("0.042"), d("0.024"), null])).toBe("0.001");
    expect(leastStep([null])).toBe("0.01");
    expect(leastStep([d("120")])).toBe("10");
  });
});
