import type { ChargeAction, PartEdit } from "./charge";
import type { ChargeFieldsProps } from "./fields";
import type { PriceDraft } from "./price";

/** Where a price stands inside another: that of each bucket, of one value, of all other values. */
export type Slot = "base" | "fallback" | `line${number}`;

export const lineSlot = (key: number): Slot => `line${key}`;
const isOf = (slot: Slot) => (line: { key: number }) => lineSlot(line.key) === slot;

export function innerPrice(price: PriceDraft, slot: Slot): PriceDraft | null {
  if (slot === "base") return price.base;
  if (slot === "fallback") return price.fallback;
  return price.lines.find(isOf(slot))?.price ?? null;
}

/** What becomes of the price around it. */
export function withInner({ lines }: PriceDraft, slot: Slot, inner: PriceDraft): Partial<PriceDraft> {
  if (slot === "base") return { base: inner };
  if (slot === "fallback") return { fallback: inner };
  return { lines: lines.map((line) => (isOf(slot)(line) ? { ...line, price: inner } : line)) };
}

/** Its place in a price document: `lines[2].price`. */
function pathOf({ lines }: PriceDraft, slot: Slot): string {
  if (slot === "base") return "base";
  return slot === "fallback" ? "default" : `lines[${lines.findIndex(isOf(slot))}].price`;
}

/** All prices inside a price that the form shows, with their places. */
export function innerPrices(price: PriceDraft): { slot: Slot; path: string; inner: PriceDraft }[] {
  const slots: Slot[] =
    price.model === "bucketed" ? ["base"] : price.model === "line_sum" ? [...price.lines.map((line) => lineSlot(line.key)), "fallback"] : [];
  return slots.flatMap((slot) => {
    const inner = innerPrice(price, slot);
    return inner === null ? [] : [{ slot, path: pathOf(price, slot), inner }];
  });
}

const ON_PARTS: readonly ChargeAction["do"][] = ["charge", "addTier", "splitTier", "put", "tier", "removeTier"];
const isPartEdit = (action: ChargeAction): action is PartEdit => ON_PARTS.includes(action.do);

/** What the fields of a price inside the price get: they edit it as if it were the charge's own. */
export function fieldsInside(of: ChargeFieldsProps, slot: Slot): ChargeFieldsProps | null {
  const { charge, inside = "", onEdit } = of;
  const inner = innerPrice(charge, slot);
  if (inner === null) return null;
  return {
    ...of,
    charge: { ...charge, ...inner },
    inside: `${inside}${pathOf(charge, slot)}.`,
    onEdit: (action) => {
      if (action.do === "problem") onEdit({ ...action, field: `${charge.key}.${slot}.${action.field.slice(`${charge.key}.`.length)}` });
      else if (isPartEdit(action)) onEdit({ do: "inner", charge: charge.key, slot, action });
    },
  };
}
