import { FileText } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../../app/errors";
import { Button } from "../../../components/Button";
import { Money } from "../../../components/Money";
import { KeyValues, Panel } from "../../../components/Panel";
import { Skeleton } from "../../../components/States";
import type { AgeingRow, CustomerText } from "../../../ipc/generated/types";
import { useCommand } from "../../../ipc/query";
import { sign } from "../../../lib/decimal";
import { StatementSheet } from "./StatementSheet";

const BANDS = ["notDue", "to30", "to60", "to90", "over90"] as const;

/** What a customer owes by age, and the way to the statement of account. */
export function AccountPanel({ customer }: { customer: CustomerText }) {
  const { t } = useTranslation("customers");
  const [isOpen, setOpen] = useState(false);
  const reply = useCommand("receivable_list", { customerId: customer.id });
  return (
    <Panel
      title={t("account.title")}
      actions={
        <Button kind="ghost" size="small" icon={FileText} onPress={() => setOpen(true)}>
          {t("account.statement")}
        </Button>
      }
    >
      {reply.error ? (
        <p className="small loss">{errorText(reply.error).text}</p>
      ) : !reply.data ? (
        <Skeleton rows={2} height={24} />
      ) : reply.data.totals.length === 0 ? (
        <p className="muted">{t("account.nothing")}</p>
      ) : (
        reply.data.totals.map((row) => <KeyValues key={row.currency} items={items(row, t)} />)
      )}
      {isOpen && <StatementSheet customer={customer} onClose={() => setOpen(false)} />}
    </Panel>
  );
}

function items(row: AgeingRow, t: (key: string) => string) {
  const ages = BANDS.filter((band) => sign(row[band].amount) !== 0);
  const back = sign(row.toPayBack.amount) === 0 ? [] : [{ key: t("account.toPayBack"), value: <Money value={row.toPayBack} /> }];
  return [
    { key: t("account.owed"), value: <Money value={row.owed} className="strong" /> },
    ...ages.map((band) => ({ key: t(`account.band.${band}`), value: <Money value={row[band]} tone={band === "notDue" ? undefined : "loss"} /> })),
    ...back,
  ];
}
