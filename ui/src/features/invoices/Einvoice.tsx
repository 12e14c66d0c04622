import { useNavigate } from "@tanstack/react-router";
import { Check, CircleAlert, FileCode } from "lucide-react";
import { useTranslation } from "react-i18next";
import { issueText } from "../../app/errors";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { InspectorSection } from "../../components/Inspector";
import type { InvoiceGetReply, InvoiceRow, IssueText } from "../../ipc/generated/types";
import { fieldOf, partyOf, type Party } from "../../lib/einvoice";
import { EinvoiceMenu } from "./EinvoiceMenu";
import styles from "./Invoices.module.css";
import { useEinvoice } from "./use-einvoice";

interface EinvoiceProps {
  invoice: InvoiceGetReply;
  row: InvoiceRow;
}

/** Of a draft, what its e-invoice lacks and where that is entered; of a final one, the way to save it. */
export function Einvoice({ invoice, row }: EinvoiceProps) {
  const { t } = useTranslation("einvoice");
  const { save, faults, isPending } = useEinvoice();
  const wanted = invoice.einvoice;
  const { id, number } = row;
  if (row.state === "void") return null;
  if (id === null || number === null) {
    if (wanted === null) return null;
    const format = t(`formats.${wanted}`);
    const isWhole = row.einvoiceFaults.length === 0;
    return (
      <InspectorSection title={t("title")}>
        <ul className={styles.checks}>
          <li>
            <Icon icon={isWhole ? Check : CircleAlert} size="s" className={isWhole ? "gain" : "loss"} />
            <span>{t(isWhole ? "whole" : "lacks", { format })}</span>
          </li>
        </ul>
        <Faults faults={row.einvoiceFaults} customerId={row.customerId} />
      </InspectorSection>
    );
  }
  return (
    <InspectorSection title={t("title")}>
      <p className="small muted">{wanted === null ? t("none") : t("wants", { name: row.customer, format: t(`formats.${wanted}`) })}</p>
      <div className={styles.buttons}>
        <EinvoiceMenu
          label={t("save")}
          wanted={wanted}
          onSave={(format) => void save({ id, number, kind: "invoice" }, format)}
          trigger={
            <Button size="small" icon={FileCode} isDisabled={isPending}>
              {t("save")}
            </Button>
          }
        />
      </div>
      <Faults faults={faults} customerId={row.customerId} />
      {faults.length > 0 && <p className="small muted">{t("frozen")}</p>}
    </InspectorSection>
  );
}

interface FaultsProps {
  faults: readonly IssueText[];
  customerId: string;
}

/** What is missing, and a way to each of the two forms where it is entered. */
export function Faults({ faults, customerId }: FaultsProps) {
  const { t } = useTranslation("einvoice");
  const navigate = useNavigate();
  const open: Record<Party, () => void> = {
    company: () => void navigate({ to: "/settings", search: { section: "company" } }),
    customer: () => void navigate({ to: "/customers/$id", params: { id: customerId }, search: { edit: true } }),
  };
  return (["company", "customer"] as const).map((party) => {
    const own = faults.filter((fault) => partyOf(fault) === party);
    if (own.length === 0) return null;
    const isCompany = party === "company";
    return (
      <div key={party} role="group" aria-label={t(isCompany ? "ofCompany" : "ofCustomer")} className={styles.lacks}>
        <p className="small medium">{t(isCompany ? "ofCompany" : "ofCustomer")}</p>
        <ul className={styles.checks}>
          {own.map((fault) => (
            <li key={`${fault.path} ${fault.code}`}>
              <Icon icon={CircleAlert} size="s" className="loss" />
              <span>{t("fault", { field: t(`field.${fieldOf(fault)}`), what: issueText(fault) })}</span>
            </li>
          ))}
        </ul>
        <div className={styles.buttons}>
          <Button size="small" onPress={open[party]}>
            {t(isCompany ? "toCompany" : "toCustomer")}
          </Button>
        </div>
      </div>
    );
  });
}
