import { useTranslation } from "react-i18next";
import { Percent, Quantity } from "../../components/Quantity";
import { UnitPrice } from "../../components/UnitPrice";
import { places } from "../../lib/decimal";
import styles from "./Plans.module.css";
import type { PriceDraft } from "../../app/pricing/price";

interface ListFactsProps {
  price: PriceDraft;
  currency: string;
}

/** Tiers, to read. */
export function TierFacts({ price, currency }: ListFactsProps) {
  const { t } = useTranslation("plans");
  return (
    <table className={styles.tiers}>
      <thead>
        <tr>
          <th>{t("tier.upTo")}</th>
          <th className="right">{t("tier.unitPrice")}</th>
          <th className="right">{t("tier.flatFee")}</th>
        </tr>
      </thead>
      <tbody>
        {price.tiers.map((tier) => (
          <tr key={tier.key}>
            <td>{tier.upTo === null ? t("tier.open") : <Quantity value={tier.upTo} />}</td>
            <td className="right">
              <UnitPrice value={tier.unitPrice} currency={currency} />
            </td>
            <td className="right">
              <UnitPrice value={tier.flatFee} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Tiers of blocks, to read. */
export function BlockFacts({ price, currency }: ListFactsProps) {
  const { t } = useTranslation("plans");
  return (
    <table className={styles.tiers}>
      <thead>
        <tr>
          <th>{t("blocks.size")}</th>
          <th className="right">{t("blocks.max")}</th>
          <th className="right">{t("blocks.price")}</th>
        </tr>
      </thead>
      <tbody>
        {price.blocks.map((block) => (
          <tr key={block.key}>
            <td>
              <Quantity value={block.size} />
            </td>
            <td className="right">{block.max === null ? t("tier.open") : <Quantity value={block.max} />}</td>
            <td className="right">
              <UnitPrice value={block.price} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Shares of a sum of money in tiers, to read. */
export function RateFacts({ price, currency }: ListFactsProps) {
  const { t } = useTranslation("plans");
  return (
    <table className={styles.tiers}>
      <thead>
        <tr>
          <th>{t("rates.upTo", { currency })}</th>
          <th className="right">{t("rates.rate")}</th>
          <th className="right">{t("rates.flatFee", { currency })}</th>
        </tr>
      </thead>
      <tbody>
        {price.rates.map(({ key, upTo, rate, flatFee }) => (
          <tr key={key}>
            <td>{upTo === null ? t("tier.open") : <Quantity value={upTo} />}</td>
            <td className="right">{rate !== null && <Percent value={rate} places={places(rate)} />}</td>
            <td className="right">
              <UnitPrice value={flatFee} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Steps of capacity, to read. */
export function CapacityFacts({ price, currency }: ListFactsProps) {
  const { t } = useTranslation("plans");
  const { units, tiers } = price.capacity;
  return (
    <table className={styles.tiers}>
      <thead>
        <tr>
          {units.map((unit) => (
            <th key={unit.key}>{unit.name}</th>
          ))}
          <th className="right">{t("capacity.amount", { currency })}</th>
        </tr>
      </thead>
      <tbody>
        {tiers.map((tier) => (
          <tr key={tier.key}>
            {units.map(({ key }) => (
              <td key={key}>{tier.limits[key] ? <Quantity value={tier.limits[key]} /> : t("tier.open")}</td>
            ))}
            <td className="right">
              <UnitPrice value={tier.amount} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
