import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useUndo } from "../../../app/frame/use-undo";
import { issueAt, issueUnder, otherIssues } from "../../../app/issues";
import { LeaveDialog } from "../../../app/LeaveDialog";
import { comboOf } from "../../../app/shortcuts";
import { showToast } from "../../../app/toasts";
import { useShortcut } from "../../../app/use-shortcut";
import { Button } from "../../../components/Button";
import { DateField } from "../../../components/DateField";
import { DecimalField } from "../../../components/DecimalField";
import { FieldRow, FormIssues } from "../../../components/Form";
import { Select } from "../../../components/Select";
import { Sheet } from "../../../components/Sheet";
import { TextArea } from "../../../components/TextField";
import type { CreditScopeText, CustomerText } from "../../../ipc/generated/types";
import { useMutation } from "../../../ipc/query";
import { today } from "../../../lib/dates";
import { useFormats } from "../../../lib/use-formats";
import { newGrant, requestOf, SHOWN_PATHS, type GrantDraft } from "./model";
import { ScopeField } from "./ScopeField";
import styles from "./Credit.module.css";

interface CreditSheetProps {
  customer: CustomerText;
  /** What the grant can be limited to. */
  scopes: readonly CreditScopeText[];
  onClose: () => void;
}

/** Grants credit to a customer. Faults come back all at once, each at its field. */
export function CreditSheet({ customer, scopes, onClose }: CreditSheetProps) {
  const { t } = useTranslation(["customers", "common"]);
  const formats = useFormats();
  const { undo } = useUndo();
  const creating = useMutation("credit_grant_create");
  const [start] = useState<GrantDraft>(() => newGrant(today(customer.zone)));
  const [draft, setDraft] = useState(start);
  const [asking, setAsking] = useState(false);
  const [problems, setProblems] = useState({ amount: false, priority: false });
  const form = useRef<HTMLDivElement>(null);
  const { error } = creating;
  const able = !creating.isPending && !problems.amount && !problems.priority;
  const leave = () => (draft !== start || problems.amount || problems.priority ? setAsking(true) : onClose());
  const change = (part: Partial<GrantDraft>) => setDraft({ ...draft, ...part });
  const send = () => {
    if (!able) return;
    creating.mutate(requestOf(draft, customer), {
      onSuccess() {
        const amount = formats.money(draft.amount ?? "0", customer.currency);
        showToast({
          text: t("credit.granted", { amount, name: customer.name }),
          tone: "gain",
          action: { label: t("common:undo"), run: undo },
        });
        onClose();
      },
    });
  };
  useShortcut("primary", send, { scope: "modal" });
  useEffect(() => form.current?.querySelector("input")?.focus(), []);
  useEffect(() => {
    // The first faulty field gets the focus, so that its fault is read aloud.
    if (error) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [error]);

  return (
    <Sheet
      isOpen
      onClose={leave}
      width={460}
      title={t("credit.grantTitle", { name: customer.name })}
      closeLabel={t("common:close")}
      footer={
        <>
          <Button onPress={leave}>{t("common:cancel")}</Button>
          <Button kind="primary" keys={comboOf("primary")} isDisabled={!able} onPress={send}>
            {t("credit.grant")}
          </Button>
        </>
      }
    >
      <FormIssues texts={otherIssues(error, SHOWN_PATHS)} />
      <div ref={form} className={styles.form}>
        <FieldRow columns="minmax(0, 1fr) minmax(0, 1fr)">
          <DecimalField
            label={t("credit.amount")}
            unit={customer.currency}
            value={draft.amount}
            onChange={(amount) => change({ amount })}
            onProblem={(amount) => setProblems({ ...problems, amount })}
            allowNegative
            error={issueAt(error, "amount") ?? issueAt(error, "currency")}
          />
          <Select
            label={t("credit.kindLabel")}
            value={draft.kind}
            options={(["paid", "promotional"] as const).map((value) => ({ value, label: t(`credit.kind.${value}`) }))}
            onChange={(kind) => change({ kind })}
          />
        </FieldRow>
        <FieldRow columns="minmax(0, 1fr) minmax(0, 1fr)">
          <DateField
            label={t("credit.firstDay")}
            value={draft.firstDay}
            onChange={(firstDay) => change({ firstDay })}
            error={issueAt(error, "effectiveAt")}
          />
          <DateField
            label={t("credit.lastDay")}
            optional={t("common:optional")}
            value={draft.lastDay}
            onChange={(lastDay) => change({ lastDay })}
            error={issueAt(error, "expiresAt")}
          />
        </FieldRow>
        <p className="small muted">{t("credit.daysHint", { zone: customer.zone })}</p>
        {draft.lastDay !== null && (
          <Button kind="ghost" size="small" className={styles.noEnd} onPress={() => change({ lastDay: null })}>
            {t("credit.noEnd")}
          </Button>
        )}
        <FieldRow columns="minmax(0, 1fr) 132px">
          <Select
            label={t("credit.taxLabel")}
            hint={t(`credit.taxHint.${draft.tax}`)}
            value={draft.tax}
            options={(["pre_tax", "post_tax"] as const).map((value) => ({ value, label: t(`credit.tax.${value}`) }))}
            onChange={(tax) => change({ tax })}
          />
          <DecimalField
            label={t("credit.priority")}
            hint={t("credit.priorityHint")}
            placeholder="50"
            value={draft.priority}
            onChange={(priority) => change({ priority })}
            onProblem={(priority) => setProblems({ ...problems, priority })}
            allowNegative
            error={issueAt(error, "priority")}
          />
        </FieldRow>
        <ScopeField
          scopes={scopes}
          value={draft.scope}
          onChange={(scope) => change({ scope })}
          error={issueUnder(error, "scope")}
        />
        <TextArea
          label={t("credit.note")}
          optional={t("common:optional")}
          hint={t("credit.noteHint")}
          value={draft.note}
          onChange={(note) => change({ note })}
          error={issueAt(error, "note")}
          rows={2}
        />
      </div>
      <LeaveDialog isOpen={asking} onStay={() => setAsking(false)} onDiscard={onClose} />
    </Sheet>
  );
}
