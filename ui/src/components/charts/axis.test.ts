import { expect, it } from "vitest";
import { axisAt, axisBins, axisSamples, axisTicks, axisValue, linearAxis, type Axis } from "./axis";

const log: Axis = { kind: "log", min: 10, max: 100_000 };
const linear = linearAxis(["4300", "18250"], log);

it("ends a true scale at a round quantity above the largest", () => {
  expect(linear).toEqual({ kind: "linear", min: 0, max: 25_000 });
  expect(linearAxis([], log).max).toBe(10_000);
});

it("finds a position back on both", () => {
  for (const axis of [log, linear]) expect(axisValue(axis, axisAt(axis, 1234))).toBeCloseTo(1234, 6);
  expect([axisAt(log, 0), axisAt(linear, 0)]).toEqual([0, 0]);
});

it("samples and counts from zero to the end", () => {
  const samples = axisSamples(linear, 50);
  expect([samples[0], samples.at(-1), samples.length]).toEqual(["500", "25000", 50]);
  expect(axisBins(linear, ["0", "1", "12500", "25000", "26000"], 2).map((bin) => bin.count)).toEqual([1, 2]);
  expect(axisTicks(linear).map((tick) => tick.text)).toEqual(["0", "5000", "10000", "15000", "20000", "25000"]);
});
