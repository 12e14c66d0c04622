import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { FieldRow } from "../../components/Form";
import { IconButton } from "../../components/IconButton";
import { Switch } from "../../components/Switch";
import { NumberField } from "./NumberField";
import { openRate, type PercentageDraft, type RateDraft } from "./price";
import type { ChargeFieldsProps } from "./fields";
import styles from "./Pricing.module.css";

/** A share of the amount that each event carries. */
export function PercentageFields(of: ChargeFieldsProps) {
  const { t } = useTranslation(["plans", "common"]);
  const { charge, currency, onEdit } = of;
  const { percentage } = charge;
  const field = (name: keyof PercentageDraft, at: string) => ({
    of,
    at,
    label: t(`percentage.${name}`),
    optional: name === "rate" ? undefined : t("common:optional"),
    value: percentage[name],
    onChange: (value: PercentageDraft["rate"]) => onEdit({ do: "charge", charge: charge.key, part: { percentage: { ...percentage, [name]: value } } }),
  });
  return (
    <>
      <FieldRow columns="1fr 1fr">
        <NumberField {...field("rate", "rate_percent")} unit="%" maxPlaces={10} />
        <NumberField {...field("fee", "fixed_fee_per_event")} unit={currency} />
      </FieldRow>
      <FieldRow columns="1fr 1fr">
        <NumberField {...field("freeEvents", "free_events")} maxPlaces={0} grouped />
        <NumberField {...field("freeAmount", "free_amount")} unit={currency} />
      </FieldRow>
      <FieldRow columns="1fr 1fr">
        <NumberField {...field("least", "min_per_event")} unit={currency} />
        <NumberField {...field("most", "max_per_event")} unit={currency} />
      </FieldRow>
    </>
  );
}

/** Shares of a sum of money, in tiers: each begins where the one before ends. */
export function RateTable(of: ChargeFieldsProps) {
  const { t } = useTranslation("plans");
  const { charge, currency, onEdit } = of;
  const { rates } = charge;
  const set = (next: RateDraft[]) => onEdit({ do: "charge", charge: charge.key, part: { rates: next } });
  const remove = (key: number) => {
    const left = rates.filter((rate) => rate.key !== key);
    // Whatever stands last now has no limit; fields that go hold nothing unreadable any more.
    for (const name of ["upTo", "rate", "flatFee"]) onEdit({ do: "problem", field: `${charge.key}.rates.${key}.${name}`, has: false });
    onEdit({ do: "problem", field: `${charge.key}.rates.${left.at(-1)?.key}.upTo`, has: false });
    set(left.map((rate, index) => (index === left.length - 1 ? { ...rate, upTo: null } : rate)));
  };
  return (
    <div className={styles.fields}>
      <table className={styles.tiers} aria-label={t("tier.table", { name: charge.name })}>
        <thead>
          <tr>
            <th>{t("rates.upTo", { currency })}</th>
            <th>{t("rates.rate")}</th>
            <th>{t("rates.flatFee", { currency })}</th>
            <th aria-hidden />
          </tr>
        </thead>
        <tbody>
          {rates.map((rate, index) => (
            <RateRow
              key={rate.key}
              of={of}
              rate={rate}
              index={index}
              onChange={(part) => set(rates.map((one) => (one.key === rate.key ? { ...one, ...part } : one)))}
              onRemove={() => remove(rate.key)}
            />
          ))}
        </tbody>
      </table>
      <Button
        kind="ghost"
        size="small"
        icon={Plus}
        className={styles.start}
        onPress={() => set([...rates, openRate(Math.max(...rates.map((rate) => rate.key)) + 1)])}
      >
        {t("tier.add")}
      </Button>
      <Switch
        isSelected={charge.chargeFlatAtZero}
        onChange={(chargeFlatAtZero) => onEdit({ do: "charge", charge: charge.key, part: { chargeFlatAtZero } })}
      >
        {t("flatAtZero")}
      </Switch>
    </div>
  );
}

interface RateRowProps {
  of: ChargeFieldsProps;
  rate: RateDraft;
  index: number;
  onChange: (part: Partial<RateDraft>) => void;
  onRemove: () => void;
}

function RateRow({ of, rate, index, onChange, onRemove }: RateRowProps) {
  const { t } = useTranslation("plans");
  const { rates } = of.charge;
  const number = index + 1;
  const field = (part: "upTo" | "rate" | "flatFee", at: string, label: string) => ({
    of,
    at: `tiers[${index}].${at}`,
    name: `rates.${rate.key}.${part}`,
    "aria-label": label,
    value: rate[part],
    onChange: (value: RateDraft["rate"]) => onChange({ [part]: value }),
  });
  return (
    <tr>
      <td>
        {index === rates.length - 1 ? (
          <span className={styles.open}>{t("tier.open")}</span>
        ) : (
          <NumberField {...field("upTo", "up_to", t("tier.upToOf", { number }))} grouped />
        )}
      </td>
      <td>
        <NumberField {...field("rate", "rate_percent", t("rates.rateOf", { number }))} unit="%" maxPlaces={10} />
      </td>
      <td>
        <NumberField {...field("flatFee", "flat_fee", t("tier.flatFeeOf", { number }))} />
      </td>
      <td>
        <IconButton icon={X} size="small" label={t("tier.remove", { number })} isDisabled={rates.length === 1} onPress={onRemove} />
      </td>
    </tr>
  );
}
