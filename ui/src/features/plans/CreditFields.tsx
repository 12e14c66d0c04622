import { useTranslation } from "react-i18next";
import { issueAt } from "../../app/issues";
import { DecimalField } from "../../components/DecimalField";
import { FieldRow } from "../../components/Form";
import { Select } from "../../components/Select";
import { Switch } from "../../components/Switch";
import type { PlanCreditText } from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";
import type { ChargeFieldsProps } from "../../app/pricing/fields";

/** Credit that the plan includes: how much, how it is taken off, and what of it is carried over. */
export function CreditFields({ charge, path, currency, error, onEdit }: ChargeFieldsProps) {
  const { t } = useTranslation("plans");
  const { credit } = charge;
  const change = (part: Partial<PlanCreditText>) =>
    onEdit({ do: "charge", charge: charge.key, part: { credit: { ...credit, ...part } } });
  const field = (name: keyof PlanCreditText & ("priority" | "least" | "most")) => ({
    value: credit[name],
    onChange: (value: DecimalString | null) => change({ [name]: value }),
    onProblem: (has: boolean) => onEdit({ do: "problem", field: `${charge.key}.credit.${name}`, has }),
    error: issueAt(error, `${path}.credit.${name}`),
  });
  const tax = credit.tax ?? "pre_tax";
  return (
    <>
      <FieldRow columns="minmax(0, 1fr) minmax(0, 1fr) 132px">
        <DecimalField
          label={t("credit.amount")}
          unit={currency}
          value={charge.amount}
          onChange={(amount) => onEdit({ do: "charge", charge: charge.key, part: { amount } })}
          onProblem={(has) => onEdit({ do: "problem", field: `${charge.key}.amount`, has })}
          error={issueAt(error, `${path}.amount`)}
        />
        <Select
          label={t("credit.taxLabel")}
          value={tax}
          options={(["pre_tax", "post_tax"] as const).map((value) => ({ value, label: t(`credit.tax.${value}`) }))}
          onChange={(value) => change({ tax: value })}
        />
        <DecimalField label={t("credit.priority")} placeholder="50" {...field("priority")} />
      </FieldRow>
      <p className="small muted">{t("credit.hint")}</p>
      <Switch
        isSelected={credit.most !== null}
        onChange={(on) => change(on ? { most: charge.amount ?? ("0" as DecimalString) } : { least: null, most: null })}
      >
        {t("credit.carry")}
      </Switch>
      {credit.most !== null && (
        <FieldRow columns="minmax(0, 1fr) minmax(0, 1fr)">
          <DecimalField label={t("credit.most")} unit={currency} {...field("most")} />
          <DecimalField label={t("credit.least")} hint={t("credit.leastHint")} unit={currency} placeholder="0" {...field("least")} />
        </FieldRow>
      )}
    </>
  );
}
