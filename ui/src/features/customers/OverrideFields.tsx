import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { issueAt } from "../../app/issues";
import { Button } from "../../components/Button";
import { DecimalField } from "../../components/DecimalField";
import { FieldRow } from "../../components/Form";
import { IconButton } from "../../components/IconButton";
import { Select } from "../../components/Select";
import type { ChangeText, ChargeText } from "../../ipc/generated/types";
import { isUsage, perUnit } from "./agreed";

interface OverrideFieldsProps {
  overrides: readonly ChangeText[];
  /** Of the plan version. */
  charges: readonly ChargeText[];
  currency: string;
  error: unknown;
  onChange: (overrides: ChangeText[]) => void;
}

/** Prices agreed with this customer instead of those of the plan. */
export function OverrideFields({ overrides, charges, currency, error, onChange }: OverrideFieldsProps) {
  const { t } = useTranslation("customers");
  const change = (index: number, next: ChangeText) => onChange(overrides.map((one, at) => (at === index ? next : one)));
  const free = charges.find((charge) => !overrides.some((one) => one.charge === charge.name));
  return (
    <>
      {overrides.map((one, index) => (
        <FieldRow key={index} columns="minmax(0, 1fr) auto">
          <Override at={`overrides[${index}]`} value={one} charges={charges} currency={currency} error={error} onChange={(next) => change(index, next)} />
          <IconButton
            icon={Trash2}
            label={t("agreed.remove", { charge: one.charge })}
            onPress={() => onChange(overrides.filter((_, at) => at !== index))}
          />
        </FieldRow>
      ))}
      {free && (
        <div>
          <Button size="small" icon={Plus} onPress={() => onChange([...overrides, { charge: free.name }])}>
            {t("agreed.add")}
          </Button>
        </div>
      )}
    </>
  );
}

interface OverrideProps extends Pick<OverrideFieldsProps, "charges" | "currency" | "error"> {
  at: string;
  value: ChangeText;
  onChange: (next: ChangeText) => void;
}

function Override({ at, value, charges, currency, error, onChange }: OverrideProps) {
  const { t } = useTranslation("customers");
  const charge = charges.find((one) => one.name === value.charge);
  const options = charges.map((one) => ({ value: one.name, label: one.name }));
  // A charge that the version does not have stays chosen, with its fault.
  if (!charge) options.unshift({ value: value.charge, label: value.charge });
  const fault = (field: string) => issueAt(error, `${at}.${field}`);
  return (
    <div>
      <Select
        label={t("agreed.charge")}
        value={value.charge}
        options={options}
        onChange={(name) => onChange({ charge: name })}
        error={fault("charge") ?? issueAt(error, at)}
      />
      {isUsage(charge) ? (
        <FieldRow columns="1fr 1fr 1fr">
          <DecimalField
            label={t("agreed.unitPrice")}
            unit={currency}
            value={value.price?.unitPrice ?? null}
            onChange={(price) => onChange({ ...value, price: price === null ? null : perUnit(price) })}
            error={fault("price.unitPrice") ?? fault("price")}
          />
          <DecimalField
            label={t("agreed.included")}
            value={value.included ?? null}
            onChange={(included) => onChange({ ...value, included })}
            error={fault("included")}
          />
          <DecimalField
            label={t("agreed.minimum")}
            unit={currency}
            value={value.minimum ?? null}
            onChange={(minimum) => onChange({ ...value, minimum })}
            error={fault("minimum")}
          />
        </FieldRow>
      ) : (
        <DecimalField
          label={t("agreed.amount")}
          unit={currency}
          value={value.amount ?? null}
          onChange={(amount) => onChange({ ...value, amount })}
          error={fault("amount")}
        />
      )}
    </div>
  );
}
