import { expect, it } from "vitest";
import type { DecimalString, DraftEditText } from "../../../ipc/generated/types";
import { canTry, draftOf, editOf, withChangedLine, withLine, withoutLine } from "./model";

const d = (text: string) => text as DecimalString;

const EDIT: DraftEditText = {
  currency: "EUR",
  lines: [{ text: "Onboarding", quantity: d("2"), unitPrice: d("150"), tax: null }],
  discount: { percent: d("10"), amount: null, reason: "first year" },
  note: "Thank you.",
  purchaseOrder: "PO 4711",
  buyerReference: "04011000-12345-34",
  internalNote: "agreed by phone",
};

it("gives back what it took", () => {
  expect(editOf(draftOf(EDIT), "EUR")).toEqual(EDIT);
  const amount = { ...EDIT, discount: { percent: null, amount: d("25.00"), reason: "once" } };
  expect(editOf(draftOf(amount), "EUR")).toEqual(amount);
  expect(editOf(draftOf({ ...EDIT, discount: null }), "EUR").discount).toBeNull();
});

it("adds, changes and removes lines, each under a key of its own", () => {
  const two = withLine(draftOf(EDIT));
  expect(two.lines.map((line) => line.key)).toEqual([0, 1]);
  const named = withChangedLine(two, 1, { text: "Goodwill", unitPrice: d("-20") });
  expect(editOf(named, "EUR").lines[1]).toEqual({ text: "Goodwill", quantity: "1", unitPrice: "-20", tax: null });
  expect(withLine(withoutLine(named, 0)).lines.map((line) => line.key)).toEqual([1, 2]);
});

it("tries nothing while a line or a discount has just begun", () => {
  expect(canTry(draftOf(EDIT))).toBe(true);
  expect(canTry(withLine(draftOf(EDIT)))).toBe(false);
  expect(canTry({ ...draftOf(EDIT), reason: " " })).toBe(false);
  expect(canTry({ ...draftOf(EDIT), discount: "none", off: null, reason: "" })).toBe(true);
});
