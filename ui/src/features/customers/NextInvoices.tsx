import { useTranslation } from "react-i18next";
import { Money } from "../../components/Money";
import type { PreviewInvoice, SubscriptionText } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { useFormats } from "../../lib/use-formats";
import styles from "./Customers.module.css";

/** The next three invoices of a subscription as it is being edited, of it alone. */
export function NextInvoices({ subscription }: { subscription: SubscriptionText }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  // While faults stand at the fields, what was computed before would mislead.
  const { data, isError } = useCommand("subscription_preview", { subscription }, { brief: true, keepPrevious: true });
  if (isError || !data) return null;
  return (
    <section aria-label={t("preview.title")} className={styles.preview}>
      <h3 className="medium">{t("preview.title")}</h3>
      {data.invoices.length === 0 && <p className="small">{t("preview.nothing")}</p>}
      {data.invoices.map((invoice) => (
        <Invoice key={invoice.month} invoice={invoice} />
      ))}
      {data.assumedMonth && <p className="small muted">{t("preview.assumed", { month: formats.month(data.assumedMonth) })}</p>}
    </section>
  );
}

function Invoice({ invoice }: { invoice: PreviewInvoice }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  return (
    <table className={styles.previewTable}>
      <caption>{t("preview.caption", { month: formats.month(invoice.month), day: formats.date(invoice.issuedOn), due: formats.date(invoice.dueOn) })}</caption>
      <tbody>
        {invoice.lines.map((line, index) => (
          <tr key={line.position}>
            <td>
              {line.charge}
              {line.model && ` ${line.model} ${line.description}`}
            </td>
            <td>{(invoice.service[index] ?? []).map(formats.date).join(" – ")}</td>
            <td>
              <Money value={line.amount} />
            </td>
          </tr>
        ))}
        <tr className="medium">
          <td colSpan={2}>{t("preview.net")}</td>
          <td>
            <Money value={invoice.net} />
          </td>
        </tr>
        <tr>
          <td colSpan={2}>{t("preview.total")}</td>
          <td>
            <Money value={invoice.total} />
          </td>
        </tr>
      </tbody>
    </table>
  );
}
