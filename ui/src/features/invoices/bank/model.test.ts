import { expect, it } from "vitest";
import type { BankLineRow, BankOpenInvoice, DecimalString } from "../../../ipc/generated/types";
import { accepted, canEnter, sureOnes, totals, whole, withLine } from "./model";

const eur = (amount: string) => ({ amount: amount as DecimalString, currency: "EUR" });

function line(key: string, more: Partial<BankLineRow>): BankLineRow {
  const allocations = [{ invoiceId: "i-1", number: "R-1", customer: "Atlas", amount: eur("10.00") }];
  return { key, line: 2, day: "2026-11-20", amount: eur("10.00"), name: "", reference: "", confidence: "sure", reason: "number_and_amount", allocations, ...more };
}

const lines = [line("a", {}), line("b", { confidence: "likely" }), line("c", { confidence: "none", reason: "nothing", allocations: [] }), line("d", { confidence: "booked" })];
const invoice: BankOpenInvoice = { id: "i-2", number: "R-2", customer: "Brio", open: eur("99.00") };

it("ticks what is sure and nothing else", () => {
  expect([...sureOnes(lines).keys()]).toEqual(["a"]);
});

it("sends each line with the invoices that it was given to", () => {
  const third = lines[2] as BankLineRow;
  const chosen = withLine(sureOnes(lines), third, whole(third, invoice));
  expect(accepted(chosen)).toEqual([
    { key: "a", allocations: [{ invoiceId: "i-1", amount: "10.00" }] },
    { key: "c", allocations: [{ invoiceId: "i-2", amount: "10.00" }] },
  ]);
  expect(totals(lines, chosen)).toEqual([{ amount: "20.00", currency: "EUR" }]);
  expect(accepted(withLine(chosen, lines[0] as BankLineRow, null))).toHaveLength(1);
});

it("leaves alone what is in the book, stands twice, or went out", () => {
  expect(lines.map(canEnter)).toEqual([true, true, true, false]);
  expect(canEnter(line("e", { confidence: "none", reason: "went_out" }))).toBe(false);
});
