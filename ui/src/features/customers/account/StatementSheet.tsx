import { Download } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText, showError } from "../../../app/errors";
import { issueAt, otherIssues } from "../../../app/issues";
import { showToast } from "../../../app/toasts";
import { Button } from "../../../components/Button";
import { DateField } from "../../../components/DateField";
import { FieldRow, FormIssues } from "../../../components/Form";
import { Money } from "../../../components/Money";
import { Select } from "../../../components/Select";
import { Sheet } from "../../../components/Sheet";
import { EmptyState } from "../../../components/States";
import { DataTable, type Column } from "../../../components/table/DataTable";
import type { CustomerText, StatementEntry } from "../../../ipc/generated/types";
import { host } from "../../../ipc/host";
import { useCommand, useMutation } from "../../../ipc/query";
import { fileName } from "../../../lib/paths";
import { useFormats } from "../../../lib/use-formats";
import styles from "./Account.module.css";

export interface StatementSheetProps {
  customer: CustomerText;
  onClose: () => void;
}

/** The account over some days, as it will be printed. */
export function StatementSheet({ customer, onClose }: StatementSheetProps) {
  const { t } = useTranslation(["customers", "common"]);
  const formats = useFormats();
  const [from, setFrom] = useState<string | null>(null);
  const [to, setTo] = useState<string | null>(null);
  const [currency, setCurrency] = useState<string | null>(null);
  const request = { customerId: customer.id, from, to, currency };
  const reply = useCommand("statement_get", request, { keepPrevious: true });
  const save = useMutation("statement_save");
  const columns = useColumns();
  const data = reply.data;

  async function print() {
    if (!data) return;
    const path = await host().saveFile({ suggestedName: data.fileName, filters: [{ name: t("account.pdfFiles"), extensions: ["pdf"] }] });
    if (path === null) return;
    save.mutate(
      { statement: request, path },
      { onError: showError, onSuccess: () => showToast({ text: t("account.saved", { file: fileName(path) }), tone: "gain" }) },
    );
  }

  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={t("account.sheet", { name: customer.name })}
      closeLabel={t("common:close")}
      width={820}
      footer={
        <div className="row">
          <span className="grow">
            {data && t("account.owedOn", { day: formats.date(data.to) })} {data && <Money value={data.closing} className="strong" />}
          </span>
          <Button kind="primary" icon={Download} isDisabled={!data || reply.error !== null || save.isPending} onPress={() => void print()}>
            {t("account.save")}
          </Button>
        </div>
      }
    >
      <div className={styles.sheet}>
        <FormIssues texts={otherIssues(reply.error, ["from", "to", "currency"])} />
        <FieldRow columns="1fr 1fr 1fr">
          <DateField label={t("account.from")} value={from ?? data?.from ?? null} onChange={setFrom} error={issueAt(reply.error, "from")} />
          <DateField label={t("account.to")} value={to ?? data?.to ?? null} onChange={setTo} error={issueAt(reply.error, "to")} />
          <Select
            label={t("account.currency")}
            value={data?.currency ?? customer.currency}
            onChange={setCurrency}
            options={(data?.currencies ?? [customer.currency]).map((code) => ({ value: code, label: code }))}
          />
        </FieldRow>
        <p className={styles.opening}>
          <span>{t("account.opening")}</span>
          <Money value={data?.opening ?? null} className="medium" />
        </p>
        <DataTable
          label={t("account.entries")}
          columns={columns}
          rows={data?.entries}
          rowKey={(entry) => `${entry.day} ${entry.kind} ${entry.number} ${entry.balance.amount}`}
          error={reply.error && errorText(reply.error)}
          empty={<EmptyState title={t("account.none")} />}
        />
      </div>
    </Sheet>
  );
}

function useColumns(): Column<StatementEntry>[] {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  return [
    { id: "day", head: t("account.day"), width: "112px", cell: (entry) => formats.date(entry.day) },
    {
      id: "what",
      head: t("account.what"),
      width: "minmax(200px, 2fr)",
      cell: (entry) => (
        <span className="truncate" title={entry.reference}>
          {t(`account.kind.${entry.kind}`)} <span className="id">{entry.number}</span>
        </span>
      ),
    },
    { id: "amount", head: t("account.amount"), width: "minmax(112px, 1fr)", align: "end", cell: (entry) => <Money value={entry.amount} sign="always" /> },
    { id: "balance", head: t("account.balance"), width: "minmax(112px, 1fr)", align: "end", cell: (entry) => <Money value={entry.balance} className="medium" /> },
  ];
}
