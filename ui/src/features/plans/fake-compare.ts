import type { ChargeCompareReply, ChargeCompareRequest, ComparedText, MovedText } from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";
import { readPrice } from "../../app/pricing/document";
import { quote } from "./fake-price";
import { isTiered } from "../../app/pricing/price";

const text = (value: number, places: number) => value.toFixed(places) as DecimalString;
const marginOf = (amount: number, cost: number | null) => (cost === null || amount === 0 ? null : text(((amount - cost) / amount) * 100, 1));

/** What the real program would answer to a change of a price, as near as binary numbers come. */
export function compared(request: ChargeCompareRequest): ChargeCompareReply {
  const { charge, before, currency, customers, unitCost, quantities } = request;
  const money = (value: number) => ({ amount: text(value, 2), currency });
  const result = (now: number, old: number | null, cost: number | null): ComparedText => ({
    before: old === null ? null : money(old),
    after: money(now),
    change: old === null ? null : money(now - old),
    cost: cost === null ? null : money(cost),
    marginBefore: old === null ? null : marginOf(old, cost),
    margin: marginOf(now, cost),
  });
  const price = (of: typeof charge, quantity: DecimalString) => Number(quote(of, currency, quantity, false).amount.amount);
  const row = (quantity: DecimalString, cost: number | null) => ({ now: price(charge, quantity), old: before && price(before, quantity), cost });
  const rows = customers.map((used) => row(used.quantity, used.cost === null ? null : Number(used.cost)));
  const sum = (values: readonly (number | null)[]) =>
    values.some((value) => value === null) ? null : values.reduce<number>((all, value) => all + (value ?? 0), 0);
  const changes = rows.map(({ now, old }) => (old === null ? 0 : now - old));
  const moved = (way: 1 | -1): MovedText => {
    const own = changes.filter((change) => change * way > 0.004).toSorted((a, b) => a - b);
    const middle = own[Math.floor(own.length / 2)];
    return { count: own.length, median: middle === undefined ? null : money(middle) };
  };
  const cost = rows.length === 0 ? null : sum(rows.map((one) => one.cost));
  const below = (amount: (one: (typeof rows)[number]) => number | null) =>
    cost === null ? null : rows.filter((one) => (amount(one) ?? 0) < (one.cost ?? 0)).length;
  const tiers = readPrice(charge);
  return {
    rows: rows.map(({ now, old, cost: own }) => result(now, old, own)),
    total: result(sum(rows.map((one) => one.now)) ?? 0, before && sum(rows.map((one) => one.old)), cost),
    less: moved(-1),
    more: moved(1),
    belowCostBefore: before ? below((one) => one.old) : null,
    belowCost: below((one) => one.now),
    tried: quantities.map((quantity) => {
      const { now, old } = row(quantity, null);
      return result(now, old, unitCost === null ? null : Number(unitCost) * Number(quantity));
    }),
    tierMargins: isTiered(tiers.model) ? tiers.tiers.map((tier) => marginOf(Number(tier.unitPrice), unitCost === null ? null : Number(unitCost))) : [],
  };
}
