import { describe, expect, it } from "vitest";
import { leastWidth, movedIndex, moveOf, nextSort, sortRows, tableState, type SortableColumn } from "./model";

interface Row {
  name: string;
  amount: string | null;
}

const rows: Row[] = [
  { name: "Ärger 10", amount: "9.5" },
  { name: "ärger 9", amount: null },
  { name: "Zebra", amount: "-10" },
  { name: "apfel", amount: "100" },
];
const columns: SortableColumn<Row>[] = [
  { id: "name", sortBy: (row) => ({ text: row.name }) },
  { id: "amount", firstDirection: "down", sortBy: (row) => (row.amount === null ? null : { figure: row.amount }) },
];
const names = (sort: Parameters<typeof sortRows>[2]) => sortRows(rows, columns, sort, "de").map((row) => row.name);

describe("sorting", () => {
  it("sorts words as people do", () => {
    expect(names({ column: "name", direction: "up" })).toEqual(["apfel", "ärger 9", "Ärger 10", "Zebra"]);
  });

  it("sorts figures by value, missing ones last both ways", () => {
    expect(names({ column: "amount", direction: "up" })).toEqual(["Zebra", "Ärger 10", "apfel", "ärger 9"]);
    expect(names({ column: "amount", direction: "down" })).toEqual(["apfel", "Ärger 10", "Zebra", "ärger 9"]);
  });

  it("keeps the order it got without a sort", () => {
    expect(sortRows(rows, columns, null, "de")).toBe(rows);
  });

  it("goes round through first direction, the other, none", () => {
    const [, amount] = columns as [SortableColumn<Row>, SortableColumn<Row>];
    const first = nextSort(null, amount);
    expect(first).toEqual({ column: "amount", direction: "down" });
    const second = nextSort(first, amount);
    expect(second).toEqual({ column: "amount", direction: "up" });
    expect(nextSort(second, amount)).toBeNull();
  });
});

describe("moving", () => {
  it("stays inside the list", () => {
    expect(movedIndex(-1, "next", 3, 5)).toBe(0);
    expect(movedIndex(-1, "previous", 3, 5)).toBe(2);
    expect(movedIndex(2, "next", 3, 5)).toBe(2);
    expect(movedIndex(0, "previous", 3, 5)).toBe(0);
    expect(movedIndex(1, "pageDown", 20, 5)).toBe(6);
    expect(movedIndex(3, "pageUp", 20, 5)).toBe(0);
    expect(movedIndex(0, "next", 0, 5)).toBe(-1);
  });

  it("leaves chords alone", () => {
    const plain = { ctrlKey: false, metaKey: false, altKey: false };
    expect(moveOf({ key: "j", ...plain })).toBe("next");
    expect(moveOf({ key: "k", ...plain, ctrlKey: true })).toBeNull();
    expect(moveOf({ key: "x", ...plain })).toBeNull();
  });
});

it("has one face at a time", () => {
  expect(tableState(undefined, null, false)).toBe("loading");
  expect(tableState(undefined, new Error("no"), false)).toBe("error");
  expect(tableState([], null, false)).toBe("empty");
  expect(tableState([], null, true)).toBe("noResult");
  // Rows that are there stay, also when refreshing them failed.
  expect(tableState([1], new Error("no"), false)).toBe("rows");
});

it("scrolls sideways below the least width of its columns", () => {
  expect(leastWidth([{ width: "minmax(160px, 1fr)" }, { width: "80px" }, {}])).toBe(160 + 80 + 96 + 16);
});
