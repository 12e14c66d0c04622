import type { ChargeAction, ChargeDraft } from "./charge";

/** What the fields of a charge, or of a price inside it, get. */
export interface ChargeFieldsProps {
  charge: ChargeDraft;
  /** Of the charge in the request: `charges[2]`. */
  path: string;
  /** Of a price inside the price, with a point at its end: `lines[1].price.`. */
  inside?: string;
  currency: string;
  error: unknown;
  /** The faults are those of the price as it is now, not of when it was saved. */
  isLive?: boolean;
  onEdit: (action: ChargeAction) => void;
}
