import { useTranslation } from "react-i18next";
import { Quantity } from "../../components/Quantity";
import { UnitPrice } from "../../components/UnitPrice";
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
