import { useTranslation } from "react-i18next";
import { issueAt } from "../issues";
import { DecimalField } from "../../components/DecimalField";
import { FieldRow } from "../../components/Form";
import { Switch } from "../../components/Switch";
import type { DecimalString } from "../../lib/decimal";
import { emptyMarkup } from "./charge";
import type { ChargeFieldsProps } from "./fields";

/** What comes on top of what the providers charge. */
export function CostPlusFields({ charge, path, currency, error, onEdit }: ChargeFieldsProps) {
  const { t } = useTranslation(["plans", "common"]);
  const { markup } = charge;
  const field = (key: "percent" | "fixedPerRequest", label: string) => ({
    label,
    allowNegative: true,
    value: markup?.[key] ?? null,
    onChange: (value: DecimalString | null) =>
      onEdit({ do: "charge", charge: charge.key, part: { markup: { ...(markup ?? emptyMarkup()), [key]: value } } }),
    onProblem: (has: boolean) => onEdit({ do: "problem", field: `${charge.key}.markup.${key}`, has }),
    error: issueAt(error, `${path}.markup.${key}`),
  });
  return (
    <>
      <Switch
        isSelected={markup !== null}
        onChange={(own) => onEdit({ do: "charge", charge: charge.key, part: { markup: own ? emptyMarkup() : null } })}
      >
        {t("ownMarkup")}
      </Switch>
      {markup && (
        <FieldRow columns="1fr 1fr">
          <DecimalField {...field("percent", t("field.markup"))} unit="%" />
          <DecimalField {...field("fixedPerRequest", t("field.fixedPerRequest"))} unit={currency} optional={t("common:optional")} />
        </FieldRow>
      )}
    </>
  );
}
