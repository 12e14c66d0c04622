import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Check, Landmark } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { PaymentTag } from "../../app/PaymentTag";
import { Screen } from "../../app/Screen";
import { Button } from "../../components/Button";
import { Money } from "../../components/Money";
import { Panel } from "../../components/Panel";
import { Segmented } from "../../components/Segmented";
import { EmptyState, NoResult } from "../../components/States";
import { DataTable, type Column } from "../../components/table/DataTable";
import { SearchField } from "../../components/TextField";
import { TileStrip } from "../../components/TileStrip";
import type { AgeingRow, ReceivableRow } from "../../ipc/generated/types";
import { host } from "../../ipc/host";
import { useCommand } from "../../ipc/query";
import { useFormats } from "../../lib/use-formats";
import { match } from "../../lib/search";
import { BankSheet } from "./bank/BankSheet";
import { BANDS, type OpenSearch } from "./receivables";
import styles from "./OpenInvoices.module.css";

const route = getRouteApi("/invoices/open");

/** What is owed, by whom and for how long: each invoice, or the sums of each customer. */
export function OpenInvoicesScreen() {
  const { t } = useTranslation(["invoices", "common"]);
  const formats = useFormats();
  const search = route.useSearch();
  const navigate = useNavigate();
  const reply = useCommand("receivable_list", { customerId: null });
  const [file, setFile] = useState<string | null>(null);
  const invoiceColumns = useInvoiceColumns();
  const ageColumns = useAgeColumns();
  const data = reply.data;
  async function choose() {
    const [path] = await host().openFiles({ filters: [{ name: t("bank.files"), extensions: ["csv", "txt", "tsv"] }] });
    if (path !== undefined) setFile(path);
  }
  const change = (part: OpenSearch) => void navigate({ to: "/invoices/open", search: { ...search, ...part }, replace: true });
  const find = search.find ?? "";
  const show = search.by ?? "invoice";
  const fits = (...names: string[]) => find === "" || names.some((name) => match(find, name));
  const invoices = data?.invoices.filter((row) => fits(row.customer, row.number) && (search.overdue !== true || row.payment.overdueDays !== null));
  const customers = data?.customers.filter((row) => fits(row.customer ?? "") && (search.overdue !== true || isOverdue(row)));
  const face = {
    error: reply.error && errorText(reply.error),
    onRetry: () => void reply.refetch(),
    isFiltered: find !== "" || search.overdue === true,
    empty: <EmptyState icon={Check} title={t("open.empty")} detail={t("open.emptyDetail")} />,
    noResult: <NoResult title={t("open.noResult")} action={<Button onPress={() => change({ find: undefined, overdue: undefined })}>{t("common:clearFilter")}</Button>} />,
  };
  return (
    <Screen
      title={t("open.title")}
      crumbs={[{ to: "/invoices", label: t("title") }]}
      note={data && t("open.note", { count: data.invoices.length, day: formats.date(data.today) })}
      primary={{ label: t("bank.action"), icon: Landmark, onPress: () => void choose() }}
      toolbar={
        <>
          <SearchField label={t("find")} placeholder={t("find")} value={find} onChange={(next) => change({ find: next || undefined })} className={styles.find} />
          <Segmented
            label={t("open.by")}
            value={show}
            onChange={(by) => change({ by: by === "invoice" ? undefined : by })}
            segments={[
              { value: "invoice", label: t("open.byInvoice") },
              { value: "customer", label: t("open.byCustomer") },
            ]}
          />
          <Segmented
            label={t("open.which")}
            value={search.overdue === true ? "overdue" : "all"}
            onChange={(which) => change({ overdue: which === "overdue" || undefined })}
            segments={[
              { value: "all", label: t("show.all") },
              { value: "overdue", label: t("open.overdue") },
            ]}
          />
        </>
      }
      fill
    >
      <div className={styles.page}>
        {data?.totals.map((row) => (
          <TileStrip
            key={row.currency}
            label={t("open.totalIn", { currency: row.currency })}
            tiles={[
              { label: t("open.owedIn", { currency: row.currency }), figure: <Money size="headline" value={row.owed} /> },
              ...BANDS.map((band) => ({ label: t(`open.band.${band}`), figure: <Money value={row[band]} className="medium" /> })),
            ]}
          />
        ))}
        <Panel flush grow>
          {show === "invoice" ? (
            <DataTable
              {...face}
              label={t("open.title")}
              columns={invoiceColumns}
              rows={invoices}
              rowKey={(row) => row.id}
              onOpen={(row) => void navigate({ to: "/invoices", search: { month: row.month, at: row.id } })}
              pageKeys
            />
          ) : (
            <DataTable
              {...face}
              label={t("open.byCustomer")}
              columns={ageColumns}
              rows={customers}
              rowKey={(row) => `${row.customerId} ${row.currency}`}
              onOpen={(row) => row.customerId && void navigate({ to: "/customers/$id", params: { id: row.customerId } })}
              pageKeys
            />
          )}
        </Panel>
      </div>
      {file !== null && <BankSheet path={file} onClose={() => setFile(null)} />}
    </Screen>
  );
}

