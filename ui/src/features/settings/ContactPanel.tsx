import { useTranslation } from "react-i18next";
import { EndpointFields } from "../../app/EndpointFields";
import { issueAt } from "../../app/issues";
import { FieldRow } from "../../components/Form";
import { Panel } from "../../components/Panel";
import { TextField } from "../../components/TextField";
import type { CompanyText, ContactText } from "../../ipc/generated/types";
import styles from "./Settings.module.css";
import type { CompanyForm } from "./use-company";

interface ContactPanelProps {
  form: CompanyForm;
  value: CompanyText;
  saved: CompanyText;
}

/** What e-invoices say of the company besides the paper: whom to ask, and its electronic address. */
export function ContactPanel({ form, value, saved }: ContactPanelProps) {
  const { t } = useTranslation("einvoice");
  const contact = (field: keyof ContactText) => ({
    value: value.contact[field],
    onChange: (text: string) => form.change({ contact: { ...value.contact, [field]: text } }),
    error: issueAt(form.error, `contact.${field}`),
    changed: value.contact[field] !== saved.contact[field],
  });
  return (
    <Panel title={t("contact")} aside={t("contactNote")}>
      <div className={styles.fields}>
        <FieldRow columns="minmax(0, 1fr) minmax(0, 1fr)">
          <TextField label={t("contactName")} {...contact("name")} />
          <TextField label={t("contactPhone")} type="tel" {...contact("phone")} />
        </FieldRow>
        <EndpointFields value={value.endpoint} saved={saved.endpoint} onChange={(endpoint) => form.change({ endpoint })} error={form.error} />
      </div>
    </Panel>
  );
}
