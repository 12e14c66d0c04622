import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../../app/errors";
import { DateField } from "../../../components/DateField";
import { Money } from "../../../components/Money";
import { Sheet } from "../../../components/Sheet";
import { EmptyState } from "../../../components/States";
import { DataTable, type Column } from "../../../components/table/DataTable";
import type { CreditEntryText, CustomerText } from "../../../ipc/generated/types";
import { useCommand } from "../../../ipc/query";
import { today, type DateString } from "../../../lib/dates";
import { useFormats } from "../../../lib/use-formats";
import { grantOf } from "./model";
import styles from "./Credit.module.css";

/** Every movement of a customer's credit, and what could be used at the end of any day. */
export function LedgerSheet({ customer, onClose }: { customer: CustomerText; onClose: () => void }) {
  const { t } = useTranslation(["customers", "common"]);
  const formats = useFormats();
  const navigate = useNavigate();
  const [day, setDay] = useState<DateString | null>(() => today(customer.zone));
  const reply = useCommand("credit_grant_list", { customerId: customer.id, at: null });
  const then = useCommand("credit_grant_list", { customerId: customer.id, at: day });
  const grants = reply.data?.grants ?? [];
  const columns: Column<CreditEntryText>[] = [
    { id: "day", head: t("credit.column.date"), width: "104px", cell: (entry) => formats.date(entry.day) },
    { id: "what", head: t("credit.column.what"), width: "minmax(150px, 1fr)", cell: (entry) => <What entry={entry} /> },
    {
      id: "grant",
      head: t("credit.column.grant"),
      width: "minmax(130px, 1fr)",
      cell: (entry) => {
        const grant = grantOf(grants, entry);
        if (!grant) return null;
        const amount = formats.money(grant.amount.amount, grant.amount.currency);
        return <span className="muted truncate">{t("credit.grantOf", { kind: t(`credit.kind.${grant.kind}`), amount })}</span>;
      },
    },
    {
      id: "amount",
      head: t("credit.column.amount"),
      width: "112px",
      align: "end",
      cell: (entry) => <Money value={entry.amount} sign="always" />,
    },
    {
      id: "balance",
      head: t("credit.column.balance"),
      width: "112px",
      align: "end",
      cell: (entry) => <Money value={entry.balance} className="medium" />,
    },
  ];
  const open = (entry: CreditEntryText) => {
    const { invoiceId, invoiceMonth } = entry;
    if (invoiceId && invoiceMonth) void navigate({ to: "/invoices", search: { month: invoiceMonth, at: invoiceId } });
  };
  return (
    <Sheet isOpen onClose={onClose} width={720} flush title={t("credit.ledgerTitle", { name: customer.name })} closeLabel={t("common:close")}>
      <div className={styles.ledger}>
        <div className={styles.asOf}>
          <DateField className={styles.at} label={t("credit.asOf")} value={day} onChange={setDay} />
          <p className={styles.then} aria-live="polite">
            <span className="small muted">{t("credit.usableThen")}</span>
            <Money value={then.data?.balance ?? null} size="large" className="strong" />
          </p>
        </div>
        <div className={styles.rows}>
          <DataTable
            label={t("credit.ledger")}
            columns={columns}
            rows={reply.data?.entries}
            rowKey={(entry) => entry.sequence}
            error={reply.error ? errorText(reply.error) : null}
            onRetry={() => void reply.refetch()}
            onOpen={open}
            empty={<EmptyState title={t("credit.noEntries")} />}
          />
        </div>
      </div>
    </Sheet>
  );
}

function What({ entry }: { entry: CreditEntryText }) {
  const { t } = useTranslation("customers");
  return (
    <span className="truncate" title={entry.note || undefined}>
      {t(`credit.entry.${entry.kind}`)}
      {entry.invoiceNumber && <span className="id muted"> {entry.invoiceNumber}</span>}
      {entry.note && <span className="dim"> {entry.note}</span>}
    </span>
  );
}