function isOverdue(row: AgeingRow): boolean {
  return row.owed.amount !== row.notDue.amount;
}

function useInvoiceColumns(): Column<ReceivableRow>[] {
  const { t } = useTranslation("invoices");
  const formats = useFormats();
  return [
    { id: "number", head: t("number"), width: "minmax(120px, 0.8fr)", sortBy: (row) => ({ text: row.number }), cell: (row) => <span className="id medium">{row.number}</span> },
    { id: "customer", head: t("open.customer"), width: "minmax(180px, 2fr)", sortBy: (row) => ({ text: row.customer }), cell: (row) => <span className="truncate">{row.customer}</span> },
    { id: "issued", head: t("issuedOn"), width: "112px", sortBy: (row) => ({ text: row.issuedOn }), cell: (row) => formats.date(row.issuedOn) },
    { id: "due", head: t("dueOn"), width: "112px", sortBy: (row) => ({ text: row.dueOn }), cell: (row) => formats.date(row.dueOn) },
    { id: "payable", head: t("payable"), width: "minmax(112px, 0.8fr)", align: "end", sortBy: (row) => ({ figure: row.payable.amount }), cell: (row) => <Money value={row.payable} className="muted" /> },
    { id: "open", head: t("payment.open"), width: "minmax(112px, 0.8fr)", align: "end", sortBy: (row) => ({ figure: row.payment.open.amount }), cell: (row) => <Money value={row.payment.open} className="medium" /> },
    { id: "state", head: t("payment.title"), width: "minmax(140px, 0.8fr)", sortBy: (row) => ({ figure: String(row.payment.overdueDays ?? 0) }), firstDirection: "down", cell: (row) => <PaymentTag payment={row.payment} /> },
  ];
}

function useAgeColumns(): Column<AgeingRow>[] {
  const { t } = useTranslation("invoices");
  return [
    { id: "customer", head: t("open.customer"), width: "minmax(180px, 2fr)", sortBy: (row) => ({ text: row.customer ?? "" }), cell: (row) => <span className="truncate medium">{row.customer}</span> },
    ...BANDS.map((band): Column<AgeingRow> => ({
      id: band,
      head: t(`open.band.${band}`),
      width: "minmax(96px, 1fr)",
      align: "end",
      firstDirection: "down",
      sortBy: (row) => ({ figure: row[band].amount }),
      cell: (row) => <Money value={row[band]} />,
    })),
    { id: "owed", head: t("open.owed"), width: "minmax(112px, 1fr)", align: "end", firstDirection: "down", sortBy: (row) => ({ figure: row.owed.amount }), cell: (row) => <Money value={row.owed} className="medium" /> },
    { id: "back", head: t("payment.toPayBack"), width: "minmax(112px, 1fr)", align: "end", sortBy: (row) => ({ figure: row.toPayBack.amount }), cell: (row) => <Money value={row.toPayBack} className="muted" /> },
  ];
}
