import type {
  CompanyReply,
  CustomerMonth,
  CustomerTax,
  CustomerText,
  InvoiceRow,
  PlanText,
  PlanVersionText,
  SubscriptionText,
} from "../../ipc/generated/types";
import { negate, sign, subtract, type DecimalString } from "../../lib/decimal";

/** What the address of the list says. */
export interface CustomersSearch {
  search?: string;
  /** Also those no longer in use. */
  archived?: boolean;
  /** `2026-10`; the newest month with usage when absent. */
  month?: string;
  /** The form of a new customer is open. */
  create?: boolean;
  /** What the form starts with. */
  alias?: string;
  name?: string;
}

const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;
const isOn = (value: unknown) => value === true || value === 1 || value === "1" || value === "true";

/** Reads the address. `new=<reference>` of the inbox is a new customer with that alias. */
export function readSearch(raw: Record<string, unknown>): CustomersSearch {
  const search: CustomersSearch = {};
  const month = text(raw.month);
  if (text(raw.search)) search.search = text(raw.search);
  if (isOn(raw.archived)) search.archived = true;
  if (month && /^\d{4}-(0[1-9]|1[0-2])$/.test(month)) search.month = month;
  const alias = text(raw.alias) ?? (isOn(raw.new) ? undefined : text(raw.new));
  if (isOn(raw.create) || raw.new !== undefined) {
    search.create = true;
    if (alias) search.alias = alias;
    if (text(raw.name)) search.name = text(raw.name);
  }
  return search;
}

/** Whether the invoice must name the customer's tax id. */
export const needsTaxId = (tax: CustomerTax) => tax.kind === "reverse_charge" || tax.kind === "intra_community";

/** Whether a treatment is what is proposed; a rate that is typed in is, whatever it is. */
export function isProposed(tax: CustomerTax, proposed: CustomerTax): boolean {
  if (tax.kind !== proposed.kind) return false;
  return tax.kind !== "rate" || proposed.percent === null || tax.percent === proposed.percent;
}

/** What the address of one customer says. */
export interface CustomerSearch {
  /** The form is open: how other screens lead to a field that is missing. */
  edit?: boolean;
}

export function readCustomerSearch(raw: Record<string, unknown>): CustomerSearch {
  return isOn(raw.edit) ? { edit: true } : {};
}

/** A customer that is not saved yet, with what is usual for the company. */
export function newCustomer(
  { company, usualTax }: CompanyReply,
  start: Pick<CustomersSearch, "alias" | "name">,
): CustomerText {
  return {
    id: "",
    number: "",
    name: start.name ?? "",
    address: { lines: [], postcode: "", city: "", region: "", country: company.address.country },
    taxId: "",
    email: "",
    reference: "",
    orderReference: "",
    endpoint: { scheme: "", id: "" },
    einvoice: null,
    currency: company.currency,
    locale: company.locale,
    zone: company.zone,
    tax: usualTax ?? { kind: "rate", percent: "0" as DecimalString, reason: null },
    paymentDays: null,
    aliases: start.alias ? [start.alias] : [],
    notes: "",
    archived: false,
  };
}

export function isSame(a: CustomerText, b: CustomerText): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** The aliases with one more; null when there is nothing to add. */
export function withAlias(aliases: readonly string[], typed: string): string[] | null {
  const alias = typed.trim();
  return alias === "" || aliases.includes(alias) ? null : [...aliases, alias];
}

/** Whole days typed into a field; null for an empty one, undefined for what is no whole number. */
export function readDays(typed: string): number | null | undefined {
  const days = typed.trim();
  if (days === "") return null;
  return /^\d{1,4}$/.test(days) ? Number.parseInt(days, 10) : undefined;
}

export interface PlanChoice {
  plan: PlanText;
  version: PlanVersionText;
}

/** Published versions in a currency, plans by name, newest version first. */
export function planChoices(plans: readonly PlanText[], currency: string): PlanChoice[] {
  return plans
    .filter((plan) => !plan.archived)
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .flatMap((plan) =>
      plan.versions
        .filter((version) => version.publishedAt !== null && version.currency === currency)
        .toSorted((a, b) => b.number - a.number)
        .map((version) => ({ plan, version })),
    );
}

export type SubscriptionPhase = "past" | "now" | "later";

export function phaseOf(subscription: SubscriptionText, today: string): SubscriptionPhase {
  if (subscription.startsOn > today) return "later";
  return subscription.endsOn !== null && subscription.endsOn < today ? "past" : "now";
}

/** The subscription of today; of several the one that began last. */
export function subscriptionNow(all: readonly SubscriptionText[], today: string): SubscriptionText | undefined {
  const running = all.filter((one) => phaseOf(one, today) === "now");
  return running.toSorted((a, b) => b.startsOn.localeCompare(a.startsOn))[0];
}

/** What is left of a month's revenue, exactly; null when the cost is not known. */
export function marginOf(month: CustomerMonth): DecimalString | null {
  if (month.cost === null || month.cost.currency !== month.revenue.currency) return null;
  return subtract(month.revenue.amount, month.cost.amount);
}

export interface Pieces {
  cost: string | null;
  margin: string | null;
  /** What a month cost above its revenue. */
  loss: string | null;
  /** Revenue of a month whose cost is not known. */
  unknown: string | null;
}

/** The pieces of a month's bar, from the bottom: they add up to the larger of revenue and cost. */
export function piecesOf(month: CustomerMonth): Pieces {
  const margin = marginOf(month);
  const none = { cost: null, margin: null, loss: null, unknown: null };
  if (margin === null || month.cost === null) return { ...none, unknown: month.revenue.amount };
  if (sign(margin) >= 0) return { ...none, cost: month.cost.amount, margin };
  return { ...none, cost: month.revenue.amount, loss: negate(margin) };
}

/** The document of a month as the list of invoices finds it. */
export function invoiceKey(row: InvoiceRow): string {
  return row.id ?? `draft:${row.customerId}`;
}

/** The neighbours of a customer in a list. */
export function neighbours<T extends { id: string }>(rows: readonly T[], id: string): { before: T | null; after: T | null } {
  const at = rows.findIndex((row) => row.id === id);
  if (at < 0) return { before: null, after: null };
  return { before: rows[at - 1] ?? null, after: rows[at + 1] ?? null };
}
