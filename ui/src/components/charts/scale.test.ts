import { expect, it } from "vitest";
import { labelIndexes, linearScale, roundStep, tickText } from "./scale";

it("ends the axis on round numbers around the values", () => {
  const scale = linearScale([4300, 18_250]);
  expect(scale.ticks).toEqual([0, 5000, 10_000, 15_000, 20_000]);
  expect([scale.at(0), scale.at(10_000), scale.at(20_000)]).toEqual([0, 0.5, 1]);
});

it("makes room below zero", () => {
  const scale = linearScale([-3, 8]);
  expect(scale.min).toBeLessThanOrEqual(-3);
  expect(scale.ticks).toContain(0);
});

it("stands on nothing without falling", () => {
  expect(linearScale([]).max).toBeGreaterThan(0);
  expect(linearScale([0, 0]).max).toBeGreaterThan(0);
});

it("writes ticks as decimals, without exponents or dust", () => {
  expect(tickText(0.1 + 0.2)).toBe("0.3");
  expect(tickText(1_240_000)).toBe("1240000");
  expect(roundStep(3700)).toBe(5000);
});

it("keeps labels apart", () => {
  expect(labelIndexes(31, 640, 64)).toEqual([0, 4, 8, 12, 16, 20, 24, 28]);
  expect(labelIndexes(3, 640, 64)).toEqual([0, 1, 2]);
});
