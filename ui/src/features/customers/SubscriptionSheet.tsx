import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useUndo } from "../../app/frame/use-undo";
import { issueAt, otherIssues } from "../../app/issues";
import { LeaveDialog } from "../../app/LeaveDialog";
import { comboOf } from "../../app/shortcuts";
import { showToast } from "../../app/toasts";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import { DateField } from "../../components/DateField";
import { FieldRow, FormIssues } from "../../components/Form";
import { Select } from "../../components/Select";
import { Sheet } from "../../components/Sheet";
import { EmptyState } from "../../components/States";
import type { CustomerText, SubscriptionText } from "../../ipc/generated/types";
import { useCommand, useMutation } from "../../ipc/query";
import { today } from "../../lib/dates";
import { useFormats } from "../../lib/use-formats";
import styles from "./Customers.module.css";
import { AGREED_FIELDS, nothingAgreed, sellsSeats, versionOf } from "./agreed";
import { planChoices } from "./model";
import { NextInvoices } from "./NextInvoices";
import { OverrideFields } from "./OverrideFields";
import { SeatFields } from "./SeatFields";

interface SubscriptionSheetProps {
  customer: CustomerText;
  /** Null puts the customer on a plan. */
  subscription: SubscriptionText | null;
  onClose: () => void;
}

/** Puts a customer on a plan version, or changes since when and until when. */
export function SubscriptionSheet({ customer, subscription, onClose }: SubscriptionSheetProps) {
  const { t } = useTranslation(["customers", "common"]);
  const formats = useFormats();
  const navigate = useNavigate();
  const { undo } = useUndo();
  const plans = useCommand("plan_list", {});
  const saving = useMutation("subscription_save");
  const [version, setVersion] = useState(subscription?.planVersionId ?? null);
  const [startsOn, setStartsOn] = useState<string | null>(
    subscription?.startsOn ?? `${today(formats.setting.timeZone).slice(0, 7)}-01`,
  );
  const [endsOn, setEndsOn] = useState(subscription?.endsOn ?? null);
  const [agreed, setAgreed] = useState(subscription?.agreed ?? nothingAgreed());
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState(false);
  const typed = JSON.stringify([version, startsOn, endsOn, agreed]);
  const [start] = useState(typed);
  const isDirty = typed !== start || problems.length > 0;
  const leave = () => (isDirty ? setAsking(true) : onClose());
  const choices = planChoices(plans.data?.plans ?? [], customer.currency);
  const options = choices.map(({ plan, version: one }, index) => ({
    value: one.id,
    label: t("plan.option", { plan: plan.name, version: one.number }),
    detail: choices[index - 1]?.plan.id === plan.id ? t("plan.older") : undefined,
  }));
  // The version of a running subscription stays a choice, even of a plan that is out of use.
  if (subscription && !options.some((option) => option.value === subscription.planVersionId)) {
    const label = t("plan.option", { plan: subscription.planName, version: subscription.version });
    options.unshift({ value: subscription.planVersionId, label, detail: undefined });
  }
  // With several nothing is chosen by itself: a wrong plan bills wrongly.
  const chosen = version ?? (options.length === 1 ? (options[0]?.value ?? null) : null);
  const { error } = saving;
  const able = chosen !== null && startsOn !== null && problems.length === 0 && !saving.isPending;
  const known = { id: subscription?.id ?? "", customerId: customer.id, planId: "", planName: "", version: 0, agreed };
  const edited = chosen !== null && startsOn !== null ? { ...known, planVersionId: chosen, startsOn, endsOn } : null;
  const on = versionOf(plans.data?.plans ?? [], chosen);
  const send = () => {
    if (!able || edited === null) return;
    const plan = options.find((option) => option.value === chosen)?.label ?? "";
    saving.mutate(
      { subscription: edited },
      {
        onSuccess() {
          showToast({
            text: t("plan.saved", { name: customer.name, plan }),
            tone: "gain",
            action: { label: t("common:undo"), run: undo },
          });
          onClose();
        },
      },
    );
  };
  useShortcut("primary", send, { scope: "modal" });
  const isEmpty = plans.data !== undefined && options.length === 0;

  return (
    <Sheet
      isOpen
      onClose={leave}
      width={560}
      title={subscription ? t("plan.changeTitle") : t("plan.put")}
      closeLabel={t("common:close")}
      footer={
        <>
          <Button onPress={leave}>{t("common:cancel")}</Button>
          <Button kind="primary" keys={comboOf("primary")} isDisabled={!able} onPress={send}>
            {t("common:save")}
          </Button>
        </>
      }
    >
      <FormIssues texts={otherIssues(error, ["planVersionId", "startsOn", "endsOn", ...AGREED_FIELDS])} />
      {isEmpty ? (
        <EmptyState
          title={t("plan.noChoice", { currency: customer.currency })}
          detail={t("plan.noChoiceDetail")}
          action={<Button onPress={() => void navigate({ to: "/plans" })}>{t("plan.toPlans")}</Button>}
        />
      ) : (
        <div className={styles.form}>
          <Select
            label={t("plan.which")}
            hint={t("plan.whichHint", { currency: customer.currency })}
            placeholder={t("plan.choose")}
            value={chosen}
            options={options}
            onChange={setVersion}
            error={issueAt(error, "planVersionId")}
            changed={subscription !== null && chosen !== subscription.planVersionId}
          />
          <FieldRow columns="minmax(0, 1fr) minmax(0, 1fr)">
            <DateField
              label={t("plan.start")}
              value={startsOn}
              onChange={setStartsOn}
              error={startsOn === null ? t("errors:issue.required") : issueAt(error, "startsOn")}
              changed={subscription !== null && startsOn !== subscription.startsOn}
            />
            <DateField
              label={t("plan.end")}
              optional={t("common:optional")}
              value={endsOn}
              onChange={setEndsOn}
              error={issueAt(error, "endsOn")}
              changed={subscription !== null && endsOn !== subscription.endsOn}
            />
          </FieldRow>
          {endsOn !== null && (
            <Button kind="ghost" size="small" className={styles.noEnd} onPress={() => setEndsOn(null)}>
              {t("plan.noEnd")}
            </Button>
          )}
          {(sellsSeats(on) || agreed.seats.length > 0) && (
            <SeatFields
              seats={agreed.seats}
              startsOn={startsOn ?? ""}
              error={error}
              onChange={(seats) => setAgreed({ ...agreed, seats })}
            />
          )}
          {on?.terms.phases && (
            <DateField
              label={t("agreed.phasesFrom")}
              optional={t("common:optional")}
              value={agreed.phasesFrom ?? null}
              onChange={(phasesFrom) => setAgreed({ ...agreed, phasesFrom })}
              error={issueAt(error, "phasesFrom")}
            />
          )}
          {on && (
            <OverrideFields
              overrides={agreed.overrides ?? []}
              charges={on.charges}
              currency={on.currency}
              error={error}
              problems={problems}
              onProblems={setProblems}
              onChange={(overrides) => setAgreed({ ...agreed, overrides })}
            />
          )}
          {edited && <NextInvoices subscription={edited} />}
        </div>
      )}
      <LeaveDialog isOpen={asking} onStay={() => setAsking(false)} onDiscard={onClose} />
    </Sheet>
  );
}
