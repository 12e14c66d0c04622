import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { PriceCurves, type CurveLine } from "../../components/charts/PriceCurves";
import type { CurvePrice } from "../../components/charts/PriceGrip";
import type { CurveBorder, HandleMove } from "../../components/charts/PriceHandle";
import { negate, type DecimalString } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import type { Border } from "./curve";
import { wayOf, type Affected } from "./effect";
import { isTiered } from "../../app/pricing/price";
import type { ChargeFieldsProps } from "../../app/pricing/fields";
import { leastStep, limitsOf, stepped, steppedPrice, within, type Limits } from "./snap";
import type { ShownLines } from "./TierTools";
import type { useCurve } from "./use-curve";

interface TierChartProps extends ChargeFieldsProps {
  curve: ReturnType<typeof useCurve>;
  affected: readonly Affected[];
  unit: string;
  shown: ShownLines;
  /** What the published line is called; null when there is none. */
  before: string | null;
  head: ReactNode;
  onHold: (isHeld: boolean) => void;
}

const ZERO = "0" as DecimalString;

/** The curves of a charge; a border or price that is moved changes its tier. */
export function TierChart(props: TierChartProps) {
  const { charge, currency, onEdit, curve, affected, unit, shown, before, head, onHold } = props;
  const { t } = useTranslation("plans");
  const formats = useFormats();
  const { borders, users } = curve;
  const cliffs = curve.cliffs ?? [];
  const tiered = isTiered(charge.model);
  const limits = (border: Border): Limits =>
    tiered ? limitsOf(charge.tiers.map((tier) => tier.upTo), border.index) : { least: "1" as DecimalString, most: null };
  const setTier = (index: number, part: { upTo?: DecimalString; unitPrice?: DecimalString }) => {
    const tier = charge.tiers[index];
    if (tier) onEdit({ do: "tier", charge: charge.key, tier: tier.key, part });
  };
  const setPack = (part: Partial<typeof charge.pack>) => onEdit({ do: "charge", charge: charge.key, part: { pack: { ...charge.pack, ...part } } });

  function onBorder(key: string, next: (border: Border) => DecimalString) {
    const border = borders.find((one) => one.key === key);
    const value = border && next(border);
    if (!border || !value || value === border.value) return;
    if (tiered) setTier(border.index, { upTo: value });
    else setPack({ size: value });
  }
  function onPrice(key: string, next: (value: DecimalString) => DecimalString) {
    const index = charge.tiers.findIndex((tier) => String(tier.key) === key);
    const value = tiered ? charge.tiers[index]?.unitPrice : charge.pack.price;
    if (value == null || next(value) === value) return;
    if (tiered) setTier(index, { unitPrice: next(value) });
    else setPack({ price: next(value) });
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
      cliff: cliff ? formats.moneyShort(negate(cliff.drop), currency) : null,
    };
  });
  const prices = usePrices(props);
  const people = users.map((tier) => ({ ...tier, label: t("customers", { count: tier.count }) }));
  const perTier = tiered ? people.map((tier, index) => t("editor.tierUsers", { number: index + 1, customers: tier.label })).join(" ") : "";
  const month = curve.month === null ? "" : formats.month(curve.month);
  const lines: CurveLine[] = [{ key: "draft", name: t("state.draft"), points: curve.points, isShown: shown.draft }];
  if (curve.before && before !== null) lines.push({ key: "published", name: before, points: curve.before, isShown: shown.published });
  const ways = affected.map((one) => ({ quantity: one.row.quantity, way: wayOf(one) }));
  const known = ways.length === curve.customers.length ? ways : curve.customers.map((row) => ({ quantity: row.quantity, way: null }));
  return (
    <PriceCurves
      axis={curve.axis}
      lines={lines}
      unitCost={shown.cost ? curve.unitCost : null}
      borders={drawn}
      prices={prices}
      users={shown.customers ? known : []}
      tiers={tiered && shown.customers ? people : []}
      isGraduated={charge.model === "graduated"}
      topPrice={curve.top}
      words={{
        summary: [t("editor.summary", { cliffs: t("cliff.count", { count: cliffs.length }) }), perTier].filter(Boolean).join(" "),
        unitPrice: t("editor.unitPrice"),
        total: t("editor.total"),
        customers: curve.customers.length === 0 ? t("editor.noCustomers") : t("editor.customers", { month }),
        quantity: t("editor.quantity"),
        belowCost: t("editor.belowCost"),
        lens: (border) => t("editor.lens", { quantity: formats.quantity(border.at) }),
      }}
      formatMoney={(value) => formats.unitPrice(value, currency)}
      formatTick={(value) => formats.moneyShort(value, currency)}
      formatPrice={(value) => formats.unitPrice(value, currency)}
      formatQuantity={(value) => (value.length > 6 ? formats.quantityShort(value) : formats.quantity(value))}
      head={head}
      onMove={(key, move) => onBorder(key, (border) => stepped(border.value, move, limits(border)))}
      onDrag={(key, value) => onBorder(key, (border) => within(value as DecimalString, limits(border)))}
      onMovePrice={(key, move: HandleMove) => onPrice(key, (value) => steppedPrice(value, move, leastStep(charge.tiers.map((tier) => tier.unitPrice))))}
      onDragPrice={(key, value) => onPrice(key, () => value as DecimalString)}
      onHold={(isHeld) => {
        curve.hold(isHeld);
        onHold(isHeld);
      }}
    />
  );
}

/** The prices that have a handle: of each tier, or of a package. */
function usePrices({ charge, currency, curve, unit }: TierChartProps): CurvePrice[] {
  const { t } = useTranslation("plans");
  const formats = useFormats();
  const money = (value: string) => formats.unitPrice(value, currency);
  const { pack } = charge;
  if (charge.model === "package") {
    if (pack.price === null || curve.borders.length === 0) return [];
    const at = { key: "size", per: pack.size ?? "1", from: String(curve.axis.min), to: null };
    return [{ ...at, value: pack.price, label: money(pack.price), name: t("package.price"), isUnder: false, valueText: money(pack.price) }];
  }
  const ends = new Map(curve.borders.map((border) => [border.index, border.at]));
  return charge.tiers.flatMap((tier, index) => {
    const { unitPrice } = tier;
    const isLast = index === charge.tiers.length - 1;
    const to = isLast ? null : ends.get(index);
    // A tier without a limit yet has no place on the axis.
    if (unitPrice === null || to === undefined) return [];
    const from = ends.get(index - 1) ?? ZERO;
    const label = money(unitPrice);
    const valueText = unit === "" ? label : t("editor.perUnit", { price: label, unit });
    return [{ key: String(tier.key), value: unitPrice, per: "1", from, to, label, name: t("tier.unitPriceOf", { number: index + 1 }), valueText, isUnder: charge.model === "graduated" && index > 0 }];
  });
}
