import { ApiError, type Issue } from "../../ipc/errors";
import type { FakeContext, FakeHandlers } from "../../ipc/fake";
import type {
  CreditEntryText,
  CreditGrantCreateRequest,
  CreditGrantListRequest,
  CreditGrantText,
  CreditGrantVoidRequest,
  CreditScopeText,
  DecimalString,
} from "../../ipc/generated/types";
import { isZero, negate, sign, sum } from "../../lib/decimal";

const TODAY = "2026-11-23";
const d = (text: string) => text as DecimalString;

interface Book {
  grants: (CreditGrantText & { customerId: string })[];
  entries: (CreditEntryText & { customerId: string })[];
}

const SCOPES: readonly CreditScopeText[] = [
  { name: "meter:model_calls", label: "" },
  { name: "meter:input_tokens", label: "" },
  { name: "meter:output_tokens", label: "" },
  { name: "meter:total_tokens", label: "" },
  { name: "meter:mtr_1", label: "Agent runs" },
  { name: "model:openai/gpt-5", label: "openai/gpt-5" },
];

function book(context: FakeContext): Book {
  if (!context.memory.has("credit")) context.memory.set("credit", sample());
  return context.memory.get("credit") as Book;
}

/** One customer has bought credit and used some of it; the others have none. */
function sample(): Book {
  const eur = (amount: string) => ({ amount: d(amount), currency: "EUR" });
  const grant = {
    customerId: "c-1027",
    id: "grt-1",
    kind: "paid" as const,
    amount: eur("5000.00"),
    left: eur("1890.40"),
    used: eur("3109.60"),
    expired: eur("0.00"),
    voided: eur("0.00"),
    priority: 50,
    effectiveAt: "2026-09-01T00:00:00Z",
    firstDay: "2026-09-01",
    expiresAt: "2027-03-01T00:00:00Z",
    lastDay: "2027-02-28",
    createdAt: "2026-09-01T08:00:00Z",
    scope: [],
    tax: "pre_tax" as const,
    note: "Order 4711",
    state: "active" as const,
  };
  const entry = (sequence: string, day: string, kind: "granted" | "used", amount: string, balance: string) => ({
    customerId: "c-1027",
    sequence,
    at: `${day}T08:00:00Z`,
    day,
    kind,
    grantId: "grt-1",
    amount: eur(amount),
    balance: eur(balance),
    invoiceId: kind === "used" ? "i-c-1027-2026-09" : null,
    invoiceNumber: kind === "used" ? "HS-2026-0447" : null,
    invoiceMonth: kind === "used" ? "2026-09" : null,
    note: "",
  });
  return {
    grants: [grant],
    entries: [entry("2", "2026-10-02", "used", "-3109.60", "1890.40"), entry("1", "2026-09-01", "granted", "5000.00", "5000.00")],
  };
}

/** The faults of the real program that the form shows. */
function faults(request: CreditGrantCreateRequest): Issue[] {
  const found: Issue[] = [];
  const fault = (path: string, code: string, params = {}) => found.push({ path, code, params });
  if (request.amount === "") fault("amount", "required");
  else if (sign(request.amount) <= 0) fault("amount", "not_above_zero");
  const priority = Number(request.priority ?? "50");
  if (priority < 0) fault("priority", "negative");
  if (priority > 100) fault("priority", "too_large");
  const start = request.effectiveAt ?? TODAY;
  if (request.expiresAt && request.expiresAt < start) fault("expiresAt", "before_start", { start });
  return found;
}

const balanceOf = (all: Book, customerId: string) =>
  sum(all.grants.filter((one) => one.customerId === customerId && one.state === "active").map((one) => one.left.amount));

function enter(all: Book, grant: CreditGrantText & { customerId: string }, kind: "granted" | "voided", amount: DecimalString, note: string) {
  const { currency } = grant.amount;
  all.entries.unshift({
    customerId: grant.customerId,
    sequence: `${all.entries.length + 1}`,
    at: `${TODAY}T10:00:00Z`,
    day: TODAY,
    kind,
    grantId: grant.id,
    amount: { amount, currency },
    balance: { amount: balanceOf(all, grant.customerId), currency },
    invoiceId: null,
    invoiceNumber: null,
    invoiceMonth: null,
    note,
  });
}

export const fakeCredit: FakeHandlers = {
  credit_grant_list: ({ customerId, at }: CreditGrantListRequest, context) => {
    const all = book(context);
    const grants = all.grants.filter((one) => one.customerId === customerId);
    const entries = all.entries.filter((one) => one.customerId === customerId);
    const then = entries.find((entry) => entry.day <= (at ?? TODAY));
    const zero = { amount: d("0.00"), currency: grants[0]?.amount.currency ?? "EUR" };
    return { at: `${at ?? TODAY}T10:00:00Z`, balance: then?.balance ?? zero, grants, entries, scopes: [...SCOPES] };
  },
  credit_grant_create: (request: CreditGrantCreateRequest, context) => {
    const issues = faults(request);
    if (issues.length > 0) throw new ApiError({ code: "invalid", issues });
    const all = book(context);
    const money = (amount: string) => ({ amount: d(amount), currency: request.currency });
    const firstDay = request.effectiveAt ?? TODAY;
    const grant = {
      customerId: request.customerId,
      id: `grt-${all.grants.length + 1}`,
      kind: request.kind,
      amount: money(request.amount),
      left: money(request.amount),
      used: money("0.00"),
      expired: money("0.00"),
      voided: money("0.00"),
      priority: Number(request.priority ?? "50"),
      effectiveAt: `${firstDay}T00:00:00Z`,
      firstDay,
      expiresAt: request.expiresAt && `${request.expiresAt}T23:00:00Z`,
      lastDay: request.expiresAt,
      createdAt: `${TODAY}T10:00:00Z`,
      scope: SCOPES.filter((scope) => request.scope.includes(scope.name)),
      tax: request.tax,
      note: request.note,
      state: firstDay > TODAY ? ("coming" as const) : ("active" as const),
    };
    all.grants.push(grant);
    enter(all, grant, "granted", grant.amount.amount, "");
    return { id: grant.id };
  },
  credit_grant_void: ({ id, reason }: CreditGrantVoidRequest, context) => {
    const all = book(context);
    const at = all.grants.findIndex((one) => one.id === id);
    const grant = all.grants[at];
    if (!grant || isZero(grant.left.amount)) throw new ApiError({ code: "refused", params: { reason: "no_credit_left" } });
    const none = { amount: d("0.00"), currency: grant.left.currency };
    all.grants[at] = { ...grant, left: none, voided: grant.left, state: "voided" };
    enter(all, grant, "voided", negate(grant.left.amount), reason);
    return { id };
  },
};
