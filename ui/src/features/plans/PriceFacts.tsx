import { useTranslation } from "react-i18next";
import { countsTokens } from "../../app/pricing/charge";
import { innerPrices } from "../../app/pricing/inside";
import { isTiered, type PriceDraft } from "../../app/pricing/price";
import { RawDocument } from "../../app/pricing/RawDocument";
import { KeyValues } from "../../components/Panel";
import { Percent, Quantity } from "../../components/Quantity";
import { UnitPrice } from "../../components/UnitPrice";
import { places, shift } from "../../lib/decimal";
import { BlockFacts, CapacityFacts, RateFacts, TierFacts } from "./ListFacts";
import styles from "./Plans.module.css";
import { useTermFacts, type FactItem } from "./TermFacts";

interface PriceFactsProps {
  price: PriceDraft;
  meter: string | null;
  currency: string;
}

/** A price with all its numbers and terms, to read; prices inside it stand under it. */
export function PriceFacts({ price, meter, currency }: PriceFactsProps) {
  const { t } = useTranslation("plans");
  const facts = [...usePriceFacts(price, meter, currency), ...useTermFacts(price, currency)];
  const titles = (slot: string, index: number) => {
    if (slot === "base") return t(`bucket.base.${price.per}`);
    return slot === "fallback" ? t("lines.others") : t("lines.title", { value: price.lines[index]?.value ?? "" });
  };
  return (
    <>
      {facts.length > 0 && <KeyValues items={facts} />}
      {isTiered(price.model) && <TierFacts price={price} currency={currency} />}
      {price.model === "blocks" && <BlockFacts price={price} currency={currency} />}
      {price.model === "graduated_percentage" && <RateFacts price={price} currency={currency} />}
      {price.model === "capacity" && <CapacityFacts price={price} currency={currency} />}
      {price.model === "document" && <RawDocument text={price.document ?? ""} />}
      {innerPrices(price).map(({ slot, inner }, index) => (
        <section key={slot} aria-label={titles(slot, index)} className={styles.change}>
          <p className="row">
            <span className="medium small grow">{titles(slot, index)}</span>
            <span className="muted small">{t(`model.${inner.model}`)}</span>
          </p>
          <PriceFacts price={inner} meter={meter} currency={currency} />
        </section>
      ))}
    </>
  );
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
    case "percentage": {
      const { rate, fee, freeEvents, freeAmount, least, most } = price.percentage;
      const all = { rate: rate && <Percent value={rate} places={places(rate)} />, fee: fee && money(fee), freeEvents: freeEvents && <Quantity value={freeEvents} />, freeAmount: freeAmount && money(freeAmount), least: least && money(least), most: most && money(most) };
      return Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [{ key: t(`percentage.${name}`), value }]));
    }
    case "bucketed":
      return [{ key: t("bucket.label"), value: t(`bucket.per.${price.per}`) }];
    case "graduated":
    case "volume":
    case "graduated_percentage":
      return price.chargeFlatAtZero ? [] : [{ key: t("tier.flatFee"), value: t("notAtZero") }];
    default:
      return [];
  }
}
