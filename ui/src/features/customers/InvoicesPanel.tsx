import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { PaymentTag } from "../../app/PaymentTag";
import { Money } from "../../components/Money";
import { Panel } from "../../components/Panel";
import { Percent } from "../../components/Quantity";
import { EmptyState } from "../../components/States";
import { DataTable, type Column } from "../../components/table/DataTable";
import type { InvoiceRow } from "../../ipc/generated/types";
import { useFormats } from "../../lib/use-formats";
import styles from "./Customers.module.css";
import { InvoiceStateTag } from "./InvoiceStateTag";
import { invoiceKey } from "./model";

/** Invoices and drafts of a customer; a press opens the document. */
export function InvoicesPanel({ invoices }: { invoices: readonly InvoiceRow[] }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  const navigate = useNavigate();
  const columns: Column<InvoiceRow>[] = [
    {
      id: "number",
      head: t("column.invoice"),
      width: "minmax(120px, 1fr)",
      cell: (row) => (row.number ? <span className="id medium">{row.number}</span> : <span className="dim">{t("notNumbered")}</span>),
    },
    { id: "month", head: t("column.period"), width: "minmax(116px, 1fr)", cell: (row) => formats.month(row.month) },
    { id: "net", head: t("column.net"), width: "112px", align: "end", cell: (row) => <Money value={row.net} /> },
    { id: "total", head: t("column.total"), width: "112px", align: "end", cell: (row) => <Money value={row.total} className="medium" /> },
    { id: "margin", head: t("column.margin"), width: "78px", align: "end", cell: (row) => <Percent value={row.margin} lossWhenNegative /> },
    { id: "state", head: t("column.state"), width: "132px", cell: (row) => (row.payment ? <PaymentTag payment={row.payment} /> : <InvoiceStateTag state={row.state} />) },
  ];
  return (
    <Panel title={t("invoices")} flush grow className={styles.invoices}>
      <DataTable
        label={t("invoices")}
        columns={columns}
        rows={invoices}
        rowKey={(row) => `${row.month} ${invoiceKey(row)}`}
        rowTone={(row) => (row.state === "void" ? "dim" : undefined)}
        onOpen={(row) => void navigate({ to: "/invoices", search: { month: row.month, at: invoiceKey(row) } })}
        empty={<EmptyState title={t("noInvoices")} />}
      />
    </Panel>
  );
}
