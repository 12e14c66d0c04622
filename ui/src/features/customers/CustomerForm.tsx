import { useTranslation } from "react-i18next";
import { issueAt, issueUnder } from "../../app/issues";
import { AddressFields, CurrencyField, LocaleField, ZoneField } from "../../app/PlaceFields";
import { FieldRow, FormSection } from "../../components/Form";
import { Checkbox } from "../../components/Switch";
import { TextArea, TextField } from "../../components/TextField";
import type { CustomerText } from "../../ipc/generated/types";
import { AliasField } from "./AliasField";
import { DaysField } from "./DaysField";
import { EinvoiceFields } from "./EinvoiceFields";
import { needsTaxId } from "./model";
import { TaxFields } from "./TaxFields";
import { TaxProposal } from "./TaxProposal";

/** Where faults stand that this form shows at a field. */
export const SHOWN_PATHS = [
  "name", "number", "taxId", "email", "reference", "currency", "locale", "zone", "paymentDays", "notes",
  "address.*", "tax.*", "aliases*", "endpoint.*", "orderReference", "einvoice",
];

export interface CustomerFormProps {
  customer: CustomerText;
  /** What is saved, to mark what differs; absent for a new customer. */
  saved: CustomerText | undefined;
  error: unknown;
  onChange: (part: Partial<CustomerText>) => void;
  /** Hears of fields whose text cannot be read. */
  onProblem: (field: string, hasProblem: boolean) => void;
}

/** The fields of a customer. */
export function CustomerForm({ customer, saved, error, onChange, onProblem }: CustomerFormProps) {
  const { t } = useTranslation(["customers", "common"]);
  const optional = t("common:optional");
  const plain = (field: "name" | "number" | "taxId" | "email" | "reference" | "notes") => ({
    value: customer[field],
    onChange: (value: string) => onChange({ [field]: value }),
    error: issueAt(error, field),
    changed: saved !== undefined && customer[field] !== saved[field],
  });
  const code = (field: "currency" | "locale" | "zone") => ({
    value: customer[field],
    onChange: (value: string) => onChange({ [field]: value }),
    error: issueAt(error, field),
    changed: saved !== undefined && customer[field] !== saved[field],
  });
  return (
    <>
      <FormSection title={t("form.who")}>
        <FieldRow columns="minmax(0, 1fr) minmax(0, 150px)">
          <TextField label={t("field.name")} {...plain("name")} />
          <TextField label={t("field.number")} placeholder={t("field.numberFree")} {...plain("number")} />
        </FieldRow>
        <AddressFields
          value={customer.address}
          saved={saved?.address}
          onChange={(part) => onChange({ address: { ...customer.address, ...part } })}
          error={error}
        />
        <FieldRow columns="minmax(0, 1fr) minmax(0, 1fr)">
          <TextField label={t("field.email")} optional={optional} type="email" {...plain("email")} />
          <TextField label={t("field.reference")} optional={optional} hint={t("field.referenceHint")} {...plain("reference")} />
        </FieldRow>
      </FormSection>
      <FormSection title={t("form.usage")} hint={t("form.usageHint")}>
        <AliasField
          aliases={customer.aliases}
          onChange={(aliases) => onChange({ aliases })}
          error={issueUnder(error, "aliases")}
        />
      </FormSection>
      <FormSection title={t("form.billing")}>
        <FieldRow columns="minmax(0, 1fr) minmax(0, 1fr)">
          <CurrencyField {...code("currency")} />
          <DaysField
            label={t("field.paymentDays")}
            placeholder={t("field.paymentUsual")}
            value={customer.paymentDays}
            onChange={(paymentDays) => onChange({ paymentDays })}
            onProblem={(bad) => onProblem("paymentDays", bad)}
            error={issueAt(error, "paymentDays")}
            changed={saved !== undefined && customer.paymentDays !== saved.paymentDays}
          />
        </FieldRow>
        <FieldRow columns="minmax(0, 1fr) minmax(0, 1fr)">
          <LocaleField {...code("locale")} />
          <ZoneField {...code("zone")} />
        </FieldRow>
      </FormSection>
      <FormSection title={t("form.tax")}>
        <TaxFields
          tax={customer.tax}
          saved={saved?.tax}
          error={error}
          onChange={(tax) => onChange({ tax })}
          onProblem={(bad) => onProblem("tax.percent", bad)}
        />
        <TaxProposal customer={customer} onTake={(tax) => onChange({ tax })} />
        <TextField label={t("field.taxId")} optional={needsTaxId(customer.tax) ? undefined : optional} {...plain("taxId")} />
      </FormSection>
      <EinvoiceFields customer={customer} saved={saved} error={error} onChange={onChange} />
      <FormSection title={t("form.own")}>
        <TextArea label={t("field.notes")} optional={optional} hint={t("field.notesHint")} {...plain("notes")} />
        <Checkbox isSelected={customer.archived} onChange={(archived) => onChange({ archived })}>
          {t("field.archived")}
        </Checkbox>
      </FormSection>
    </>
  );
}
