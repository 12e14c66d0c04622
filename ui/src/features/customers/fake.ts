import type { DecimalString } from "../../lib/decimal";
import { ApiError, type Issue } from "../../ipc/errors";
import type { FakeContext, FakeHandlers } from "../../ipc/fake";
import type {
  AccountKind,
  CustomerGetRequest,
  CustomerListRequest,
  CustomerRow,
  CustomerSaveRequest,
  CustomerTax,
  CustomerText,
  StatementRequest,
  SubscriptionPreviewRequest,
  SubscriptionRemoveRequest,
  SubscriptionSaveRequest,
  SubscriptionText,
  TaxProposeReply,
  TaxProposeRequest,
} from "../../ipc/generated/types";
import { fakeCredit } from "./fake-credit";
import { customers, invoices, isHeld, months, plans, requestsOf, subscriptions } from "./fake-data";

function book<T>(context: FakeContext, key: string, start: () => T): T {
  if (!context.memory.has(key)) context.memory.set(key, start());
  return context.memory.get(key) as T;
}
const people = (context: FakeContext) => book(context, "customers", customers);
const subscribed = (context: FakeContext) =>
  book(context, "subscriptions", () => customers().flatMap((one) => subscriptions(one.id)));

function row(customer: CustomerText, month: string | null, context: FakeContext): CustomerRow {
  const figures = months(customer.id).find((one) => one.month === (month ?? "2026-10"));
  const plan = subscribed(context).find((one) => one.customerId === customer.id && one.endsOn === null);
  return {
    id: customer.id,
    number: customer.number,
    name: customer.name,
    country: customer.address.country,
    plan: plan?.planName ?? null,
    revenue: figures?.revenue ?? null,
    cost: figures?.cost ?? null,
    margin: figures?.margin ?? null,
    requests: figures ? requestsOf(customer.id) : 0,
    held: isHeld(customer.id),
    archived: customer.archived,
  };
}

/** The faults of the real program that the form shows most often. */
function faults(customer: CustomerText, others: readonly CustomerText[]): Issue[] {
  const found: Issue[] = [];
  const fault = (path: string, code: string, params = {}) => found.push({ path, code, params });
  if (customer.name.trim() === "") fault("name", "required");
  if (customer.address.country === "") fault("address.country", "required");
  if (customer.email !== "" && !customer.email.includes("@")) fault("email", "not_an_email");
  if (customer.tax.kind === "reverse_charge" && customer.taxId === "") fault("taxId", "required");
  if (customer.tax.kind === "exempt" && !customer.tax.reason) fault("tax.reason", "required");
  const taken = customer.aliases.find((alias) => others.some((other) => other.aliases.includes(alias)));
  if (taken) fault("aliases", "taken", { value: taken });
  return found;
}

