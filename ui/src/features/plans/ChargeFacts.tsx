import { useTranslation } from "react-i18next";
import { Money } from "../../components/Money";
import { KeyValues, Panel } from "../../components/Panel";
import { Percent, Quantity } from "../../components/Quantity";
import { Tag } from "../../components/Tag";
import { UnitPrice } from "../../components/UnitPrice";
import type { ChargeText, MeterText, PlanCreditText } from "../../ipc/generated/types";
import { places } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import { readPrice } from "../../app/pricing/document";
import styles from "./Plans.module.css";
import type { FactItem } from "./TermFacts";
import { PriceFacts } from "./PriceFacts";
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
  ];
  return (
    <Panel title={charge.name} aside={<Tag>{kindWords(charge)}</Tag>}>
      <div className={styles.fields}>
        <KeyValues items={facts.filter((fact) => typeof fact === "object" && fact !== null)} />
        {isUsage && <PriceFacts price={price} meter={charge.meter} currency={currency} />}
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
