import { Check, CircleX, FlaskConical, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { useUndo } from "../../app/frame/use-undo";
import { issueAt, otherIssues } from "../../app/issues";
import { showToast } from "../../app/toasts";
import { Button } from "../../components/Button";
import { DecimalField } from "../../components/DecimalField";
import { FormIssues } from "../../components/Form";
import { IconButton } from "../../components/IconButton";
import { Money } from "../../components/Money";
import { Panel } from "../../components/Panel";
import { Select } from "../../components/Select";
import { Switch } from "../../components/Switch";
import { Tag } from "../../components/Tag";
import { TextField } from "../../components/TextField";
import type { ChargeText, PlanTestResult, PlanTestRunRequest, PlanText } from "../../ipc/generated/types";
import { useCommand, useMutation } from "../../ipc/query";
import styles from "./BillingTests.module.css";
import { asksUsage, canRun, nextTest, readTests, sampleUsage, testable, writeTests, type TestDraft } from "./tests";
import { usePaused } from "./use-paused";

interface BillingTestsProps {
  plan: PlanText;
  /** As they stand in the editor, saved or not. */
  charges: readonly ChargeText[];
  currency: string;
}

/** What the plan's charges must come to: kept with the plan, run against every edit. */
export function BillingTests({ plan, charges, currency }: BillingTestsProps) {
  const { t } = useTranslation(["plans", "common"]);
  const { undo } = useUndo();
  const saved = JSON.stringify(plan.tests);
  const [tests, setTests] = useState(() => readTests(plan.tests));
  const isDirty = JSON.stringify(writeTests(tests)) !== saved;
  const saving = useMutation("plan_tests_save");
  const runnable = tests.filter(canRun);
  const results = useResults(runnable, charges, currency);
  const resultOf = (test: TestDraft) => results.list?.[runnable.indexOf(test)];
  const failed = runnable.filter((test) => resultOf(test)?.passed === false).length;
  const set = (key: number, part: Partial<TestDraft>) => {
    saving.reset();
    setTests((all) => all.map((test) => (test.key === key ? { ...test, ...part } : test)));
  };
  const save = () =>
    saving.mutate(
      { id: plan.id, tests: writeTests(tests) },
      { onSuccess: () => showToast({ text: t("tests.saved"), tone: "gain", action: { label: t("common:undo"), run: undo } }) },
    );
  const revert = () => {
    saving.reset();
    setTests(readTests(plan.tests));
  };
  return (
    <Panel
      title={t("tests.title")}
      aside={runnable.length > 0 && results.list && <Verdict count={runnable.length} failed={failed} />}
      actions={
        <Button icon={Plus} size="small" isDisabled={testable(charges).length === 0} onPress={() => setTests((all) => [...all, nextTest(all, charges)])}>
          {t("tests.add")}
        </Button>
      }
    >
      <FormIssues texts={[...otherIssues(saving.error, ["tests[*"]), ...(results.error ? [errorText(results.error).text] : [])]} />
      {tests.length === 0 && <p className="muted small">{t("tests.empty")}</p>}
      <ol className={styles.list}>
        {tests.map((test, index) => (
          <Row
            key={test.key}
            test={test}
            charges={charges}
            currency={currency}
            result={resultOf(test)}
            fault={(field) => issueAt(saving.error, `tests[${index}].${field}`)}
            onChange={(part) => set(test.key, part)}
            onRemove={() => setTests((all) => all.filter((one) => one !== test))}
          />
        ))}
      </ol>
      {isDirty && (
        <div className={styles.foot}>
          <span className="pencil medium grow">{t("unsaved")}</span>
          <Button onPress={revert}>{t("action.revert")}</Button>
          <Button kind="primary" isDisabled={saving.isPending} onPress={save}>
            {t("tests.save")}
          </Button>
        </div>
      )}
    </Panel>
  );
}

/** Runs the tests when somebody has stopped typing. */
function useResults(tests: readonly TestDraft[], charges: readonly ChargeText[], currency: string) {
  // As text, so that equal tests of equal charges are the same ones.
  const asked = usePaused(JSON.stringify({ currency, charges: [...charges], tests: writeTests(tests) } satisfies PlanTestRunRequest), 250);
  const request = JSON.parse(asked) as PlanTestRunRequest;
  const reply = useCommand("plan_test_run", request, { enabled: request.tests.length > 0, keepPrevious: true });
  const isOfThese = request.tests.length === tests.length;
  return { list: isOfThese ? reply.data?.results : undefined, error: request.tests.length > 0 ? reply.error : null };
}

function Verdict({ count, failed }: { count: number; failed: number }) {
  const { t } = useTranslation("plans");
  return failed === 0 ? (
    <Tag tone="gain" icon={Check}>
      {t("tests.allPass", { count })}
    </Tag>
  ) : (
    <Tag tone="loss" icon={CircleX}>
      {t("tests.someFail", { count: failed })}
    </Tag>
  );
}

interface RowProps {
  test: TestDraft;
  charges: readonly ChargeText[];
  currency: string;
  result: PlanTestResult | undefined;
  fault: (field: string) => string | null;
  onChange: (part: Partial<TestDraft>) => void;
  onRemove: () => void;
}

function Row({ test, charges, currency, result, fault, onChange, onRemove }: RowProps) {
  const { t } = useTranslation("plans");
  const names = new Set([...testable(charges).map((charge) => charge.name), test.charge]);
  const options = [...names].filter((name) => name !== "").map((name) => ({ value: name, label: name }));
  const chargeOf = (name: string) => charges.find((charge) => charge.name === name);
  const own = chargeOf(test.charge);
  const isWritten = test.usage != null;
  const choose = (charge: string) => {
    const next = chargeOf(charge);
    onChange({ charge, usage: asksUsage(next) ? sampleUsage(next) : null });
  };
  return (
    <li className={styles.row} data-failed={result?.passed === false || undefined} data-written={isWritten || undefined}>
      <TextField label={t("tests.name")} value={test.name} onChange={(name) => onChange({ name })} error={fault("name")} />
      <Select label={t("tests.charge")} value={test.charge || null} options={options} onChange={choose} error={fault("charge")} />
      {!isWritten && <DecimalField label={t("tests.quantity")} value={test.quantity} maxPlaces={6} onChange={(quantity) => onChange({ quantity })} error={fault("quantity")} />}
      <DecimalField label={t("tests.amount")} unit={currency} value={test.amount} maxPlaces={3} onChange={(amount) => onChange({ amount })} error={fault("amount")} />
      <output className={styles.result} aria-label={t("tests.result")}>
        <Outcome result={result} onTake={(amount) => onChange({ amount })} />
      </output>
      <span className={styles.remove}>
        <IconButton icon={Trash2} label={t("tests.remove", { name: test.name || t("tests.unnamed") })} onPress={onRemove} />
      </span>
      {own?.kind === "usage" && (
        <div className={styles.usage}>
          <Switch isSelected={isWritten} onChange={(on) => onChange({ usage: on ? sampleUsage(own) : null })}>
            {t("tests.usageOn")}
          </Switch>
          {isWritten && (
            <TextField mono label={t("tests.usage")} hint={t("tests.usageHint")} value={test.usage ?? ""} onChange={(usage) => onChange({ usage })} error={fault("usage")} />
          )}
        </div>
      )}
    </li>
  );
}

function Outcome({ result, onTake }: { result: PlanTestResult | undefined; onTake: (amount: TestDraft["amount"]) => void }) {
  const { t } = useTranslation("plans");
  if (!result) return <Tag icon={FlaskConical}>{t("tests.waits")}</Tag>;
  if (result.passed) {
    return (
      <Tag tone="gain" icon={Check}>
        {t("tests.passed")}
      </Tag>
    );
  }
  const { amount } = result;
  if (!amount) return <span className="loss small">{t(`tests.fault.${result.fault ?? "too_large"}`)}</span>;
  return (
    <span className={styles.differs}>
      <span className="loss small">
        {t("tests.comesTo")} <Money value={amount} />
      </span>
      <Button size="small" kind="ghost" onPress={() => onTake(amount.amount)}>
        {t("tests.take")}
      </Button>
    </span>
  );
}
