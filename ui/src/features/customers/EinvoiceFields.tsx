import { useTranslation } from "react-i18next";
import { EndpointFields } from "../../app/EndpointFields";
import { issueAt } from "../../app/issues";
import { FieldRow, FormSection } from "../../components/Form";
import { Select } from "../../components/Select";
import { TextField } from "../../components/TextField";
import type { CustomerText, EinvoiceFormat } from "../../ipc/generated/types";
import { EINVOICE_FORMATS } from "../../lib/einvoice";

interface EinvoiceFieldsProps {
  customer: CustomerText;
  saved: CustomerText | undefined;
  error: unknown;
  onChange: (part: Partial<CustomerText>) => void;
}

/** The e-invoice that a customer wants, and what is said in it. */
export function EinvoiceFields({ customer, saved, error, onChange }: EinvoiceFieldsProps) {
  const { t } = useTranslation(["einvoice", "common"]);
  const options = (["none", ...EINVOICE_FORMATS] as const).map((format) => ({
    value: format,
    label: t(`formats.${format}`),
    detail: t(`formatHint.${format}`),
  }));
  return (
    <FormSection title={t("title")} hint={t("hint")}>
      <FieldRow columns="minmax(0, 1fr) minmax(0, 1fr)">
        <Select<EinvoiceFormat | "none">
          label={t("format")}
          value={customer.einvoice ?? "none"}
          options={options}
          onChange={(format) => onChange({ einvoice: format === "none" ? null : format })}
          error={issueAt(error, "einvoice")}
          changed={saved !== undefined && saved.einvoice !== customer.einvoice}
        />
        <TextField
          label={t("orderReference")}
          optional={t("common:optional")}
          hint={t("orderReferenceHint")}
          value={customer.orderReference}
          onChange={(orderReference) => onChange({ orderReference })}
          error={issueAt(error, "orderReference")}
          changed={saved !== undefined && saved.orderReference !== customer.orderReference}
        />
      </FieldRow>
      <EndpointFields value={customer.endpoint} saved={saved?.endpoint} onChange={(endpoint) => onChange({ endpoint })} error={error} />
    </FormSection>
  );
}
