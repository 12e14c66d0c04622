import type { ChargeText, PlanTestText } from "../../ipc/generated/types";
import { readPrice } from "../../app/pricing/document";
import type { DecimalString } from "../../lib/decimal";
import { needsUsage, readUsage, type UsageField } from "./usage";

/** A billing test while it is edited: a number may be missing still. */
export interface TestDraft {
  key: number;
  name: string;
  charge: string;
  quantity: DecimalString | null;
  /** Usage that is more than a quantity, as JSON as in a price document; null where the quantity says all. */
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

/** What stands for the usage of a charge before it is written: an example that its price can be asked with. */
export function sampleUsage(charge: ChargeText | undefined): string {
  if (!charge) return "";
  const usual = (field: UsageField) => (field.kind === "events" ? "100 250" : "100");
  const { usage } = readUsage(readPrice(charge), { texts: {}, buckets: 2, others: [] }, "en", usual);
  return usage === null ? "" : JSON.stringify(usage);
}

/** Whether the price of a charge looks at more than a quantity. */
export const asksUsage = (charge: ChargeText | undefined) => charge?.kind === "usage" && charge.model !== "cost_plus" && needsUsage(readPrice(charge));

/** Charges that come to an amount of their own: what providers charge is not known beforehand. */
export const testable = (charges: readonly ChargeText[]) => charges.filter((charge) => charge.name.trim() !== "" && charge.model !== "cost_plus");

/** The next test: like the last one, without a name. */
export function nextTest(tests: readonly TestDraft[], charges: readonly ChargeText[]): TestDraft {
  const last = tests.at(-1);
  const first = charges.find((charge) => charge.name === (last?.charge ?? testable(charges)[0]?.name));
  return {
    key: tests.reduce((most, { key }) => Math.max(most, key), -1) + 1,
    name: "",
    charge: last?.charge ?? testable(charges)[0]?.name ?? "",
    quantity: last?.quantity ?? ("1000" as DecimalString),
    usage: last?.usage ?? (asksUsage(first) ? sampleUsage(first) : null),
    amount: null,
  };
}
