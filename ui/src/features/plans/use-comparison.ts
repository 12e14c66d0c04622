import { useState } from "react";
import type { ChargeCompareReply, ChargeCompareRequest, MeterUsageRow } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import type { DecimalString } from "../../lib/decimal";
import { unnamed } from "./curve";
import { isPriced } from "../../app/pricing/document";
import { writeCharge, type ChargeDraft } from "../../app/pricing/charge";
import type { PublishedCharge } from "./published";
import { usePaused } from "./use-paused";

const PAUSE = 60;

interface ComparisonOptions {
  charge: ChargeDraft;
  currency: string;
  published: PublishedCharge | null;
  rows: readonly MeterUsageRow[];
  unitCost: DecimalString | null;
}

/** What the edit would mean for what customers really used: reckoned by the program. */
export function useComparison({ charge, currency, published, rows, unitCost }: ComparisonOptions) {
  const before = published !== null && isPriced(published.charge) ? published.charge : null;
  const now: ChargeCompareRequest = {
    charge: unnamed(writeCharge(charge)),
    before: before && unnamed(before),
    currency,
    customers: rows.map(({ quantity, cost }) => ({ quantity, cost })),
    unitCost,
    quantities: [],
  };
  const asked = usePaused(JSON.stringify(now), PAUSE);
  const request = JSON.parse(asked) as ChargeCompareRequest;
  const reply = useCommand("charge_compare", request, { enabled: isPriced(request.charge), keepPrevious: true, brief: true });
  // While a number cannot stand as it is, the figures of before stay beside the curve of before.
  const [good, setGood] = useState<ChargeCompareReply | null>(null);
  if (reply.data && reply.data !== good) setGood(reply.data);
  return reply.data ?? good;
}
