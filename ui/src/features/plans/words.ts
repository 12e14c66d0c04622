import i18next from "i18next";
import { useTranslation } from "react-i18next";
import type { ChargeText, MeterText } from "../../ipc/generated/types";
import { readPrice } from "../../app/pricing/document";
import type { Step } from "./history";
import { isBuiltIn } from "../../app/pricing/charge";

/** What a charge counts, in words; a meter that is gone keeps its id. */
export function meterName(meter: string | null, own: readonly MeterText[]): string {
  if (meter === null) return "";
  if (isBuiltIn(meter)) return i18next.t(`plans:meter.${meter}`);
  return own.find((one) => one.id === meter)?.name ?? meter;
}

/** The kind of a charge in a few words. */
export function kindWords(charge: ChargeText): string {
  if (charge.kind === "recurring_fee") return i18next.t(`plans:timing.${charge.timing ?? "arrears"}`);
  if (charge.kind !== "usage") return i18next.t(`plans:kind.${charge.kind}`);
  return i18next.t(`plans:model.${readPrice(charge).model}`);
}

/** A step of the tier editor in a few words: `price of tier 2`. */
export function useStepWords(): (step: Step) => string {
  const { t } = useTranslation("plans");
  return ({ word, tier }) => t(`step.word.${word}`, { number: tier });
}

/** A quantity of an event as people call it: `custom:pages` are pages. */
export const quantityName = (quantity: string) => quantity.replace(/^custom:/, "").replaceAll("_", " ");
