import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { InspectorSection } from "../../components/Inspector";
import { Money } from "../../components/Money";
import { KeyValues } from "../../components/Panel";
import { Percent } from "../../components/Quantity";
import type { CreditTaxWord, InvoiceGetReply, InvoiceRow, TaxText } from "../../ipc/generated/types";
import { negate, sign } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import styles from "./Invoices.module.css";
import { creditRows } from "./model";
import { lineSubtitle, lineTitle } from "./words";

/** Sums, dates and our own margin. */
export function Summary({ invoice }: { invoice: InvoiceGetReply }) {
  const { t } = useTranslation("invoices");
  const formats = useFormats();
  const { row } = invoice;
  const loss = row.margin !== null && sign(row.margin) < 0;
  const taxWords = (tax: TaxText) =>
    tax.category === "S" ? t("taxRate", { percent: formats.percent(tax.percent, { places: tax.percent.includes(".") ? 1 : 0 }) }) : t(`tax.${tax.category}`, { defaultValue: tax.category });
  const credits = (tax: CreditTaxWord) =>
    creditRows(invoice, tax).map(({ kind, amount }) => ({
      key: t(`credit.${kind}`),
      value: <Money value={{ amount: negate(amount), currency: row.total.currency }} />,
    }));
  const payable = invoice.credits.some((credit) => credit.tax === "post_tax");
  return (
    <>
      <InspectorSection>
        <KeyValues
          items={[
            ...discountRow(invoice, t, formats),
            { key: t("net"), value: <Money value={row.net} /> },
            ...credits("pre_tax"),
            ...invoice.taxes.map((tax) => ({ key: taxWords(tax), value: <Money value={tax.tax} /> })),
            { key: t("total"), value: <Money value={row.total} size={payable ? undefined : "large"} className="strong" /> },
            ...credits("post_tax"),
            ...(payable ? [{ key: t("payable"), value: <Money value={invoice.payable} size="large" className="strong" /> }] : []),
            { key: t("period"), value: formats.period(invoice.from, invoice.to) },
            ...(row.number ? [{ key: t("number"), value: <span className="id selectable">{row.number}</span> }] : []),
            ...(row.issuedOn ? [{ key: t("issuedOn"), value: formats.date(row.issuedOn) }] : []),
            { key: row.number ? t("dueOn") : t("wouldBeDue"), value: formats.date(invoice.dueOn) },
            { key: t("plan"), value: row.plan || t("noPlan") },
            ...(invoice.replaces ? [{ key: t("replaces"), value: <span className="id selectable">{invoice.replaces}</span> }] : []),
          ]}
        />
      </InspectorSection>
      <InspectorSection title={t("onlyForYou")} aside={<span className="small">{t("notPrinted")}</span>}>
        <KeyValues
          items={[
            { key: t("cost"), value: row.cost ? <Money value={row.cost} /> : <span className="dim">{t("notKnown")}</span> },
            ...(row.markup === null ? [] : [{ key: t("markup"), value: <Percent value={row.markup} sign="always" /> }]),
            {
              key: t("margin"),
              value: row.margin === null ? <span className="dim">{t("notKnown")}</span> : <Percent value={row.margin} tone={loss ? "loss" : "gain"} />,
            },
            ...(row.change === null ? [] : [{ key: t("change"), value: <Change row={row} /> }]),
          ]}
        />
      </InspectorSection>
    </>
  );
}

/** What a discount on the whole takes off the lines. */
function discountRow({ discount }: InvoiceGetReply, t: (key: string, values?: Record<string, unknown>) => string, formats: ReturnType<typeof useFormats>) {
  if (!discount) return [];
  const percent = discount.percent && formats.percent(discount.percent, { places: discount.percent.includes(".") ? 1 : 0 });
  const key = percent ? t("discountPercent", { percent }) : t("discount");
  return [{ key, value: <Money value={{ ...discount.amount, amount: negate(discount.amount.amount) }} /> }];
}

function Change({ row }: { row: InvoiceRow }) {
  return (
    <span className="row">
      {row.changeAmount && <Money value={row.changeAmount} sign="always" />}
      {row.change !== null && <Percent value={row.change} sign="always" />}
    </span>
  );
}

/** The lines of the paper as a list, for those who do not see it. */
export function LineList({ invoice, onLine }: { invoice: InvoiceGetReply; onLine: (line: number) => void }) {
  const { t } = useTranslation("invoices");
  return (
    <InspectorSection title={t("lines")}>
      <ul className={styles.lineTable}>
        {invoice.lines.map((line) => (
          <li key={line.position}>
            <Button className={styles.lineButton ?? ""} onPress={() => onLine(line.position)}>
              <span className="truncate">
                <span className="medium id">{lineTitle(line)}</span> <span className="dim">{lineSubtitle(line)}</span>
              </span>
              <Money value={line.amount} lossWhenNegative />
            </Button>
          </li>
        ))}
      </ul>
      {invoice.lines.length === 0 && <p className="muted">{t("noLines")}</p>}
    </InspectorSection>
  );
}
