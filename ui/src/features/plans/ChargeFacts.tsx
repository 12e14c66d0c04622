import { useTranslation } from "react-i18next";
import { Money } from "../../components/Money";
import { KeyValues, Panel } from "../../components/Panel";
import { Percent, Quantity } from "../../components/Quantity";
import { Tag } from "../../components/Tag";
import { UnitPrice } from "../../components/UnitPrice";
import type { ChargeText, MeterText } from "../../ipc/generated/types";
import { places, shift } from "../../lib/decimal";
import { countsTokens } from "./model";
import styles from "./Plans.module.css";
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
  const million = countsTokens(charge.meter) && charge.unitPrice !== null ? shift(charge.unitPrice, 6) : null;
  const facts = [
    charge.meter !== null && { key: t("field.meter"), value: meterName(charge.meter, meters) },
    charge.amount !== null && { key: t("field.amount"), value: <Money value={{ amount: charge.amount, currency }} /> },
    charge.unitPrice !== null && { key: t("field.unitPrice"), value: <UnitPrice value={charge.unitPrice} currency={currency} /> },
    million !== null && { key: t("perMillion"), value: <UnitPrice value={million} currency={currency} /> },
    charge.model === "cost_plus" && {
      key: t("field.markup"),
      value: markup ? <Percent value={markup.percent} places={places(markup.percent)} sign="always" /> : t("bookMarkup"),
    },
    markup?.fixedPerRequest && { key: t("field.fixedPerRequest"), value: <UnitPrice value={markup.fixedPerRequest} currency={currency} /> },
  ];
  return (
    <Panel title={charge.name} aside={<Tag>{kindWords(charge)}</Tag>}>
      <div className={styles.fields}>
        <KeyValues items={facts.filter((fact) => typeof fact === "object" && fact !== null)} />
        {charge.tiers && <TierFacts charge={charge} currency={currency} />}
        <TryQuantity charge={charge} currency={currency} />
      </div>
    </Panel>
  );
}

function TierFacts({ charge, currency }: { charge: ChargeText; currency: string }) {
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
        {charge.tiers?.map((tier) => (
          <tr key={tier.upTo ?? "open"}>
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
