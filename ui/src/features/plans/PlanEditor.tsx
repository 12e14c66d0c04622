import { useBlocker } from "@tanstack/react-router";
import { Coins, Gauge, Redo2, Repeat, Undo2 } from "lucide-react";
import { useEffect, useEffectEvent, useReducer, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { issueAt, otherIssues } from "../../app/issues";
import { LeaveDialog } from "../../app/LeaveDialog";
import { comboOf } from "../../app/shortcuts";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import { FieldRow, FormIssues } from "../../components/Form";
import { IconButton } from "../../components/IconButton";
import { Panel } from "../../components/Panel";
import { Select } from "../../components/Select";
import { TextField } from "../../components/TextField";
import type { MeterText, PlanText } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { currencyName, namedCodes } from "../../lib/names";
import { BillingFields } from "./BillingFields";
import { BillingTests } from "./BillingTests";
import { ChargeCard } from "./ChargeCard";
import { writeCharge } from "../../app/pricing/charge";
import { edits, firstEdits } from "./edits";
import { edit, isSame, movesPlaces, type Edit, type PlanDraft } from "./model";
import { PhaseFields } from "./PhaseFields";
import styles from "./Plans.module.css";

const SHOWN = ["name", "description", "currency", "terms.intervalCount", "terms.phases[*", "charges", "charges[*"];

interface PlanEditorProps {
  plan: PlanText;
  start: PlanDraft;
  isNew: boolean;
  meters: readonly MeterText[];
  error: unknown;
  isPending: boolean;
  /** Faults name places by number: they go when charges move. */
  onForget: () => void;
  onSave: (draft: PlanDraft) => void;
  /** Gives up what is not saved. */
  onRevert: () => void;
  onDirty: (isDirty: boolean) => void;
}

/** A draft with all its fields. Leaving asks while something is not saved. */
export function PlanEditor(props: PlanEditorProps) {
  const { plan, start, isNew, meters, error, isPending, onForget, onSave, onRevert, onDirty } = props;
  const { t } = useTranslation(["plans", "common"]);
  const [steps, dispatch] = useReducer(edits, start, firstEdits);
  const { draft, problems } = steps.now;
  const form = useRef<HTMLDivElement>(null);
  const isDirty = !isSame(start, draft) || problems.length > 0;
  const canSave = isDirty && problems.length === 0 && !isPending;
  const save = () => onSave(draft);
  const [added, setAdded] = useState(0);
  const change = (action: Edit) => {
    if (movesPlaces(draft, edit({ draft, problems }, action).draft, action)) onForget();
    if (action.do === "add") setAdded((before) => before + 1);
    dispatch({ do: "edit", action, at: Date.now() });
  };
  const go = (way: "undo" | "redo") => {
    onForget();
    dispatch({ do: way });
  };
  useShortcut("undo", () => go("undo"), { enabled: steps.past.length > 0 });
  useShortcut("redo", () => go("redo"), { enabled: steps.future.length > 0 });
  useEffect(() => {
    // A new charge stands last; its name is what is typed first.
    if (added > 0) Array.from(form.current?.querySelectorAll<HTMLElement>("[data-charge]") ?? []).at(-1)?.querySelector("input")?.focus();
  }, [added]);
  useShortcut("primary", save, { enabled: canSave });
  const tell = useEffectEvent((now: boolean) => onDirty(now));
  useEffect(() => {
    tell(isDirty);
    return () => tell(false);
  }, [isDirty]);
  useEffect(() => {
    // The first faulty field gets the focus, so that its fault is read aloud.
    if (error) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [error]);
  useEffect(() => {
    if (isNew) form.current?.querySelector("input")?.focus();
  }, [isNew]);
  const missing = issueAt(error, "charges");
  return (
    <div ref={form} className={styles.editor}>
      <FormIssues texts={otherIssues(error, SHOWN)} />
      <Panel>
        <MasterFields draft={draft} error={error} onEdit={change} />
      </Panel>
      {draft.charges.map((charge, index) => (
        <ChargeCard
          key={charge.key}
          charge={charge}
          index={index}
          count={draft.charges.length}
          currency={draft.currency}
          meters={meters}
          error={error}
          onEdit={change}
        />
      ))}
      <div className={styles.adders}>
        <Button icon={Repeat} onPress={() => change({ do: "add", kind: "recurring_fee" })}>
          {t("charge.addFee")}
        </Button>
        <Button icon={Gauge} onPress={() => change({ do: "add", kind: "usage" })}>
          {t("charge.addUsage")}
        </Button>
        <Button icon={Coins} onPress={() => change({ do: "add", kind: "credit" })}>
          {t("charge.addCredit")}
        </Button>
        {missing && (
          <span role="alert" className="loss small">
            {missing}
          </span>
        )}
      </div>
      <PhaseFields
        terms={draft.terms}
        charges={draft.charges.map(writeCharge)}
        currency={draft.currency}
        error={error}
        problems={problems}
        onProblems={(next) => change({ do: "problems", fields: next })}
        onChange={(phases) => change({ do: "set", part: { terms: { ...draft.terms, phases } } })}
      />
      {!isNew && <BillingTests plan={plan} charges={draft.charges.map(writeCharge)} currency={draft.currency} />}
      {(isDirty || isNew || steps.future.length > 0) && (
        <div className={styles.saveBar} role="group" aria-label={t("unsaved")}>
          <span className="pencil medium grow">{isDirty && t("unsaved")}</span>
          <IconButton icon={Undo2} label={t("common:undo")} keys={comboOf("undo")} isDisabled={steps.past.length === 0} onPress={() => go("undo")} />
          <IconButton icon={Redo2} label={t("common:redo")} keys={comboOf("redo")} isDisabled={steps.future.length === 0} onPress={() => go("redo")} />
          <Button onPress={onRevert}>{t(isNew ? "action.cancelNew" : "action.revert")}</Button>
          <Button kind="primary" keys={comboOf("primary")} isDisabled={!canSave} onPress={save}>
            {t("action.saveDraft")}
          </Button>
        </div>
      )}
      <Leaving isDirty={isDirty} />
    </div>
  );
}

interface MasterFieldsProps {
  draft: PlanDraft;
  error: unknown;
  onEdit: (action: Edit) => void;
}

function MasterFields({ draft, error, onEdit }: MasterFieldsProps) {
  const { t, i18n } = useTranslation(["plans", "common"]);
  const choices = useCommand("choices", {});
  return (
    <div className={styles.fields}>
      <FieldRow columns="2fr 1fr">
        <TextField
          label={t("field.name")}
          value={draft.name}
          onChange={(name) => onEdit({ do: "set", part: { name } })}
          error={issueAt(error, "name")}
        />
        <Select
          label={t("field.currency")}
          value={draft.currency}
          options={namedCodes(choices.data?.currencies ?? [], currencyName, i18n.language, draft.currency)}
          onChange={(currency) => onEdit({ do: "set", part: { currency } })}
          error={issueAt(error, "currency")}
        />
      </FieldRow>
      <TextField
        label={t("field.description")}
        optional={t("common:optional")}
        value={draft.description}
        onChange={(description) => onEdit({ do: "set", part: { description } })}
        error={issueAt(error, "description")}
      />
      <BillingFields terms={draft.terms} error={error} onEdit={onEdit} />
    </div>
  );
}

interface Place {
  pathname: string;
  search: object;
}

/** What is edited at an address: the sheet over it does not count. */
const edited = ({ pathname, search }: Place) => JSON.stringify([pathname, { ...search, meters: undefined }]);

function Leaving({ isDirty }: { isDirty: boolean }) {
  const leaving = useBlocker({
    shouldBlockFn: ({ current, next }) => isDirty && edited(current) !== edited(next),
    withResolver: true,
    enableBeforeUnload: isDirty,
  });
  return <LeaveDialog isOpen={leaving.status === "blocked"} onStay={() => leaving.reset?.()} onDiscard={() => leaving.proceed?.()} />;
}
