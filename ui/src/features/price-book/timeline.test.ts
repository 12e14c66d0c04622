import { expect, it } from "vitest";
import type { PriceVersionText } from "../../ipc/generated/types";
import { barsOf, dayAt, labelled, lanesOf, monthsOf, moveDay, scaleFor, xOf } from "./timeline";

const scale = { from: "2026-01-01", to: "2026-05-01", left: 100, width: 1200 };
const version = (number: number, validFrom: string | null, validUntil: string | null, live = false): PriceVersionText => ({
  number,
  kind: "draft",
  validFrom,
  validUntil,
  publishedAt: "2026-01-01T00:00:00Z",
  reason: "",
  restores: null,
  rules: 1,
  rates: 0,
  live,
});
const day = (instant: string) => instant.slice(0, 10);

it("shows seven months back and two full ones after the draft begins", () => {
  expect(scaleFor("2026-11-03", "2026-12-01", 0, 10)).toMatchObject({ from: "2026-04-01", to: "2027-03-01" });
  expect(scaleFor("2026-11-03", "2026-01-01", 0, 10)).toMatchObject({ from: "2026-04-01", to: "2027-02-01" });
  expect(monthsOf({ ...scale, to: "2026-04-01" })).toEqual(["2026-01", "2026-02", "2026-03"]);
});

it("finds the place of a day and the day of a place", () => {
  expect(xOf(scale, "2026-01-01")).toBe(100);
  expect(xOf(scale, "2026-05-01")).toBe(1300);
  for (const one of ["2026-01-01", "2026-02-28", "2026-04-30"]) expect(dayAt(scale, xOf(scale, one))).toBe(one);
  expect([dayAt(scale, -50), dayAt(scale, 9999)]).toEqual(["2026-01-01", "2026-04-30"]);
});

it("draws each version until the next one begins and cuts it to the strip", () => {
  const bars = barsOf([version(3, "2026-06-01T00:00:00Z", null), version(2, "2026-03-01T00:00:00Z", "2026-06-01T00:00:00Z", true), version(1, null, "2026-03-01T00:00:00Z")], scale, day);
  expect(bars.map(({ number, x, live, isCut }) => ({ number, x, live, isCut }))).toEqual([
    { number: 1, x: 100, live: false, isCut: true },
    { number: 2, x: xOf(scale, "2026-03-01"), live: true, isCut: false },
  ]);
  expect((bars[1]?.x ?? 0) + (bars[1]?.width ?? 0)).toBe(1300);
});

it("leaves the words of marks that stand too close", () => {
  expect(labelled([{ x: 50 }, { x: 10 }, { x: 20 }], 30, 500).map(({ x, hasLabel }) => [x, hasLabel])).toEqual([[10, false], [20, true], [50, true]]);
  // Near the end words stand before their mark, where nobody else's are.
  expect(labelled([{ x: 400 }, { x: 490 }], 30, 500).map(({ hasLabel, isBefore }) => [hasLabel, isBefore])).toEqual([[true, false], [true, true]]);
  expect(labelled([{ x: 450 }, { x: 490 }], 30, 500).map(({ hasLabel }) => hasLabel)).toEqual([true, false]);
});

it("puts contracts that overlap into lanes", () => {
  const bars = [{ x: 0, width: 10 }, { x: 5, width: 10 }, { x: 10, width: 5 }, { x: 11, width: 5 }, { x: 12, width: 5 }];
  expect(lanesOf(bars, 3).map(({ lane }) => lane)).toEqual([0, 1, 0, 2]);
});

it("moves the draft's day by keys", () => {
  expect(moveDay("2026-12-01", "ArrowRight", false)).toBe("2026-12-02");
  expect(moveDay("2026-12-01", "ArrowLeft", true)).toBe("2026-11-21");
  expect(moveDay("2026-12-15", "PageUp", false)).toBe("2027-01-01");
  expect([moveDay("2026-12-15", "PageDown", false), moveDay("2026-12-01", "PageDown", false)]).toEqual(["2026-12-01", "2026-11-01"]);
  expect(moveDay("2026-12-01", "a", false)).toBeNull();
});
