import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Percent, Quantity } from "../../components/Quantity";
import { UnitPrice } from "../../components/UnitPrice";
import { places } from "../../lib/decimal";
import { pricesQuantity, type PriceDraft } from "../../app/pricing/price";

export interface FactItem {
  key: string;
  value: ReactNode;
}

/** Every term that is agreed, in words. */
export function useTermFacts(price: PriceDraft, currency: string): FactItem[] {
  const { t } = useTranslation("plans");
  const { terms } = price;
  const money = (value: string) => <UnitPrice value={value} currency={currency} />;
  const items: (FactItem | false)[] = [
    terms.included !== null && pricesQuantity(price.model) && { key: t("terms.included"), value: <Quantity value={terms.included} /> },
    terms.multiplyBy !== null && { key: t("terms.multiplyBy"), value: <Quantity value={terms.multiplyBy} /> },
    terms.divideBy !== null && { key: t("terms.divideBy"), value: <Quantity value={terms.divideBy} /> },
    terms.round !== "none" && { key: t("terms.rounding"), value: t(`terms.round.${terms.round}`) },
    terms.places !== null && { key: t("terms.places"), value: <Quantity value={terms.places} /> },
    terms.commitment === "amount" && terms.commitmentSize !== null && { key: t("terms.committed.amount"), value: money(terms.commitmentSize) },
    terms.commitment === "quantity" && { key: t("terms.committed.quantity"), value: <Quantity value={terms.commitmentSize} /> },
    terms.overageFactor !== null && { key: t("terms.overageFactor"), value: <Quantity value={terms.overageFactor} /> },
    terms.commitment !== "none" && { key: t("terms.unused"), value: t(terms.trueUp ? "terms.unusedCharged" : "terms.unusedFree") },
    terms.discountPercent !== null && {
      key: t("terms.discount"),
      value: <Percent value={terms.discountPercent} places={places(terms.discountPercent)} />,
    },
    terms.maximum !== null && { key: t("terms.maximum"), value: money(terms.maximum) },
    terms.minimum !== null && { key: t("terms.minimum"), value: money(terms.minimum) },
    terms.discountAmount !== null && { key: t("terms.discountAmount"), value: money(terms.discountAmount) },
  ];
  return items.filter((item) => item !== false);
}
