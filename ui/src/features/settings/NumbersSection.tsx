import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { useUndo } from "../../app/frame/use-undo";
import { issueAt, otherIssues } from "../../app/issues";
import { showToast } from "../../app/toasts";
import { Button } from "../../components/Button";
import { FieldRow, FormIssues } from "../../components/Form";
import { Panel } from "../../components/Panel";
import { ErrorState, Skeleton } from "../../components/States";
import { TextField } from "../../components/TextField";
import type { NumberSeriesReply, NumberSeriesText } from "../../ipc/generated/types";
import { useCommand, useMutation } from "../../ipc/query";
import { CountField } from "./CountField";
import { InvoiceRules } from "./InvoiceRules";
import { SaveBar } from "./SaveBar";
import styles from "./Settings.module.css";

/** How invoices and credit notes are numbered, and what stops a bill run. */
export function NumbersSection() {
  const { t } = useTranslation("common");
  const reply = useCommand("number_series_get", {});
  if (reply.error) {
    const { text, detail } = errorText(reply.error);
    return <ErrorState title={text} detail={detail} action={<Button onPress={() => void reply.refetch()}>{t("again")}</Button>} />;
  }
  return (
    <div className={styles.panels}>
      {reply.data ? <Series saved={reply.data} /> : <Skeleton rows={4} height={48} />}
      <InvoiceRules />
    </div>
  );
}

type Kind = "invoice" | "creditNote";
const KINDS: readonly Kind[] = ["invoice", "creditNote"];

/** Templates with the number that comes next; what cannot be is said while one types. */
function Series({ saved }: { saved: NumberSeriesReply }) {
  const { t } = useTranslation(["settings", "common"]);
  const { undo } = useUndo();
  const [typed, setTyped] = useState<Partial<Record<Kind, NumberSeriesText>>>({});
  const [bad, setBad] = useState(false);
  const [round, setRound] = useState(0);
  const value = { invoice: typed.invoice ?? saved.invoice, creditNote: typed.creditNote ?? saved.creditNote };
  const differs = (kind: Kind) => value[kind].template !== saved[kind].template || value[kind].first !== saved[kind].first;
  const isDirty = KINDS.some(differs) || bad;
  const tried = useCommand("number_series_try", value, { enabled: isDirty && !bad, keepPrevious: true });
  const saving = useMutation("number_series_save");
  const error = isDirty ? (tried.error ?? saving.error) : null;
  const shown = isDirty ? (tried.data ?? saved) : saved;
  const next = { invoice: shown.nextInvoice, creditNote: shown.nextCreditNote };
  const revert = () => {
    setTyped({});
    setBad(false);
    setRound(round + 1);
    saving.reset();
  };
  const save = () =>
    saving.mutate(value, {
      onSuccess: () => {
        setTyped({});
        showToast({ text: t("numbers.saved"), tone: "gain", action: { label: t("common:undo"), run: undo } });
      },
    });
  const change = (kind: Kind, part: Partial<NumberSeriesText>) => setTyped({ ...typed, [kind]: { ...value[kind], ...part } });
  return (
    <Panel title={t("numbers.series")}>
      <div className={styles.fields} key={round}>
        <FormIssues texts={otherIssues(error, ["invoice.*", "creditNote.*"])} />
        {KINDS.map((kind) => (
          <div key={kind} role="group" aria-label={t(`numbers.${kind}`)} className={styles.fields}>
            <FieldRow columns="minmax(0, 1fr) minmax(0, 140px)">
              <TextField
                live
                label={t(`numbers.${kind}`)}
                hint={t("numbers.templateHint")}
                value={value[kind].template}
                onChange={(template) => change(kind, { template })}
                error={issueAt(error, `${kind}.template`)}
                changed={value[kind].template !== saved[kind].template}
              />
              <CountField
                label={t("numbers.first")}
                value={value[kind].first}
                onChange={(first) => change(kind, { first: Math.min(first, 4_294_967_295) })}
                onProblem={setBad}
                error={issueAt(error, `${kind}.first`)}
                changed={value[kind].first !== saved[kind].first}
              />
            </FieldRow>
            <div className={styles.example} data-changed={differs(kind) || undefined}>
              <span className="small muted">{t(differs(kind) ? `numbers.would.${kind}` : `numbers.next.${kind}`)}</span>
              <b className={styles.exampleNumber}>{next[kind]}</b>
            </div>
          </div>
        ))}
      </div>
      <SaveBar isDirty={isDirty} canSave={isDirty && !bad && !tried.error && !saving.isPending} onSave={save} onRevert={revert} />
    </Panel>
  );
}
