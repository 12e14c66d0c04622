import { expect, it } from "vitest";
import type { ProviderRow } from "../../ipc/generated/types";
import { layoutOf } from "./layout";
import { boundsOf, everything, extend, filled, holds, isMany, modelLines, modelsIn, sizeOf, type Range } from "./selection";

const provider = (name: string, matching: number): ProviderRow => ({ provider: name, matching, models: matching, markupPercent: null, seenOn: "" });
// Lines: 0 a, 1 2 3 models, 4 b, 5 6 models.
const layout = layoutOf([provider("a", 3), provider("b", 2)], new Set());
const columns = ["in", "out", "read", "write"];
const grid = { lines: layout.lines, columns, page: 3 };
const range = (from: [number, number], to: [number, number]): Range => ({
  from: { line: from[0], column: from[1] },
  to: { line: to[0], column: to[1] },
});

it("has the same bounds whichever corner it began at", () => {
  const wanted = { top: 1, bottom: 5, left: 0, right: 2, wholeRows: false };
  expect(boundsOf(range([1, 0], [5, 2]), 4)).toEqual(wanted);
  expect(boundsOf(range([5, 2], [1, 0]), 4)).toEqual(wanted);
  expect(boundsOf(range([5, 0], [1, 2]), 4)).toEqual(wanted);
});

it("means whole rows from the names on", () => {
  expect(boundsOf(range([2, -1], [3, 1]), 4)).toEqual({ top: 2, bottom: 3, left: 0, right: 3, wholeRows: true });
  expect(boundsOf(range([2, 2], [3, -1]), 4)).toMatchObject({ left: 0, right: 3, wholeRows: true });
});

it("knows what it holds", () => {
  const bounds = boundsOf(range([2, 1], [3, 2]), 4);
  expect([holds(bounds, 2, 1), holds(bounds, 3, 2)]).toEqual([true, true]);
  expect([holds(bounds, 1, 1), holds(bounds, 4, 1), holds(bounds, 2, 0), holds(bounds, 2, 3), holds(bounds, 2, -1)]).toEqual(Array(5).fill(false));
  expect(holds(boundsOf(range([2, -1], [2, -1]), 4), 2, -1)).toBe(true);
  expect(holds(null, 0, 0)).toBe(false);
});

it("grows and shrinks from the cursor", () => {
  const active = { line: 1, column: 1 };
  const down = extend(null, active, "down", grid);
  expect(down).toEqual(range([1, 1], [2, 1]));
  expect(isMany(down)).toBe(true);
  expect(extend(down, active, "right", grid)).toEqual(range([1, 1], [2, 2]));
  expect(isMany(extend(down, active, "up", grid))).toBe(false);
  expect(extend(down, active, "pageDown", grid)).toEqual(range([1, 1], [5, 1]));
  expect(extend(down, active, "rowStart", grid)).toEqual(range([1, 1], [2, -1]));
  expect(extend(down, active, "rowEnd", grid)).toEqual(range([1, 1], [2, 3]));
  expect(extend(down, active, "last", grid)).toEqual(range([1, 1], [6, 3]));
  expect(extend(down, active, "first", grid)).toEqual(range([1, 1], [0, -1]));
});

it("does not leave the grid", () => {
  const active = { line: 6, column: 3 };
  expect(extend(null, active, "down", grid)).toEqual(range([6, 3], [6, 3]));
  expect(extend(null, active, "right", grid)).toEqual(range([6, 3], [6, 3]));
});

it("lists models and leaves out the heads of providers", () => {
  const bounds = boundsOf(everything(layout.lines, columns.length), columns.length);
  expect(modelsIn(layout, bounds)).toEqual([0, 1, 2, 3, 4]);
  expect(modelsIn(layout, boundsOf(range([3, 0], [5, 1]), 4))).toEqual([2, 3]);
  expect(sizeOf(layout, bounds)).toEqual({ models: 5, columns: 4 });
});

it("leaves out what is folded away", () => {
  const folded = layoutOf([provider("a", 3), provider("b", 2)], new Set(["a"]));
  expect(modelsIn(folded, boundsOf(everything(folded.lines, 4), 4))).toEqual([3, 4]);
});

it("finds the lines that a block falls on, past the heads between them", () => {
  expect(modelLines(layout, 2, 3)).toEqual([2, 3, 5]);
  expect(modelLines(layout, 4, 1)).toEqual([5]);
  expect(modelLines(layout, 5, 9)).toEqual([5, 6]);
});

it("grows to one side when its corner is dragged, and back to itself", () => {
  const base = boundsOf(range([1, 0], [2, 1]), 4);
  expect(filled(base, { line: 5, column: 3 }, 4)).toEqual({ ...base, bottom: 5 });
  expect(filled(base, { line: 2, column: 3 }, 4)).toEqual({ ...base, right: 3 });
  expect(filled(base, { line: 0, column: 3 }, 4)).toEqual({ ...base, right: 3 });
  expect(filled(base, { line: 1, column: 0 }, 4)).toBe(base);
});
