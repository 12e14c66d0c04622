import type { BankAccepted, BankAllocation, BankLineRow, BankOpenInvoice } from "../../../ipc/generated/types";
import { sum, type DecimalString } from "../../../lib/decimal";

/** What each line that is to be entered pays, by its key. */
export type Chosen = ReadonlyMap<string, readonly BankAllocation[]>;

/** What is sure is ticked; nothing else is. */
export function sureOnes(lines: readonly BankLineRow[]): Chosen {
  return new Map(lines.filter((line) => line.confidence === "sure").map((line) => [line.key, line.allocations]));
}

/** Whether a person may still decide about a line: money that came in, and is not in the book. */
export function canEnter(line: BankLineRow): boolean {
  return line.confidence !== "booked" && line.confidence !== "twice" && line.reason !== "went_out";
}

export function withLine(chosen: Chosen, line: BankLineRow, allocations: readonly BankAllocation[] | null): Chosen {
  const next = new Map(chosen);
  if (allocations === null || allocations.length === 0) next.delete(line.key);
  else next.set(line.key, allocations);
  return next;
}

/** All of a line for one invoice. */
export function whole(line: BankLineRow, invoice: BankOpenInvoice): readonly BankAllocation[] {
  return [{ invoiceId: invoice.id, number: invoice.number, customer: invoice.customer, amount: line.amount }];
}

export function accepted(chosen: Chosen): BankAccepted[] {
  return [...chosen].map(([key, parts]) => ({
    key,
    allocations: parts.map((part) => ({ invoiceId: part.invoiceId, amount: part.amount.amount })),
  }));
}

/** What is entered in all, by currency. */
export function totals(lines: readonly BankLineRow[], chosen: Chosen): { amount: DecimalString; currency: string }[] {
  const entered = lines.filter((line) => chosen.has(line.key));
  const currencies = [...new Set(entered.map((line) => line.amount.currency))];
  return currencies.map((currency) => ({
    currency,
    amount: sum(entered.filter((line) => line.amount.currency === currency).map((line) => line.amount.amount)),
  }));
}
