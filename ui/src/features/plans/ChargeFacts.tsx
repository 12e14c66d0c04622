import { useTranslation } from "react-i18next";
import { Money } from "../../components/Money";
import { KeyValues, Panel } from "../../components/Panel";
import { Percent, Quantity } from "../../components/Quantity";
import { Tag } from "../../components/Tag";
import { UnitPrice } from "../../components/UnitPrice";
import type { ChargeText, MeterText, PlanCreditText } from "../../ipc/generated/types";
import { places, shift } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import { BlockFacts, TierFacts } from "./ListFacts";
import { readPrice } from "../../app/pricing/document";
import { countsTokens } from "../../app/pricing/charge";
import styles from "./Plans.module.css";
import { isTiered, type PriceDraft } from "../../app/pricing/price";
import { RawDocument } from "../../app/pricing/RawDocument";
import { useTermFacts, type FactItem } from "./TermFacts";
import { TryQuantity } from "./TryQuantity";
import { kindWords, meterName } from "./words";

interface ChargeFactsProps {
  charge: ChargeText;
  currency: string;
  meters: readonly MeterText[];
}

/** A charge of a published version: nothing in it can change. */
export function ChargeFacts({ charge, currency, meters }: ChargeFactsProps) {
  const { t } = useTranslation("plans");
  const { markup } = charge;
  const isUsage = charge.kind === "usage";
  const price = readPrice(charge);
  const termFacts = useTermFacts(price, currency);
  const priceFacts = usePriceFacts(price, charge.meter, currency);
  const creditFacts = useCreditFacts(currency);
  const facts = [
    charge.meter !== null && { key: t("field.meter"), value: meterName(charge.meter, meters) },
    charge.amount !== null && { key: t(charge.credit ? "credit.amount" : "field.amount"), value: <Money value={{ amount: charge.amount, currency }} /> },
    ...creditFacts(charge.credit ?? null),
    charge.model === "cost_plus" && {
      key: t("field.markup"),
      value: markup ? <Percent value={markup.percent} places={places(markup.percent)} sign="always" /> : t("bookMarkup"),
    },
    markup?.fixedPerRequest && { key: t("field.fixedPerRequest"), value: <UnitPrice value={markup.fixedPerRequest} currency={currency} /> },
    ...(isUsage ? [...priceFacts, ...termFacts] : []),
  ];
  return (
    <Panel title={charge.name} aside={<Tag>{kindWords(charge)}</Tag>}>
      <div className={styles.fields}>
        <KeyValues items={facts.filter((fact) => typeof fact === "object" && fact !== null)} />
        {isUsage && isTiered(price.model) && <TierFacts price={price} currency={currency} />}
        {isUsage && price.model === "blocks" && <BlockFacts price={price} currency={currency} />}
        {isUsage && price.model === "document" && <RawDocument text={price.document ?? ""} />}
        <TryQuantity charge={charge} currency={currency} />
      </div>
    </Panel>
  );
}

/** How credit is used and what of it is carried over. */
function useCreditFacts(currency: string): (credit: PlanCreditText | null) => FactItem[] {
  const { t } = useTranslation("plans");
  const formats = useFormats();
  return (credit) => {
    if (credit === null) return [];
    const { least, most } = credit;
    const carried = t("credit.between", {
      least: formats.money(least ?? "0", currency),
      most: formats.money(most ?? "0", currency),
    });
    return [
      { key: t("credit.taxLabel"), value: t(`credit.tax.${credit.tax ?? "pre_tax"}`) },
      { key: t("credit.priority"), value: <Quantity value={credit.priority ?? "50"} /> },
      { key: t("credit.carried"), value: most === null ? t("credit.nothing") : carried },
    ];
  };
}

/** The numbers of the model itself. */
function usePriceFacts(price: PriceDraft, meter: string | null, currency: string): FactItem[] {
  const { t } = useTranslation("plans");
  const { pack, unitPrice } = price;
  const money = (value: string | null) => <UnitPrice value={value} currency={currency} />;
  switch (price.model) {
    case "per_unit":
    case "overage": {
      const million = countsTokens(meter) && unitPrice !== null ? shift(unitPrice, 6) : null;
      const own = { key: t(price.model === "overage" ? "field.unitPriceBeyond" : "field.unitPrice"), value: money(unitPrice) };
      return million === null ? [own] : [own, { key: t("perMillion"), value: money(million) }];
    }
    case "package":
      return [
        { key: t("package.size"), value: <Quantity value={pack.size} /> },
        { key: t("package.price"), value: money(pack.price) },
        ...(pack.freeUnits === null ? [] : [{ key: t("package.freeUnits"), value: <Quantity value={pack.freeUnits} /> }]),
        { key: t("package.round"), value: t(`package.${pack.round}`) },
      ];
    case "blocks":
      return [{ key: t("blocks.mode.label"), value: t(`blocks.mode.${price.blockMode}`) }];
    case "flat":
      return [{ key: t("field.flat"), value: money(price.flat) }];
    case "graduated":
    case "volume":
      return price.chargeFlatAtZero ? [] : [{ key: t("tier.flatFee"), value: t("notAtZero") }];
    default:
      return [];
  }
}
