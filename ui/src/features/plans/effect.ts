import type { ChargeCompareReply, ComparedText, MeterUsageRow } from "../../ipc/generated/types";
import { abs, compare, isZero, sign } from "../../lib/decimal";

/** A customer with what the edit would mean for them. */
export interface Affected {
  row: MeterUsageRow;
  result: ComparedText;
}

/** Customers with their results; nobody while the reply is one for others. */
export function affectedOf(rows: readonly MeterUsageRow[], reply: ChargeCompareReply | null): Affected[] {
  if (reply === null || reply.rows.length !== rows.length) return [];
  return rows.flatMap((row, index) => {
    const result = reply.rows[index];
    return result ? [{ row, result }] : [];
  });
}

const sizeOf = ({ result }: Affected) => abs((result.change ?? result.after).amount);

/** Those who change most first; with nothing to compare, those who pay most. */
export function largest(all: readonly Affected[], most: number): Affected[] {
  const changing = all.filter(({ result }) => result.change === null || !isZero(result.change.amount));
  return changing.toSorted((a, b) => compare(sizeOf(b), sizeOf(a))).slice(0, most);
}

export function wayOf({ result }: Affected): "less" | "more" | "same" | null {
  if (result.change === null) return null;
  const way = sign(result.change.amount);
  return way < 0 ? "less" : way > 0 ? "more" : "same";
}

/** The one who falls deepest or rises highest; null when nobody does. */
export function furthest(all: readonly Affected[], way: "less" | "more"): Affected | null {
  return largest(all.filter((one) => wayOf(one) === way), 1)[0] ?? null;
}
