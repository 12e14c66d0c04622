import type { InboxItem, InboxKind } from "../../../ipc/generated/types";
import { splitModel } from "../model";

/** The piles of the top bar: what to do differs between them. */
export type Pile = "unpriced" | "unmapped" | "late" | "other";

export const PILES: readonly Pile[] = ["unmapped", "unpriced", "late", "other"];

const PILE_OF: Record<InboxKind, Pile> = {
  unknown_customer: "unmapped",
  unknown_model: "unmapped",
  no_price: "unpriced",
  no_value: "unpriced",
  no_price_for_value: "unpriced",
  no_exchange_rate: "unpriced",
  late_usage: "late",
  no_subscription: "other",
  conflict: "other",
  below_cost: "other",
  not_followed: "other",
  old_prices: "other",
};

/** Kinds in the order in which they are best resolved: names first, then prices, then the rest. */
export const KINDS: readonly InboxKind[] = [
  "unknown_customer",
  "unknown_model",
  "no_price",
  "no_value",
  "no_price_for_value",
  "no_exchange_rate",
  "no_subscription",
  "late_usage",
  "conflict",
  "below_cost",
  "not_followed",
  "old_prices",
];

export interface InboxSearch {
  show?: Pile;
  at?: string;
}

export function readInboxSearch(raw: Record<string, unknown>): InboxSearch {
  const search: InboxSearch = {};
  if (PILES.includes(raw.show as Pile)) search.show = raw.show as Pile;
  if (typeof raw.at === "string") search.at = raw.at;
  return search;
}

export function pileCounts(items: readonly InboxItem[]): Record<Pile, number> {
  const counts: Record<Pile, number> = { unpriced: 0, unmapped: 0, late: 0, other: 0 };
  for (const item of items) counts[PILE_OF[item.kind]] += 1;
  return counts;
}

export function itemKey(item: InboxItem): string {
  return [item.kind, item.subject, item.detail].join("|");
}

export interface KindGroup {
  kind: InboxKind;
  items: InboxItem[];
}

/** Items by kind; inside a kind as they came, most events first. */
export function grouped(items: readonly InboxItem[], show: Pile | undefined): KindGroup[] {
  return KINDS.filter((kind) => show === undefined || PILE_OF[kind] === show)
    .map((kind) => ({ kind, items: items.filter((item) => item.kind === kind) }))
    .filter((group) => group.items.length > 0);
}

/** Provider and model of an item about a model. */
export function modelOf(item: InboxItem): { provider: string; model: string } {
  return splitModel(item.subject);
}

/** The two currencies of `EUR/USD`. */
export function pairOf(item: InboxItem): { base: string; quote: string } {
  const [base = "", quote = ""] = item.subject.split("/");
  return { base, quote };
}

/** What an item is called: the customer where its subject is an id or a number. */
export function itemName(item: InboxItem): string {
  const byDetail = item.kind === "late_usage" || item.kind === "no_subscription";
  return (byDetail && item.detail) || item.subject;
}

/** What the price book shows of an item about a price: the cell, among those that it is about. */
export interface PriceGoal {
  model?: string;
  dimension?: string;
  search?: string;
  provider?: string;
  show?: "all" | "used" | "below_cost";
  view?: "cost" | "sell" | "margin";
}

/** Where in the price book an item is resolved; null where it is not there. */
export function priceGoal({ kind, subject, detail }: InboxItem): PriceGoal | null {
  const cell = { model: subject, dimension: detail || undefined };
  switch (kind) {
    // The provider's price is entered where costs are shown.
    case "no_price":
      return { ...cell, view: "cost" };
    case "below_cost":
      return { ...cell, show: "below_cost", view: "margin" };
    case "not_followed":
      return { ...cell, view: "sell" };
    case "old_prices":
      return { provider: subject, show: "used", view: "cost" };
    default:
      return null;
  }
}
