import { expect, it } from "vitest";
import type { CompanyReply, CustomerMonth, DecimalString, PlanText, SubscriptionText } from "../../ipc/generated/types";
import {
  marginOf,
  neighbours,
  newCustomer,
  phaseOf,
  piecesOf,
  planChoices,
  readDays,
  readSearch,
  subscriptionNow,
  withAlias,
} from "./model";

const d = (text: string) => text as DecimalString;
const eur = (amount: string) => ({ amount: d(amount), currency: "EUR" });

it("reads the address and forgives what it does not know", () => {
  expect(readSearch({ search: "nord", archived: "true", month: "2026-10" })).toEqual({ search: "nord", archived: true, month: "2026-10" });
  expect(readSearch({ month: "2026-13", archived: "no", alias: "left alone" })).toEqual({});
});

it("opens the form with what the inbox hands over", () => {
  expect(readSearch({ create: 1, alias: "org_77", name: "Acme" })).toEqual({ create: true, alias: "org_77", name: "Acme" });
  expect(readSearch({ new: "org_77" })).toEqual({ create: true, alias: "org_77" });
  // A reference that is a number stays text.
  expect(readSearch({ new: 4711 })).toEqual({ create: true, alias: "4711" });
});

it("starts a customer with what is usual for the company", () => {
  const company = { address: { country: "DE" }, currency: "EUR", locale: "de-DE", zone: "Europe/Berlin" } as CompanyReply["company"];
  const usualTax = { kind: "rate" as const, percent: d("19"), reason: null };
  const customer = newCustomer({ company, nextNumber: "", usualTax }, { alias: "org_77", name: undefined });
  expect(customer).toMatchObject({ id: "", number: "", currency: "EUR", tax: usualTax, aliases: ["org_77"], address: { country: "DE" } });
});

it("takes a name once and without the spaces around it", () => {
  expect(withAlias(["a"], "  b ")).toEqual(["a", "b"]);
  expect(withAlias(["a"], "a ")).toBeNull();
  expect(withAlias([], "   ")).toBeNull();
});

it("reads whole days, nothing, and refuses the rest", () => {
  expect([readDays("14"), readDays(" "), readDays("14.5"), readDays("-1"), readDays("two")]).toEqual([14, null, undefined, undefined, undefined]);
});

it("offers published versions in the customer's currency, newest first", () => {
  const terms = { intervalUnit: "month", intervalCount: 1, anchor: "calendar", proration: "days" } as const;
  const version = (id: string, number: number, currency: string, publishedAt: string | null) => ({ id, number, currency, terms, charges: [], publishedAt, customers: 0 });
  const plan = (name: string, versions: PlanText["versions"], archived = false): PlanText => ({ id: name, name, description: "", archived, versions, tests: [] });
  const plans = [
    plan("Team", [version("t1", 1, "EUR", "2026-01-01T00:00:00Z"), version("t2", 2, "EUR", "2026-02-01T00:00:00Z"), version("t3", 3, "EUR", null)]),
    plan("Dollar", [version("d1", 1, "USD", "2026-01-01T00:00:00Z")]),
    plan("Basic", [version("b1", 1, "EUR", "2026-01-01T00:00:00Z")]),
    plan("Old", [version("o1", 1, "EUR", "2026-01-01T00:00:00Z")], true),
  ];
  expect(planChoices(plans, "EUR").map((choice) => choice.version.id)).toEqual(["b1", "t2", "t1"]);
});

it("counts the last day of a subscription as a day of it", () => {
  const one = (startsOn: string, endsOn: string | null) => ({ id: startsOn, startsOn, endsOn }) as SubscriptionText;
  expect(phaseOf(one("2026-01-01", "2026-10-31"), "2026-10-31")).toBe("now");
  expect(phaseOf(one("2026-01-01", "2026-10-31"), "2026-11-01")).toBe("past");
  expect(phaseOf(one("2026-12-01", null), "2026-11-01")).toBe("later");
  expect(subscriptionNow([one("2026-01-01", null), one("2026-06-01", null)], "2026-10-31")?.id).toBe("2026-06-01");
});

it("takes cost from revenue exactly", () => {
  const month = (revenue: string, cost: string | null): CustomerMonth => ({ month: "2026-10", revenue: eur(revenue), cost: cost === null ? null : eur(cost), margin: null });
  expect(marginOf(month("9382.55", "5510.14"))).toBe("3872.41");
  expect(marginOf(month("9382.55", null))).toBeNull();
  const none = { cost: null, margin: null, loss: null, unknown: null };
  expect(piecesOf(month("9382.55", "5510.14"))).toEqual({ ...none, cost: "5510.14", margin: "3872.41" });
  // Below cost: revenue covers a part of the cost, the rest is lost.
  expect(piecesOf(month("100.00", "130.00"))).toEqual({ ...none, cost: "100.00", loss: "30.00" });
  expect(piecesOf(month("100.00", null))).toEqual({ ...none, unknown: "100.00" });
});

it("knows the neighbours of a customer", () => {
  const rows = [{ id: "a" }, { id: "b" }, { id: "c" }];
  expect(neighbours(rows, "b")).toEqual({ before: { id: "a" }, after: { id: "c" } });
  expect(neighbours(rows, "a").before).toBeNull();
  expect(neighbours(rows, "gone")).toEqual({ before: null, after: null });
});
