import { expect, it } from "vitest";
import { logAt, logBins, logDomain, logSamples, logTicks, logValue, snapped, snappedPrice } from "./log";

it("leaves room on both sides and ends at round quantities", () => {
  expect(logDomain(["1000", "20000"], "1000")).toEqual({ min: 200, max: 100_000 });
  expect(logDomain([], "1000000")).toEqual({ min: 20_000, max: 50_000_000 });
  expect(logDomain(["1"], "1000").min).toBe(1);
});

it("finds a position back", () => {
  const domain = { min: 10, max: 100_000 };
  expect(logAt(domain, 1000)).toBeCloseTo(0.5, 12);
  expect(logValue(domain, logAt(domain, 12_345))).toBeCloseTo(12_345, 6);
});

it("samples whole quantities, each once and in order", () => {
  const samples = logSamples({ min: 1, max: 1_000_000_000 }, 90);
  expect(samples[0]).toBe("1");
  expect(samples.at(-1)).toBe("1000000000");
  expect(new Set(samples).size).toBe(samples.length);
  expect(samples.map(Number)).toEqual(samples.map(Number).toSorted((a, b) => a - b));
});

it("snaps to so many digits", () => {
  expect([snapped(12_345, 2), snapped(99_600, 2), snapped(7.4, 2), snapped(0.2, 2), snapped(123_456, 6)]).toEqual(["12000", "100000", "7", "1", "123456"]);
});

it("snaps a price to so many digits, as a decimal without an exponent", () => {
  const prices = [0.034_21, 0.000_004_76, 12.34, 1234, 0, 1e-15];
  expect(prices.map((price) => snappedPrice(price, 2))).toEqual(["0.034", "0.0000048", "12", "1200", "0", "0"]);
  expect([snappedPrice(0.0996, 2), snappedPrice(1.04, 2), snappedPrice(0.034_217, 5)]).toEqual(["0.1", "1", "0.034217"]);
});

it("writes a figure at each power of ten", () => {
  const major = logTicks({ min: 10, max: 100_000 }).filter((tick) => tick.major);
  expect(major.map((tick) => tick.text)).toEqual(["10", "100", "1000", "10000", "100000"]);
});

it("counts quantities by their place on the axis", () => {
  const bins = logBins({ min: 1, max: 100 }, ["1", "5", "50", "100", "0", "1000"], 2);
  expect(bins.map((bin) => bin.count)).toEqual([2, 2]);
});
