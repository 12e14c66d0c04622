import { useState } from "react";
import { axisSamples, linearAxis, type Axis } from "../../components/charts/axis";
import { logDomain } from "../../components/charts/log";
import type { ApiError } from "../../ipc/errors";
import type { ChargeQuoteRequest, MeterLeftOut, MeterUsageRow, QuoteText } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { bordersOf, cliffsOf, curveQuantities, drawnPrice, isConverted, topPrice, unnamed, usersOf, type Cliff } from "./curve";
import { isPriced, readPrice } from "../../app/pricing/document";
import { countsTokens, writeCharge, type ChargeDraft } from "../../app/pricing/charge";
import type { PublishedCharge } from "./published";
import { usePaused } from "./use-paused";

const SAMPLES = 90;
/** As short as an eye takes: a drag asks again at each rest of the hand. */
const PAUSE = 60;
/** Faults are told when the hand rests: who types 20000 has typed 2 before. */
const REST = 400;
const NOBODY: MeterUsageRow[] = [];
const NOTHING: QuoteText[] = [];
const NO_ONE: MeterLeftOut[] = [];

interface Held {
  axis: Axis;
  top: string;
}

/** Everything that the curves show of a charge. All amounts are quoted by the program, in one call. */
export function useCurve(charge: ChargeDraft, currency: string, published: PublishedCharge | null, kind: Axis["kind"]) {
  const used = useCommand("meter_usage", { meter: charge.meter ?? "", month: null, currency }, { enabled: charge.meter !== null });
  // A converted quantity is in another unit than what customers used.
  const converted = isConverted(charge);
  const rows = used.data?.rows ?? NOBODY;
  const customers = converted ? NOBODY : rows;
  const borders = bordersOf(charge);
  const old = published ? readPrice(published.charge) : null;
  // A curve over another unit cannot be laid beside this one.
  const comparable = published !== null && old !== null && isPriced(published.charge) && !converted && !isConverted(old) ? published.charge : null;
  const [held, setHeld] = useState<Held | null>(null);
  const around = [...borders.map((border) => border.at), ...customers.map((row) => row.quantity)];
  const log: Axis = { kind: "log", ...logDomain(around, countsTokens(charge.meter) ? "1000000" : "1000") };
  // The axis stands still under a hand that drags.
  const axis = held?.axis ?? (kind === "log" ? log : linearAxis(around, log));

  const text = unnamed(writeCharge({ ...charge, ...drawnPrice(charge) }));
  const corners = [...borders, ...(comparable && old ? bordersOf(old) : [])];
  const quantities = curveQuantities(axisSamples(axis, SAMPLES), corners, customers);
  const now = JSON.stringify({ charge: text, currency, quantities });
  const asked = usePaused(now, PAUSE);
  const request = JSON.parse(asked) as ChargeQuoteRequest;
  // A price that is not whole is asked for too: what is missing is named at its field.
  const reply = useCommand("charge_quote", request, { enabled: request.charge.model !== "cost_plus", keepPrevious: true, brief: true });
  const ghost = useCommand("charge_quote", { ...request, charge: comparable ?? request.charge }, { enabled: comparable !== null, keepPrevious: true, brief: true });
  // While a number cannot stand as it is, the curve of before stays.
  const [good, setGood] = useState<readonly QuoteText[]>(NOTHING);
  if (reply.data && reply.data.quotes !== good) setGood(reply.data.quotes);
  const quotes = reply.data?.quotes ?? good;
  // What is said about cliffs holds for the quotes that it was found in: it stays until the next ones are there.
  const isSettled = asked === now && reply.data !== undefined && !reply.isPlaceholderData;
  const [known, setKnown] = useState<ApiError | null>(null);
  if (asked === now && (isSettled || reply.error) && reply.error !== known) setKnown(reply.error);
  const rested = usePaused(known, REST);
  const found = isSettled ? cliffsOf(borders, quotes, customers) : null;
  const [cliffs, setCliffs] = useState<Cliff[] | null>(null);
  if (found && JSON.stringify(found) !== JSON.stringify(cliffs)) setCliffs(found);
  const top = held?.top ?? topPrice(charge, quotes);
  return {
    axis,
    hold: (isHeld: boolean) => setHeld(isHeld ? { axis, top } : null),
    borders,
    customers,
    /** Also of a converted charge: what was used, as it was counted. */
    rows,
    leftOut: used.data?.leftOut ?? NO_ONE,
    unitCost: converted ? null : (used.data?.unitCost ?? null),
    converted,
    month: used.data?.month ?? null,
    points: pointsOf(quotes),
    before: comparable ? pointsOf(ghost.data?.quotes ?? []) : null,
    /** Null as long as nothing is known. */
    cliffs: isPriced(text) ? cliffs : null,
    users: usersOf(borders, customers),
    top,
    isMissing: !isPriced(text),
    error: known && rested,
  };
}

const pointsOf = (quotes: readonly QuoteText[]) => quotes.map(({ quantity, exact }) => ({ quantity, total: exact }));
