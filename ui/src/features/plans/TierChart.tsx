import { useTranslation } from "react-i18next";
import { PriceCurves } from "../../components/charts/PriceCurves";
import type { CurveBorder } from "../../components/charts/PriceHandle";
import { negate, type DecimalString } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import type { Border } from "./curve";
import { isTiered } from "./price";
import type { ChargeFieldsProps } from "./PriceFields";
import { limitsOf, stepped, within, type Limits } from "./snap";
import type { useCurve } from "./use-curve";

interface TierChartProps extends ChargeFieldsProps {
  curve: ReturnType<typeof useCurve>;
  unit: string;
}

/** The curves of a charge; a border that is moved changes its tier. */
export function TierChart({ charge, currency, onEdit, curve, unit }: TierChartProps) {
  const { t } = useTranslation("plans");
  const formats = useFormats();
  const { borders, users } = curve;
  const cliffs = curve.cliffs ?? [];
  const tiered = isTiered(charge.model);
  const limits = (border: Border): Limits =>
    tiered ? limitsOf(charge.tiers.map((tier) => tier.upTo), border.index) : { least: "1" as DecimalString, most: null };
  const find = (key: string) => borders.find((border) => border.key === key);

  function set(border: Border, value: DecimalString) {
    if (value === border.value) return;
    if (tiered) {
      const tier = charge.tiers[border.index];
      if (tier) onEdit({ do: "tier", charge: charge.key, tier: tier.key, part: { upTo: value } });
    } else onEdit({ do: "charge", charge: charge.key, part: { pack: { ...charge.pack, size: value } } });
  }

  const words = (quantity: string) => (unit === "" ? t("editor.units", { quantity }) : `${quantity} ${unit}`);
  const drawn = borders.map((border): CurveBorder => {
    const cliff = cliffs.find((one) => one.border.key === border.key && one.border.at === border.at);
    const quantity = formats.quantity(border.value);
    return {
      key: border.key,
      value: border.value,
      at: border.at,
      label: quantity,
      name: tiered ? t("tier.upToOf", { number: border.index + 1 }) : t("package.size"),
      valueText: words(quantity),
      ...limits(border),
      cliff: cliff ? t("cliff.mark", { amount: formats.moneyShort(negate(cliff.drop), currency) }) : null,
    };
  });
  const people = users.map((tier) => ({ ...tier, label: t("customers", { count: tier.count }) }));
  const perTier = tiered ? people.map((tier, index) => t("editor.tierUsers", { number: index + 1, customers: tier.label })).join(" ") : "";
  const month = curve.month === null ? "" : formats.month(curve.month);
  return (
    <PriceCurves
      domain={curve.domain}
      points={curve.points}
      borders={drawn}
      customers={curve.customers.map((row) => row.quantity)}
      tiers={tiered ? people : []}
      topPrice={curve.top}
      words={{
        summary: [t("editor.summary", { cliffs: t("cliff.count", { count: cliffs.length }) }), perTier].filter(Boolean).join(" "),
        unitPrice: t("editor.unitPrice"),
        total: t("editor.total"),
        customers: curve.customers.length === 0 ? t("editor.noCustomers") : t("editor.customers", { month }),
        quantity: t("editor.quantity"),
      }}
      formatMoney={(value) => formats.unitPrice(value, currency)}
      formatTick={(value) => formats.moneyShort(value, currency)}
      formatPrice={(value) => formats.unitPrice(value, currency)}
      formatQuantity={formats.quantityShort}
      head={<span className="muted small">{t("editor.hint")}</span>}
      onMove={(key, move) => {
        const border = find(key);
        if (border) set(border, stepped(border.value, move, limits(border)));
      }}
      onDrag={(key, value) => {
        const border = find(key);
        if (border) set(border, within(value as DecimalString, limits(border)));
      }}
      onHold={curve.hold}
    />
  );
}
