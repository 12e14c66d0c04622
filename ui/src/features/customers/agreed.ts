import type { AgreedText, PlanText, PlanVersionText } from "../../ipc/generated/types";

/** Nothing is agreed beyond plan and days. */
export const nothingAgreed = (): AgreedText => ({ since: null, seats: [] });

/** The version with an id, of whatever plan. */
export function versionOf(plans: readonly PlanText[], id: string | null): PlanVersionText | null {
  return plans.flatMap((plan) => plan.versions).find((version) => version.id === id) ?? null;
}

/** Whether some fee of a version is charged for each seat. */
export const sellsSeats = (version: PlanVersionText | null) => version?.charges.some((charge) => charge.perSeat === true) ?? false;

/** Whether a fault stands at a field of what is agreed. */
export const AGREED_FIELDS = ["seats", "seats[*", "overrides[*", "phasesFrom", "since"];
