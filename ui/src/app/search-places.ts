import { Boxes, Layers, ReceiptText, Users, type LucideIcon } from "lucide-react";
import type { SearchHit } from "../ipc/generated/types";

export type HitKind = "model" | "customer" | "invoice" | "plan";

/** Kinds in the order in which the palette lists them. */
export const HIT_KINDS: readonly HitKind[] = ["model", "customer", "invoice", "plan"];

export const HIT_ICONS: Record<HitKind, LucideIcon> = {
  model: Boxes,
  customer: Users,
  invoice: ReceiptText,
  plan: Layers,
};

/** The address of a hit, as the features' routes read it. */
export function placeOf(hit: SearchHit): string {
  const id = encodeURIComponent(hit.id);
  switch (hit.kind as HitKind) {
    case "model":
      return `/prices?model=${id}`;
    case "customer":
      return `/customers/${id}`;
    case "invoice":
      return `/invoices?invoice=${id}`;
    case "plan":
      return `/plans?plan=${id}`;
  }
}
