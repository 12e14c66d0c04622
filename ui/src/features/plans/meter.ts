import type { AggregationWord, MeterText } from "../../ipc/generated/types";

/** How a meter counts, the plainest first. */
export const AGGREGATIONS = ["count", "sum", "unique_count", "max", "min", "average", "latest", "weighted_sum"] as const satisfies readonly AggregationWord[];

/** Whether a value of each event is looked at. */
export const hasValue = (aggregation: AggregationWord) => aggregation !== "count" && aggregation !== "unique_count";

/** With only what its way of counting uses: a formula or a quantity, never both. */
export function asCounted(meter: MeterText): MeterText {
  const { aggregation, formula } = meter;
  const computes = hasValue(aggregation) && formula !== null && formula !== undefined;
  return {
    ...meter,
    quantity: hasValue(aggregation) && !computes ? meter.quantity : null,
    formula: computes ? formula : null,
    key: aggregation === "unique_count" ? (meter.key ?? "") : null,
  };
}
