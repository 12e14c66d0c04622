import { useTranslation } from "react-i18next";
import { issueAt } from "../../app/issues";
import { AddressFields, CurrencyField, LocaleField, ZoneField } from "../../app/PlaceFields";
import { FieldRow } from "../../components/Form";
import { Panel } from "../../components/Panel";
import { Select } from "../../components/Select";
import { TextField } from "../../components/TextField";
import type { BankText, CompanyText } from "../../ipc/generated/types";
import { CompanyFrame } from "./CompanyFrame";
import { ContactPanel } from "./ContactPanel";
import { CountField } from "./CountField";
import { LogoField } from "./LogoField";
import styles from "./Settings.module.css";
import { useCompanyForm, type CompanyForm } from "./use-company";

const PATHS = [
  "name", "legalName", "address.*", "taxId", "registration", "email", "website", "bank.*", "logoPng",
  "contact.*", "endpoint.*", "locale", "currency", "zone", "paper", "paymentDays",
];

/** Who invoices: names, address, bank, logo, and what documents are like. */
export function CompanySection() {
  const form = useCompanyForm();
  return (
    <CompanyFrame form={form} paths={PATHS}>
      {(value, saved) => (
        <div className={styles.panels}>
          <Identity form={form} value={value} saved={saved} />
          <Bank form={form} value={value} saved={saved} />
          <ContactPanel form={form} value={value} saved={saved} />
          <Documents form={form} value={value} saved={saved} />
        </div>
      )}
    </CompanyFrame>
  );
}

interface PartProps {
  form: CompanyForm;
  value: CompanyText;
  saved: CompanyText;
}

type TextKey = "name" | "legalName" | "taxId" | "registration" | "email" | "website" | "locale" | "currency" | "zone";

function plainOf({ form, value, saved }: PartProps) {
  return (field: TextKey) => ({
    value: value[field],
    onChange: (text: string) => form.change({ [field]: text }),
    error: issueAt(form.error, field),
    changed: value[field] !== saved[field],
  });
}

function Identity(props: PartProps) {
  const { form, value, saved } = props;
  const { t } = useTranslation(["settings", "common"]);
  const plain = plainOf(props);
  const optional = t("common:optional");
  return (
    <Panel title={t("company.identity")}>
      <div className={styles.fields}>
        <LogoField
          value={value.logoPng}
          changed={value.logoPng !== saved.logoPng}
          error={issueAt(form.error, "logoPng")}
          onChange={(logoPng) => form.change({ logoPng })}
        />
        <FieldRow columns="minmax(0, 1fr) minmax(0, 1fr)">
          <TextField label={t("company.name")} hint={t("company.nameHint")} {...plain("name")} />
          <TextField label={t("company.legalName")} hint={t("company.legalNameHint")} {...plain("legalName")} />
        </FieldRow>
        <AddressFields
          value={value.address}
          saved={saved.address}
          onChange={(part) => form.change({ address: { ...value.address, ...part } })}
          error={form.error}
        />
        <FieldRow columns="minmax(0, 1fr) minmax(0, 1fr)">
          <TextField label={t("company.taxId")} optional={optional} {...plain("taxId")} />
          <TextField label={t("company.registration")} optional={optional} {...plain("registration")} />
        </FieldRow>
        <FieldRow columns="minmax(0, 1fr) minmax(0, 1fr)">
          <TextField label={t("company.email")} optional={optional} type="email" {...plain("email")} />
          <TextField label={t("company.website")} optional={optional} {...plain("website")} />
        </FieldRow>
      </div>
    </Panel>
  );
}

function Bank({ form, value, saved }: PartProps) {
  const { t } = useTranslation("settings");
  const bank = (field: keyof BankText) => ({
    value: value.bank[field],
    onChange: (text: string) => form.change({ bank: { ...value.bank, [field]: text } }),
    error: issueAt(form.error, `bank.${field}`),
    changed: value.bank[field] !== saved.bank[field],
  });
  return (
    <Panel title={t("company.bank")} aside={t("company.bankNote")}>
      <div className={styles.fields}>
        <FieldRow columns="minmax(0, 1fr) minmax(0, 1fr)">
          <TextField label={t("company.holder")} {...bank("holder")} />
          <TextField label={t("company.bankName")} {...bank("bankName")} />
        </FieldRow>
        <FieldRow columns="minmax(0, 1fr) minmax(0, 200px)">
          <TextField label={t("company.account")} {...bank("account")} />
          <TextField label={t("company.bic")} {...bank("bic")} />
        </FieldRow>
      </div>
    </Panel>
  );
}

function Documents(props: PartProps) {
  const { form, value, saved } = props;
  const { t } = useTranslation("settings");
  const plain = plainOf(props);
  return (
    <Panel title={t("company.documents")}>
      <div className={styles.fields}>
        <FieldRow columns="minmax(0, 1fr) minmax(0, 1fr)">
          <CurrencyField {...plain("currency")} hint={t("company.currencyHint")} />
          <ZoneField {...plain("zone")} hint={t("company.zoneHint")} />
        </FieldRow>
        <FieldRow columns="minmax(0, 1fr) minmax(0, 140px) minmax(0, 140px)">
          <LocaleField {...plain("locale")} />
          <Select
            label={t("company.paper")}
            value={value.paper}
            options={[
              { value: "a4", label: t("paper.a4") },
              { value: "letter", label: t("paper.letter") },
            ]}
            onChange={(paper) => form.change({ paper })}
            error={issueAt(form.error, "paper")}
            changed={value.paper !== saved.paper}
          />
          <CountField
            label={t("company.paymentDays")}
            unit={t("company.days")}
            value={value.paymentDays}
            // The wire has room for this much; the rule says less and Rust tells it.
            onChange={(paymentDays) => form.change({ paymentDays: Math.min(paymentDays, 65_535) })}
            onProblem={(bad) => form.problem("paymentDays", bad)}
            error={issueAt(form.error, "paymentDays")}
            changed={value.paymentDays !== saved.paymentDays}
          />
        </FieldRow>
      </div>
    </Panel>
  );
}
