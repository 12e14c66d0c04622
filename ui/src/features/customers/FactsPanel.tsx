import { Pencil } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { KeyValues, Panel } from "../../components/Panel";
import type { CustomerText } from "../../ipc/generated/types";
import { localeName } from "../../lib/names";
import { useFormats } from "../../lib/use-formats";
import styles from "./Customers.module.css";
import { addressLines, taxWords } from "./words";

/** What stands on the invoice, and our own notes. */
export function FactsPanel({ customer, onEdit }: { customer: CustomerText; onEdit: () => void }) {
  const { t, i18n } = useTranslation(["customers", "common", "einvoice"]);
  const formats = useFormats();
  const percent = (value: string) => formats.percent(value, { places: value.includes(".") ? 1 : 0 });
  const lines = addressLines(customer.address);
  const items = [
    { key: t("facts.address"), value: <span className={styles.address}>{lines.join("\n")}</span> },
    { key: t("field.email"), value: customer.email },
    { key: t("field.taxId"), value: customer.taxId },
    { key: t("form.tax"), value: taxWords(customer.tax, percent) },
    { key: t("field.reference"), value: customer.reference },
    { key: t("einvoice:orderReference"), value: customer.orderReference },
    { key: t("einvoice:title"), value: customer.einvoice === null ? "" : t(`einvoice:formats.${customer.einvoice}`) },
    { key: t("einvoice:endpointScheme"), value: customer.endpoint.id === "" ? "" : `${customer.endpoint.scheme}:${customer.endpoint.id}` },
    { key: t("field.paymentDays"), value: customer.paymentDays === null ? t("asCompany") : t("days", { count: customer.paymentDays }) },
    { key: t("facts.currency"), value: customer.currency },
    { key: t("facts.locale"), value: localeName(customer.locale, i18n.language) },
    { key: t("facts.zone"), value: customer.zone },
  ].filter((item) => item.value !== "");
  return (
    <Panel
      title={t("facts.title")}
      actions={
        <Button kind="ghost" size="small" icon={Pencil} onPress={onEdit}>
          {t("common:edit")}
        </Button>
      }
    >
      <div className="selectable small">
        <KeyValues items={items} />
      </div>
      {customer.notes !== "" && <p className={styles.notes}>{customer.notes}</p>}
    </Panel>
  );
}
