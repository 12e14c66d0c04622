import { Download, Settings2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../../app/errors";
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
import type { AccountingFormat, AccountSum } from "../../../ipc/generated/types";
import { host } from "../../../ipc/host";
import { useCommand, useMutation } from "../../../ipc/query";
import { fileName } from "../../../lib/paths";
import { AccountsForm } from "./AccountsForm";
import styles from "./HandOver.module.css";
import { daysOf, ENDINGS, FORMATS, roleName } from "./model";

export interface AccountingSheetProps {
  /** The month that is looked at; its days are those handed over at first. */
  month: string;
  onClose: () => void;
}

/** What was booked in some days, by account, and as a file that accounting reads. */
export function AccountingSheet({ month, onClose }: AccountingSheetProps) {
  const { t } = useTranslation(["invoices", "common"]);
  const [days, setDays] = useState(() => daysOf(month));
  const [format, setFormat] = useState<AccountingFormat>("csv");
  const [currency, setCurrency] = useState("");
  const [editing, setEditing] = useState(false);
  const what = { ...days, currency: currency === "" ? null : currency };
  const preview = useCommand("accounting_preview", what, { keepPrevious: true });
  const write = useMutation("accounting_export");
  const columns = useColumns();
  const sums = preview.data?.sums ?? [];
  const currencies = [...new Set([...sums.map((row) => row.sum.currency), ...(currency === "" ? [] : [currency])])];

  async function save() {
    const ending = ENDINGS[format];
    const path = await host().saveFile({
      suggestedName: `${t("accounting.fileName", days)}.${ending}`,
      filters: [{ name: t(`accounting.format.${format}`), extensions: [ending] }],
    });
    if (path === null) return;
    write.mutate(
      { what, format, path },
      { onSuccess: (reply) => showToast({ text: t("accounting.saved", { count: reply.entries, file: fileName(path) }), tone: "gain" }) },
    );
  }

  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={t("accounting.title")}
      actions={
        <Button kind="ghost" size="small" icon={Settings2} onPress={() => setEditing(!editing)}>
          {editing ? t("accounting.toSums") : t("accounting.accounts")}
        </Button>
      }
      closeLabel={t("common:close")}
      width={760}
      footer={
        <div className="row">
          <span className="small muted grow">{t("accounting.balanced")}</span>
          <Button kind="primary" icon={Download} isDisabled={write.isPending || !preview.data || preview.data.entries === 0} onPress={() => void save()}>
            {t("accounting.save")}
          </Button>
        </div>
      }
    >
      {editing ? (
        <AccountsForm onDone={() => setEditing(false)} />
      ) : (
        <div className={styles.sheet}>
          <FormIssues texts={[...otherIssues(write.error, []), ...otherIssues(preview.error, ["from", "to"])]} />
          <FieldRow columns="1fr 1fr 1.4fr 1fr">
            <DateField label={t("accounting.from")} value={days.from} onChange={(from) => from && setDays({ ...days, from })} error={issueAt(preview.error, "from")} />
            <DateField label={t("accounting.to")} value={days.to} onChange={(to) => to && setDays({ ...days, to })} error={issueAt(preview.error, "to")} />
            <Select label={t("accounting.for")} value={format} onChange={setFormat} options={FORMATS.map((value) => ({ value, label: t(`accounting.format.${value}`) }))} />
            <Select
              label={t("accounting.currency")}
              value={currency}
              onChange={setCurrency}
              options={[{ value: "", label: t("accounting.allCurrencies") }, ...currencies.map((code) => ({ value: code, label: code }))]}
            />
          </FieldRow>
          <DataTable
            label={t("accounting.sums")}
            columns={columns}
            rows={preview.data?.sums}
            rowKey={(row) => `${row.role} ${row.sum.currency}`}
            error={preview.error && errorText(preview.error)}
            empty={<EmptyState title={t("accounting.none")} />}
          />
        </div>
      )}
    </Sheet>
  );
}

function useColumns(): Column<AccountSum>[] {
  const { t } = useTranslation("invoices");
  return [
    { id: "role", head: t("accounting.what"), width: "minmax(180px, 1.2fr)", cell: (row) => roleName(row.role) },
    { id: "account", head: t("accounting.account"), width: "minmax(160px, 1fr)", cell: (row) => <span className="mono small truncate">{row.account}</span> },
    { id: "sum", head: t("accounting.sum"), width: "minmax(120px, 0.8fr)", align: "end", cell: (row) => <Money value={row.sum} className="medium" /> },
  ];
}
