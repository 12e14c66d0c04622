import type { ChargeDraft, InnerEdit, PartEdit } from "./charge";
import { innerPrice, innerPrices } from "./inside";
import type { PriceDraft } from "./price";

/** Fields that are gone or start anew hold nothing unreadable any more: of a charge, or of a price inside it, whose fields begin with `start`. */
export function keptOf(charge: ChargeDraft, start: string, problems: readonly string[], action: PartEdit | InnerEdit): readonly string[] {
  const without = (gone: string) => problems.filter((field) => !field.startsWith(gone));
  switch (action.do) {
    case "inner": {
      const inner = innerPrice(charge, action.slot);
      return inner === null ? problems : keptOf({ ...charge, ...inner }, `${start}${action.slot}.`, problems, action.action);
    }
    case "put":
      // A field keeps what cannot be read as long as its value stays.
      return problems.filter((field) => {
        if (!field.startsWith(start)) return true;
        const name = field.slice(start.length);
        return fieldValue(charge, name) === fieldValue(action.value, name);
      });
    case "removeTier": {
      // The limit of the tier that becomes the last one is no field any more.
      const last = charge.tiers.filter((tier) => tier.key !== action.tier).at(-1);
      return without(`${start}${action.tier}.`).filter((field) => field !== `${start}${last?.key}.upTo`);
    }
    case "charge": {
      if ((["kind", "model", "meter"] as const).some((name) => name in action.part)) return without(start);
      // A value that is gone takes its price along.
      const slots = (price: PriceDraft) => innerPrices(price).map(({ slot }) => slot);
      const gone = slots(charge).filter((slot) => !slots({ ...charge, ...action.part }).includes(slot));
      return problems.filter((field) => !gone.some((slot) => field.startsWith(`${start}${slot}.`)));
    }
    case "addTier":
    case "splitTier":
    case "tier":
      return problems;
  }
}

const PACK_FIELDS: Partial<Record<string, keyof PriceDraft["pack"]>> = { package_size: "size", package_price: "price", free_units: "freeUnits" };

/** The value of a field of tiers or packages, by its name among the problems; null for any other. */
function fieldValue(charge: ChargeDraft, name: string): string | null {
  const [first = "", part] = name.split(".");
  const pack = PACK_FIELDS[first];
  if (pack) return charge.pack[pack];
  if (part === undefined) return null;
  const inner = innerPrices(charge).find(({ slot }) => slot === first);
  if (inner) return fieldValue({ ...charge, ...inner.inner }, name.slice(first.length + 1));
  const tier = charge.tiers.find((one) => String(one.key) === first);
  // The last tier has no field for a limit.
  if (!tier || (part === "upTo" && tier === charge.tiers.at(-1))) return "no field";
  return tier[part as "upTo"];
}
