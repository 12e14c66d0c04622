import type { ChargeText, PlanTestText } from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";

/** A billing test while it is edited: a number may be missing still. */
export interface TestDraft {
  key: number;
  name: string;
  charge: string;
  quantity: DecimalString | null;
  /** Usage that is more than a quantity, as JSON; kept as it came. */
  usage?: string | null;
  amount: DecimalString | null;
}

const text = ({ name, charge, quantity, usage, amount }: TestDraft) => ({
  name,
  charge,
  quantity: quantity ?? ("" as DecimalString),
  usage: usage ?? null,
  amount: amount ?? ("" as DecimalString),
});

export const readTests = (tests: readonly PlanTestText[]): TestDraft[] => tests.map((test, key) => ({ key, ...test }));
/** As they are saved; what is missing is refused at its field. */
export const writeTests = (tests: readonly TestDraft[]): PlanTestText[] => tests.map(text);
/** Whether a test says enough to be run. */
export const canRun = (test: TestDraft) => test.quantity !== null && test.amount !== null && test.charge !== "";

/** Charges that come to an amount of their own: what providers charge is not known beforehand. */
export const testable = (charges: readonly ChargeText[]) => charges.filter((charge) => charge.name.trim() !== "" && charge.model !== "cost_plus");

/** The next test: like the last one, without a name. */
export function nextTest(tests: readonly TestDraft[], charges: readonly ChargeText[]): TestDraft {
  const last = tests.at(-1);
  return {
    key: tests.reduce((most, { key }) => Math.max(most, key), -1) + 1,
    name: "",
    charge: last?.charge ?? testable(charges)[0]?.name ?? "",
    quantity: last?.quantity ?? ("1000" as DecimalString),
    amount: null,
  };
}
