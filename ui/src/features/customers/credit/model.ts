import type {
  CreditEntryText,
  CreditGrantCreateRequest,
  CreditGrantText,
  CreditKind,
  CreditScopeText,
  CreditState,
  CreditTaxWord,
  CustomerText,
} from "../../../ipc/generated/types";
import { isZero, type DecimalString } from "../../../lib/decimal";
import type { DateString } from "../../../lib/dates";

/** A grant being written. */
export interface GrantDraft {
  amount: DecimalString | null;
  kind: CreditKind;
  tax: CreditTaxWord;
  firstDay: DateString | null;
  lastDay: DateString | null;
  priority: DecimalString | null;
  scope: readonly string[];
  note: string;
}

export function newGrant(firstDay: DateString): GrantDraft {
  return { amount: null, kind: "paid", tax: "pre_tax", firstDay, lastDay: null, priority: null, scope: [], note: "" };
}

/** Paths of the request that the form shows a fault at. */
export const SHOWN_PATHS = ["amount", "priority", "effectiveAt", "expiresAt", "scope*", "note"] as const;

/** The request as it is sent: empty fields stay empty, the program names what is missing. */
export function requestOf(draft: GrantDraft, customer: Pick<CustomerText, "id" | "currency">): CreditGrantCreateRequest {
  return {
    customerId: customer.id,
    amount: draft.amount ?? "",
    currency: customer.currency,
    kind: draft.kind,
    priority: draft.priority,
    effectiveAt: draft.firstDay,
    expiresAt: draft.lastDay,
    scope: [...draft.scope],
    tax: draft.tax,
    note: draft.note,
  };
}

const ORDER: Record<CreditState, number> = { active: 0, coming: 1, ended: 2, used_up: 3, voided: 4 };

/** What can be used first, then what was; within each the newest first. */
export function inOrder(grants: readonly CreditGrantText[]): CreditGrantText[] {
  return grants.toReversed().toSorted((a, b) => ORDER[a.state] - ORDER[b.state]);
}

/** Whether anything is left to take back. */
export function canVoid(grant: CreditGrantText): boolean {
  return !isZero(grant.left.amount);
}

/** The choices that are not taken yet. */
export function openScopes(scopes: readonly CreditScopeText[], taken: readonly string[]): CreditScopeText[] {
  return scopes.filter((scope) => !taken.includes(scope.name));
}

/** The grant that an entry of the ledger belongs to. */
export function grantOf(grants: readonly CreditGrantText[], entry: CreditEntryText): CreditGrantText | undefined {
  return grants.find((grant) => grant.id === entry.grantId);
}
