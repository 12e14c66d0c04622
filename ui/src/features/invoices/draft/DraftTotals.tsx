import { useTranslation } from "react-i18next";
import { Money } from "../../../components/Money";
import { KeyValues } from "../../../components/Panel";
import type { InvoiceDraftTryReply } from "../../../ipc/generated/types";
import { negate } from "../../../lib/decimal";
import styles from "./Adjust.module.css";

/** What the draft comes to with all that is entered. */
export function DraftTotals({ totals }: { totals: InvoiceDraftTryReply }) {
  const { t } = useTranslation("invoices");
  const { discount } = totals;
  return (
    <section className={styles.total} aria-label={t("adjust.comesTo")} aria-live="polite">
      <KeyValues
        items={[
          { key: t("adjust.sum"), value: <Money value={totals.lines} /> },
          ...(discount ? [{ key: t("adjust.discount"), value: <Money value={{ ...discount.amount, amount: negate(discount.amount.amount) }} /> }] : []),
          { key: t("creditNote.tax"), value: <Money value={totals.tax} /> },
          { key: t("total"), value: <Money value={totals.total} size="large" className="strong" /> },
        ]}
      />
    </section>
  );
}
