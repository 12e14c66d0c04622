import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Money } from "../../components/Money";
import { Percent } from "../../components/Quantity";
import type { PriceFinalChange, PriceReviewReply } from "../../ipc/generated/types";
import { useFormats } from "../../lib/use-formats";
import styles from "./Review.module.css";

/** The bills of the month that would change most. */
export function ReviewBills({ reply }: { reply: PriceReviewReply }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  if (reply.bills.length === 0) return null;
  return (
    <section>
      <h3 className={styles.heading}>
        {t("review.mostChanged")} <span className="muted">{t("review.usageOf", { month: formats.month(reply.month) })}</span>
      </h3>
      <table className={styles.table} data-dense>
        <thead>
          <tr>
            <th>{t("customer")}</th>
            <th data-figure>{t("review.was")}</th>
            <th data-figure>{t("review.wouldBe")}</th>
            <th data-figure>{t("review.change")}</th>
            <th data-figure>{t("view.margin")}</th>
          </tr>
        </thead>
        <tbody>
          {reply.bills.map((bill) => (
            <tr key={bill.customerId}>
              <td>
                <Link to="/customers/$id" params={{ id: bill.customerId }} className={styles.link}>
                  {bill.customer}
                </Link>
              </td>
              <td data-figure>
                <Money value={{ amount: bill.was, currency: bill.currency }} className="muted" />
              </td>
              <td data-figure>
                <Money value={{ amount: bill.wouldBe, currency: bill.currency }} />
              </td>
              <td data-figure>
                <Money value={{ amount: bill.change, currency: bill.currency }} sign="always" lossWhenNegative />
              </td>
              <td data-figure>
                <Percent value={bill.marginBefore} lossWhenNegative /> <span className="muted">{t("review.to")}</span> <Percent value={bill.marginAfter} lossWhenNegative />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Finalized invoices that the date would have changed: they stay, and the difference is named. */
export function ReviewFinals({ rows }: { rows: readonly PriceFinalChange[] }) {
  const { t } = useTranslation("price-book");
  if (rows.length === 0) return null;
  return (
    <section>
      <h3 className={styles.heading}>
        {t("review.finals")} <span className="muted">{t("review.finalsStay")}</span>
      </h3>
      <table className={styles.table} data-dense>
        <thead>
          <tr>
            <th>{t("review.invoice")}</th>
            <th>{t("customer")}</th>
            <th data-figure>{t("review.net")}</th>
            <th data-figure>{t("review.difference")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.invoiceId}>
              <td className="id">{row.number}</td>
              <td>{row.customer}</td>
              <td data-figure>
                <Money value={{ amount: row.net, currency: row.currency }} />
              </td>
              <td data-figure>
                <Money value={{ amount: row.change, currency: row.currency }} sign="always" lossWhenNegative />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