export const fake: FakeHandlers = {
  ...fakeCredit,
  customer_list: ({ search, archived, month }: CustomerListRequest, context) => {
    const wanted = search.toLowerCase();
    const found = people(context).filter(
      (one) =>
        (archived || !one.archived) &&
        [one.name, one.number, ...one.aliases].some((text) => text.toLowerCase().includes(wanted)),
    );
    return { rows: found.map((one) => row(one, month, context)), month: month ?? "2026-10" };
  },
  customer_names: (_, context) => ({ rows: people(context).map(({ id, number, name, archived }) => ({ id, number, name, archived })) }),
  customer_get: ({ id }: CustomerGetRequest, context) => {
    const customer = people(context).find((one) => one.id === id);
    if (!customer) throw new ApiError({ code: "not_found" });
    return {
      customer,
      subscriptions: subscribed(context).filter((one) => one.customerId === id),
      invoices: invoices(customer),
      months: months(id),
    };
  },
  tax_propose: ({ country, taxId }: TaxProposeRequest): TaxProposeReply => {
    const none = { percent: null, reason: null };
    const reply = (tax: CustomerTax | null, reason: string) => ({ tax, reason, sellerCountry: "DE" });
    if (country === "DE") return reply({ ...none, kind: "rate", percent: "19" as DecimalString }, "domestic");
    if (["CH", "GB", "NO", "US"].includes(country)) return reply({ ...none, kind: "out_of_scope" }, "abroad");
    if (!["AT", "ES", "FR", "IT", "NL", "SE"].includes(country)) return reply(null, "no_rule");
    return taxId === "" ? reply(null, "no_buyer_id") : reply({ ...none, kind: "reverse_charge" }, "union_business");
  },
  customer_save: ({ customer }: CustomerSaveRequest, context) => {
    const all = people(context);
    const issues = faults(customer, all.filter((one) => one.id !== customer.id));
    if (issues.length > 0) throw new ApiError({ code: "invalid", issues });
    const id = customer.id || `c-${1100 + all.length}`;
    const saved = { ...customer, id, number: customer.number || id.replace("c-", "C-") };
    context.memory.set("customers", [...all.filter((one) => one.id !== id), saved]);
    return { id };
  },
  subscription_save: ({ subscription }: SubscriptionSaveRequest, context) => {
    if (subscription.endsOn !== null && subscription.endsOn < subscription.startsOn) {
      const issue = { path: "endsOn", code: "before_start", params: { start: subscription.startsOn } };
      throw new ApiError({ code: "invalid", issues: [issue] });
    }
    const all = subscribed(context);
    const plan = plans().find((one) => one.versions.some((version) => version.id === subscription.planVersionId));
    const id = subscription.id || `s-${all.length + 1}`;
    const version = plan?.versions.find((one) => one.id === subscription.planVersionId)?.number ?? subscription.version;
    const saved: SubscriptionText = { ...subscription, id, planName: plan?.name ?? subscription.planName, version };
    context.memory.set("subscriptions", [saved, ...all.filter((one) => one.id !== id)]);
    return { id };
  },
  subscription_preview: ({ subscription }: SubscriptionPreviewRequest) => {
    const money = (amount: string) => ({ amount: amount as DecimalString, currency: "EUR" });
    const month = subscription.startsOn > "2026-10-01" ? subscription.startsOn.slice(0, 7) : "2026-10";
    const invoice = { month, issuedOn: `${month}-28`, dueOn: `${month}-28`, lines: [], service: [], held: [] };
    return { invoices: [{ ...invoice, net: money("240.00"), tax: money("45.60"), total: money("285.60") }], assumedMonth: "2026-10" };
  },
  subscription_remove: ({ id }: SubscriptionRemoveRequest, context) => {
    const all = subscribed(context);
    const one = all.find((other) => other.id === id);
    if (one && one.startsOn < "2026-10-01") {
      throw new ApiError({ code: "refused", params: { reason: "subscription_was_billed" } });
    }
    context.memory.set("subscriptions", all.filter((other) => other.id !== id));
    return { id };
  },
  plan_list: () => ({ plans: plans() }),
  statement_get: ({ customerId, from, to }: StatementRequest, context) => {
    const customer = people(context).find((one) => one.id === customerId);
    if (!customer) throw new ApiError({ code: "not_found" });
    const money = (amount: string) => ({ amount: amount as DecimalString, currency: customer.currency });
    const entry = (day: string, kind: AccountKind, amount: string, balance: string) => ({ day, kind, number: "HS-2026-0446", invoice: "HS-2026-0446", reference: "", amount: money(amount), balance: money(balance) });
    const zero = money("0.00");
    return {
      customer: customer.name,
      currency: customer.currency,
      currencies: [customer.currency],
      from: from ?? "2026-10-02",
      to: to ?? "2026-11-03",
      opening: money("120.00"),
      entries: [entry("2026-10-02", "invoice", "1000.00", "1120.00"), entry("2026-10-20", "payment", "-400.00", "720.00")],
      closing: money("720.00"),
      ageing: { customerId: null, customer: null, currency: customer.currency, notDue: money("720.00"), to30: zero, to60: zero, to90: zero, over90: zero, owed: money("720.00"), toPayBack: zero },
      fileName: `${customer.name}.pdf`,
    };
  },
  statement_save: () => ({}),
};
