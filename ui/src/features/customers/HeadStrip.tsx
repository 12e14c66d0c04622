import { useTranslation } from "react-i18next";
import { Avatar } from "../../components/Avatar";
import { Money } from "../../components/Money";
import { Percent } from "../../components/Quantity";
import type { CustomerGetReply, InvoiceRow } from "../../ipc/generated/types";
import { addMonths, today } from "../../lib/dates";
import { useFormats } from "../../lib/use-formats";
import styles from "./Customers.module.css";
import { InvoiceStateTag } from "./InvoiceStateTag";
import { marginOf, subscriptionNow } from "./model";
import { taxWords } from "./words";

/** Who it is and the newest month, in one strip. */
export function HeadStrip({ reply }: { reply: CustomerGetReply }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  const newest = reply.months.at(-1);
  const invoice = reply.invoices.find((row) => row.month === newest?.month && row.state !== "void");
  const margin = newest && marginOf(newest);
  return (
    <section className={styles.head} aria-label={t("figures")}>
      <Who reply={reply} />
      <div className={styles.tile}>
        <p className={styles.label}>{newest ? t("tile.revenue", { month: formats.month(newest.month) }) : t("column.revenue")}</p>
        <p className={styles.figure}>
          <Money size="headline" value={newest?.revenue ?? null} />
        </p>
        <p className={styles.note}>{invoice && newest ? <Change invoice={invoice} month={newest.month} /> : t("noUsage")}</p>
      </div>
      <div className={styles.tile}>
        <p className={styles.label}>{t("tile.cost")}</p>
        <p className={styles.figure}>
          <Money size="headline" value={newest?.cost ?? null} />
        </p>
        <p className={styles.note}>{newest && newest.cost === null ? t("costUnknown") : t("tile.costNote")}</p>
      </div>
      <div className={styles.tile}>
        <p className={styles.label}>{t("tile.margin")}</p>
        <p className={styles.figure}>
          <Percent size="headline" value={newest?.margin ?? null} lossWhenNegative />
        </p>
        <p className={styles.note}>
          {margin && newest ? <Money value={{ amount: margin, currency: newest.revenue.currency }} lossWhenNegative /> : t("marginUnknown")}
        </p>
      </div>
      <div className={styles.tile}>
        <p className={styles.label}>{t("tile.invoice")}</p>
        <p className={styles.figure}>
          <Money size="headline" value={invoice?.total ?? null} />
        </p>
        <p className={styles.note}>
          {invoice && <InvoiceStateTag state={invoice.state} />}
          {invoice?.number && <span className="id">{invoice.number}</span>}
          {!invoice && t("noInvoice")}
        </p>
      </div>
    </section>
  );
}

function Who({ reply }: { reply: CustomerGetReply }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  const { customer } = reply;
  const plan = subscriptionNow(reply.subscriptions, today(formats.setting.timeZone));
  const terms = [
    plan && t("since", { date: formats.date(plan.startsOn) }),
    customer.paymentDays !== null && t("netDays", { count: customer.paymentDays }),
  ].filter(Boolean);
  const percent = (value: string) => formats.percent(value, { places: value.includes(".") ? 1 : 0 });
  const facts = [customer.address.city, taxWords(customer.tax, percent)].filter(Boolean);
  return (
    <div className={styles.who}>
      <Avatar name={customer.name} size="large" />
      <div className="grow">
        <p className={`${styles.plan} truncate`}>{plan ? plan.planName : <span className="pencil">{t("noPlan")}</span>}</p>
        {terms.length > 0 && <p className={`${styles.fact} truncate`}>{terms.join(", ")}</p>}
        <p className={`${styles.fact} truncate`}>
          <span className="id">{customer.number}</span>
          {facts.length > 0 && `, ${facts.join(", ")}`}
        </p>
      </div>
    </div>
  );
}

function Change({ invoice, month }: { invoice: InvoiceRow; month: string }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  if (invoice.change === null) return <>{t("firstMonth")}</>;
  const tone = invoice.change.startsWith("-") ? "loss" : "gain";
  return (
    <>
      <Percent value={invoice.change} sign="always" tone={tone} className="medium" />{" "}
      {t("onMonth", { month: formats.month(addMonths(month, -1)).split(" ")[0] })}
    </>
  );
}
