import type { AgreedText, ChargeText, PlanText, PlanVersionText } from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";

/** Nothing is agreed beyond plan and days. */
export const nothingAgreed = (): AgreedText => ({ since: null, seats: [] });

export const isUsage = (charge: ChargeText | undefined) => charge?.kind === "usage";

/** A price per unit, as a charge has it. */
export function perUnit(unitPrice: DecimalString): ChargeText {
  return {
    name: "",
    kind: "usage",
    amount: null,
    timing: null,
    meter: null,
    model: "per_unit",
    unitPrice,
    tiers: null,
    chargeFlatAtZero: null,
    markup: null,
    document: null,
  };
}

/** The version with an id, of whatever plan. */
export function versionOf(plans: readonly PlanText[], id: string | null): PlanVersionText | null {
  return plans.flatMap((plan) => plan.versions).find((version) => version.id === id) ?? null;
}

/** Whether some fee of a version is charged for each seat. */
export const sellsSeats = (version: PlanVersionText | null) => version?.charges.some((charge) => charge.perSeat === true) ?? false;

/** Whether a fault stands at a field of what is agreed. */
export const AGREED_FIELDS = ["seats", "seats[*", "overrides[*", "phasesFrom", "since"];
