import { createContext, useContext } from "react";
import type { ChargeText, PlanText, PlanVersionText } from "../../ipc/generated/types";
import { type ChargeDraft } from "../../app/pricing/charge";
import { isPublished } from "./model";

/** The published version that a draft is compared with; null where none was published. */
export const PublishedContext = createContext<PlanVersionText | null>(null);

/** The newest published version of a plan: versions come newest first. */
export const newestPublished = (plan: PlanText): PlanVersionText | null => plan.versions.find(isPublished) ?? null;

export interface PublishedCharge {
  /** Of the version. */
  number: number;
  charge: ChargeText;
}

/** What a charge was before: that of the same name, else the only one of the same meter. */
export function chargeBefore(version: PlanVersionText | null, charge: ChargeDraft, currency: string): PublishedCharge | null {
  if (version === null || version.currency !== currency) return null;
  const same = version.charges.filter((one) => one.kind === "usage" && one.meter === charge.meter && one.model !== "cost_plus");
  const found = same.find((one) => one.name === charge.name) ?? (same.length === 1 ? same[0] : undefined);
  return found ? { number: version.number, charge: found } : null;
}

export const usePublished = (charge: ChargeDraft, currency: string) => chargeBefore(useContext(PublishedContext), charge, currency);
