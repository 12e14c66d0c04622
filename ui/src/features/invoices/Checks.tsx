import { useNavigate } from "@tanstack/react-router";
import { Check, CircleAlert, CircleSlash, Inbox, Package, ShieldCheck, type LucideIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { InspectorSection } from "../../components/Inspector";
import { KeyValues } from "../../components/Panel";
import { Quantity } from "../../components/Quantity";
import type { HeldText, InvoiceGetReply, InvoiceRow } from "../../ipc/generated/types";
import { useFormats } from "../../lib/use-formats";
import styles from "./Invoices.module.css";
import { addsUp } from "./model";
import type { InvoiceActions } from "./use-invoice-actions";
import { capital, heldReason, heldSubject } from "./words";

export interface ChecksProps {
  invoice: InvoiceGetReply;
  row: InvoiceRow;
  complete: boolean;
  actions: InvoiceActions;
}

/** What was looked at before a draft may become final; of a final one what proves it. */
export function Checks({ invoice, row, complete, actions }: ChecksProps) {
  const { t } = useTranslation("invoices");
  const navigate = useNavigate();
  const final = row.id !== null;
  const fits = addsUp(invoice);
  const scripts = invoice.missingScripts;
  // What an e-invoice lacks is no matter of the inbox: it has a section of its own.
  const waits = row.held.some((code) => code !== "einvoice_incomplete");
  const toInbox = () => void navigate({ to: "/usage/inbox" });
  return (
    <>
      <InspectorSection title={final ? t("thisInvoice") : t("thisDraft")}>
        <ul className={styles.checks}>
          <Line ok={fits} text={fits ? t("check.sums") : t("check.sumsDiffer")} />
          {!final && <Line ok={complete} text={complete ? t("check.over") : t("check.notOver")} />}
          {!final && !waits && <Line ok text={t("check.nothingHeld")} />}
          {row.held.map((code) => (
            <Line key={code} ok={false} text={capital(heldReason(code))} />
          ))}
          {scripts.length > 0 ? (
            <Line ok={false} text={t("check.scripts", { scripts: scripts.join(", ") })} />
          ) : (
            <Line ok text={t("check.letters")} />
          )}
        </ul>
        {final && <Proof invoice={invoice} />}
        <div className={styles.buttons}>
          {final && (
            <Button size="small" icon={ShieldCheck} isDisabled={actions.busy} onPress={() => void actions.verify(row)}>
              {t("verifyOne")}
            </Button>
          )}
          {final && (
            <Button size="small" icon={Package} isDisabled={actions.busy} onPress={() => void actions.savePack(row)}>
              {t("pack.action")}
            </Button>
          )}
          {row.state === "finalized" && (
            <Button size="small" kind="danger" icon={CircleSlash} isDisabled={actions.busy} onPress={() => actions.setVoiding(row)}>
              {t("voidAction")}
            </Button>
          )}
          {waits && invoice.held.length === 0 && (
            <Button size="small" icon={Inbox} onPress={toInbox}>
              {t("toInbox")}
            </Button>
          )}
        </div>
      </InspectorSection>
      {invoice.held.length > 0 && <Waiting held={invoice.held} onInbox={toInbox} />}
    </>
  );
}

function Line({ ok, text }: { ok: boolean; text: string }) {
  const icon: LucideIcon = ok ? Check : CircleAlert;
  return (
    <li>
      <Icon icon={icon} size="s" className={ok ? "gain" : "loss"} />
      <span>{text}</span>
    </li>
  );
}

function Proof({ invoice }: { invoice: InvoiceGetReply }) {
  const { t } = useTranslation("invoices");
  const formats = useFormats();
  return (
    <div style={{ marginTop: 10 }}>
      <KeyValues
        items={[
          ...(invoice.asOf ? [{ key: t("asOf"), value: formats.instant(invoice.asOf) }] : []),
          ...(invoice.inputHash
            ? [{ key: t("inputHash"), value: <span className={`mono selectable ${styles.hash}`}>{invoice.inputHash}</span> }]
            : []),
        ]}
      />
    </div>
  );
}

function Waiting({ held, onInbox }: { held: readonly HeldText[]; onInbox: () => void }) {
  const { t } = useTranslation("invoices");
  const formats = useFormats();
  return (
    <InspectorSection title={t("waiting")} aside={<span className="small">{t("notBilled")}</span>}>
      <ul className={styles.waiting}>
        {held.map((item, index) => (
          <li key={index}>
            <span className="col">
              <span className="truncate id">{heldSubject(item.subject)}</span>
              <span className="small pencil">{heldReason(item.reason)}</span>
            </span>
            <span className="col right">
              <Quantity value={item.quantity} short />
              <span className="small dim num">{t("events", { count: item.events, events: formats.quantity(String(item.events)) })}</span>
            </span>
          </li>
        ))}
      </ul>
      <div className={styles.buttons}>
        <Button size="small" icon={Inbox} onPress={onInbox}>
          {t("toInbox")}
        </Button>
      </div>
    </InspectorSection>
  );
}
