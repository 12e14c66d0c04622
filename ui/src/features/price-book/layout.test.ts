import { describe, expect, it } from "vitest";
import type { PriceRow } from "../../ipc/generated/types";
import { type Cursor, cursorLine, gridMoveOf, layoutOf, lineAt, lineOf, moveCursor, PAGE, pagesOf } from "./layout";

const provider = (name: string, matching: number) => ({
  provider: name,
  matching,
  models: matching,
  markupPercent: null,
  seenOn: "2026-10-30",
});
const PROVIDERS = [provider("anthropic", 4), provider("google", 300), provider("openai", 2)];
const row = (of: string, model: string): PriceRow => ({ provider: of, model, cells: [], conditionCells: [], chargedAs: [], conditional: 0, contextThreshold: null });
const COLUMNS = ["input_tokens", "output_tokens", "cache_read_tokens"];
const at = (line: number, dimension: string | null = null, key: string | null = null): Cursor => ({ line, dimension, key });

describe("layout of the grid", () => {
  const layout = layoutOf(PROVIDERS, new Set());

  it("gives every provider a line before its models", () => {
    expect(layout.lines).toBe(309);
    expect(lineAt(layout, 0)).toMatchObject({ kind: "provider", group: { provider: { provider: "anthropic" } } });
    expect(lineAt(layout, 4)).toMatchObject({ kind: "model", index: 3 });
    expect(lineAt(layout, 5)).toMatchObject({ kind: "provider", group: { provider: { provider: "google" } } });
    expect(lineAt(layout, 306)).toMatchObject({ kind: "provider", group: { provider: { provider: "openai" } } });
    expect(lineAt(layout, 308)).toMatchObject({ kind: "model", index: 305 });
    expect([lineAt(layout, -1), lineAt(layout, 309)]).toEqual([null, null]);
  });

  it("finds every model again on the line it stands on", () => {
    for (let line = 0; line < layout.lines; line++) {
      const found = lineAt(layout, line);
      if (found?.kind === "model") expect(lineOf(layout, found.index)).toBe(line);
    }
  });

  it("leaves out the models of a closed provider and asks for no page of them", () => {
    const closed = layoutOf(PROVIDERS, new Set(["google"]));
    expect(closed.lines).toBe(9);
    expect(lineOf(closed, 10)).toBeNull();
    expect(lineAt(closed, 7)).toMatchObject({ kind: "model", index: 304 });
    expect(pagesOf(closed, 0, 8)).toEqual([0, PAGE]);
  });

  it("asks for the pages in view only", () => {
    expect(pagesOf(layout, 0, 40)).toEqual([0]);
    expect(pagesOf(layout, 190, 215)).toEqual([0, PAGE]);
    expect(pagesOf(layout, 250, 9999)).toEqual([PAGE]);
  });
});

describe("moving in the grid", () => {
  const size = { lines: 10, columns: COLUMNS, page: 4 };

  it("stays inside at every side", () => {
    expect(moveCursor(at(0), "up", size)).toEqual(at(0));
    expect(moveCursor(at(9), "down", size)).toEqual(at(9));
    expect(moveCursor(at(3), "left", size)).toEqual(at(3));
    expect(moveCursor(at(3, "cache_read_tokens"), "right", size)).toEqual(at(3, "cache_read_tokens"));
    expect(moveCursor(at(8), "pageDown", size).line).toBe(9);
    expect(moveCursor(at(2), "pageUp", size).line).toBe(0);
  });

  it("keeps the model when only the column changes and forgets it when the line does", () => {
    expect(moveCursor(at(3, null, "a/b"), "right", size)).toEqual(at(3, "input_tokens", "a/b"));
    expect(moveCursor(at(3, "input_tokens", "a/b"), "left", size)).toEqual(at(3, null, "a/b"));
    expect(moveCursor(at(3, "input_tokens", "a/b"), "down", size)).toEqual(at(4, "input_tokens"));
  });

  it("goes to the corners", () => {
    expect(moveCursor(at(5, "input_tokens"), "first", size)).toEqual(at(0, null));
    expect(moveCursor(at(5), "last", size)).toEqual(at(9, "cache_read_tokens"));
  });

  it("reads keys, and leaves those with Alt or Ctrl to others", () => {
    const press = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false, altKey: false });
    expect(gridMoveOf(press("j"))).toBe("down");
    expect(gridMoveOf(press("Home", true))).toBe("first");
    expect(gridMoveOf(press("k", true))).toBeNull();
    expect(gridMoveOf({ ...press("ArrowUp"), altKey: true })).toBeNull();
  });
});

describe("the cursor after a change of rows", () => {
  const rows = new Map([
    [0, row("anthropic", "claude")],
    [4, row("google", "gemini")],
  ]);
  const layout = layoutOf(PROVIDERS, new Set());

  it("stays with its model when the model stands elsewhere", () => {
    expect(cursorLine(at(40, null, "google/gemini"), layout, rows)).toBe(6);
    expect(cursorLine(at(40, null, "openai"), layout, rows)).toBe(306);
  });

  it("is nowhere when the model is not there any more, and on the first model at the start", () => {
    expect(cursorLine(at(3, null, "google/gone"), layout, rows)).toBe(-1);
    expect(cursorLine(null, layout, rows)).toBe(1);
    expect(cursorLine(at(400), layout, rows)).toBe(-1);
  });
});
