import { useState } from "react";
import { logDomain, logSamples, type LogDomain } from "../../components/charts/log";
import type { ChargeQuoteRequest, MeterUsageRow } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { bordersOf, cliffsOf, curveQuantities, drawnPrice, isConverted, topPrice, unnamed, usersOf, type Cliff } from "./curve";
import { isPriced } from "./document";
import { countsTokens, writeCharge, type ChargeDraft } from "./model";
import { usePaused } from "./use-paused";

const SAMPLES = 90;
/** As short as an eye takes: a drag asks again at each rest of the hand. */
const PAUSE = 60;
const NOBODY: MeterUsageRow[] = [];

/** Everything that the curves show of a charge. All amounts are quoted by the program, in one call. */
export function useCurve(charge: ChargeDraft, currency: string) {
  const used = useCommand("meter_usage", { meter: charge.meter ?? "", month: null }, { enabled: charge.meter !== null });
  // A converted quantity is in another unit than what customers used.
  const converted = isConverted(charge);
  const customers = (!converted && used.data?.rows) || NOBODY;
  const borders = bordersOf(charge);
  const [held, setHeld] = useState<LogDomain | null>(null);
  const around = [...borders.map((border) => border.at), ...customers.map((row) => row.quantity)];
  const own = logDomain(around, countsTokens(charge.meter) ? "1000000" : "1000");
  // The axis stands still under a hand that drags.
  const domain = held ?? own;

  const text = unnamed(writeCharge({ ...charge, ...drawnPrice(charge) }));
  const now = JSON.stringify({ charge: text, currency, quantities: curveQuantities(logSamples(domain, SAMPLES), borders, customers) });
  const asked = usePaused(now, PAUSE);
  const request = JSON.parse(asked) as ChargeQuoteRequest;
  const reply = useCommand("charge_quote", request, { enabled: isPriced(request.charge), keepPrevious: true });
  const quotes = (isPriced(text) && reply.data?.quotes) || [];
  // What is said about cliffs holds for the quotes that it was found in: it stays until the next ones are there.
  const isSettled = asked === now && quotes.length > 0 && !reply.isPlaceholderData;
  const found = isSettled ? cliffsOf(borders, quotes, customers) : null;
  const [cliffs, setCliffs] = useState<Cliff[] | null>(null);
  if (found && JSON.stringify(found) !== JSON.stringify(cliffs)) setCliffs(found);
  const points = quotes.map(({ quantity, exact }) => ({ quantity, total: exact }));
  return {
    domain,
    hold: (isHeld: boolean) => setHeld(isHeld ? domain : null),
    borders,
    customers,
    converted,
    month: used.data?.month ?? null,
    points,
    /** Null as long as nothing is known. */
    cliffs: isPriced(text) ? cliffs : null,
    users: usersOf(borders, customers),
    top: topPrice(charge, quotes),
    isMissing: !isPriced(text),
    error: reply.error,
  };
}
