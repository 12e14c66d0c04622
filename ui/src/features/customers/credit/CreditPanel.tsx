import { Coins, Plus, ReceiptText, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useActions } from "../../../app/actions";
import { errorText } from "../../../app/errors";
import { Button } from "../../../components/Button";
import { IconButton } from "../../../components/IconButton";
import { Money } from "../../../components/Money";
import { Panel } from "../../../components/Panel";
import { EmptyState, ErrorState, Skeleton } from "../../../components/States";
import { Tag } from "../../../components/Tag";
import type { CreditGrantListReply, CreditGrantText, CreditState, CustomerText } from "../../../ipc/generated/types";
import { useCommand } from "../../../ipc/query";
import { useFormats } from "../../../lib/use-formats";
import { CreditSheet } from "./CreditSheet";
import { CreditVoidDialog } from "./CreditVoidDialog";
import { LedgerSheet } from "./LedgerSheet";
import { canVoid, inOrder } from "./model";
import { useScopeWords } from "./words";
import styles from "./Credit.module.css";

/** What a customer has paid ahead or was given, what is left of it, and its ledger. */
export function CreditPanel({ customer }: { customer: CustomerText }) {
  const { t } = useTranslation(["customers", "common"]);
  const reply = useCommand("credit_grant_list", { customerId: customer.id, at: null });
  const [open, setOpen] = useState<"new" | "ledger" | null>(null);
  const [voiding, setVoiding] = useState<CreditGrantText | null>(null);
  const add = () => setOpen("new");
  useActions([{ id: "customer.credit", title: t("credit.grantTitle", { name: customer.name }), icon: Coins, run: add }]);
  return (
    <Panel
      title={t("credit.title")}
      flush
      actions={
        <>
          {reply.data && reply.data.entries.length > 0 && (
            <Button kind="ghost" size="small" icon={ReceiptText} onPress={() => setOpen("ledger")}>
              {t("credit.ledger")}
            </Button>
          )}
          <Button kind="ghost" size="small" icon={Plus} onPress={add} isDisabled={!reply.data}>
            {t("credit.add")}
          </Button>
        </>
      }
    >
      {reply.data ? (
        <Grants reply={reply.data} onAdd={add} onVoid={setVoiding} />
      ) : reply.error ? (
        <ErrorState
          title={errorText(reply.error).text}
          detail={errorText(reply.error).detail}
          action={<Button onPress={() => void reply.refetch()}>{t("common:again")}</Button>}
        />
      ) : (
        <Skeleton rows={2} height={44} />
      )}
      {open === "new" && reply.data && (
        <CreditSheet customer={customer} scopes={reply.data.scopes} onClose={() => setOpen(null)} />
      )}
      {open === "ledger" && <LedgerSheet customer={customer} onClose={() => setOpen(null)} />}
      {voiding && <CreditVoidDialog grant={voiding} name={customer.name} onClose={() => setVoiding(null)} />}
    </Panel>
  );
}

interface GrantsProps {
  reply: CreditGrantListReply;
  onAdd: () => void;
  onVoid: (grant: CreditGrantText) => void;
}

function Grants({ reply, onAdd, onVoid }: GrantsProps) {
  const { t } = useTranslation("customers");
  if (reply.grants.length === 0) {
    return (
      <EmptyState
        icon={Coins}
        title={t("credit.none")}
        detail={t("credit.noneDetail")}
        action={
          <Button kind="primary" onPress={onAdd}>
            {t("credit.grant")}
          </Button>
        }
      />
    );
  }
  return (
    <>
      <p className={styles.balance}>
        <span className="small muted">{t("credit.usable")}</span>
        <Money value={reply.balance} size="large" className="strong" />
      </p>
      <ul aria-label={t("credit.title")}>
        {inOrder(reply.grants).map((grant) => (
          <Row key={grant.id} grant={grant} onVoid={() => onVoid(grant)} />
        ))}
      </ul>
    </>
  );
}

const TONES: Record<CreditState, "gain" | "pencil" | "neutral" | "outline"> = {
  active: "gain",
  coming: "pencil",
  used_up: "neutral",
  ended: "outline",
  voided: "outline",
};

function Row({ grant, onVoid }: { grant: CreditGrantText; onVoid: () => void }) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  const scopeWords = useScopeWords();
  const amount = formats.money(grant.amount.amount, grant.amount.currency);
  const days =
    grant.lastDay === null
      ? t("credit.from", { from: formats.date(grant.firstDay) })
      : t("credit.fromTo", { from: formats.date(grant.firstDay), to: formats.date(grant.lastDay) });
  const more = [
    grant.scope.length > 0 && t("credit.only", { names: grant.scope.map(scopeWords).join(", ") }),
    grant.tax === "post_tax" && t("credit.afterTax"),
    grant.priority !== 50 && t("credit.priorityIs", { priority: grant.priority }),
    grant.note,
  ].filter(Boolean);
  const left = canVoid(grant);
  return (
    <li className={styles.grant}>
      <div className="grow">
        <p className="row">
          <Money value={grant.left} className={left ? "medium" : "muted"} />
          <span className="dim small nowrap">{t("credit.of", { amount })}</span>
          <span className="grow" />
          <Tag tone={TONES[grant.state]}>{t(`credit.state.${grant.state}`)}</Tag>
        </p>
        <p className="small dim">
          {t(`credit.kind.${grant.kind}`)}, {days}
        </p>
        {more.length > 0 && <p className={styles.more}>{more.join(" · ")}</p>}
      </div>
      {left && <IconButton icon={Undo2} size="small" label={t("credit.void", { amount })} onPress={onVoid} />}
    </li>
  );
}
