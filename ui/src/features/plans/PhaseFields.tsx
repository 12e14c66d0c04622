import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { ChangeFields } from "../../app/pricing/ChangeFields";
import { issueAt } from "../../app/issues";
import { Button } from "../../components/Button";
import { DateField } from "../../components/DateField";
import { FieldRow } from "../../components/Form";
import { IconButton } from "../../components/IconButton";
import { Panel } from "../../components/Panel";
import { Segmented } from "../../components/Segmented";
import { TextField } from "../../components/TextField";
import type { ChargeText, PhaseText, TermsText } from "../../ipc/generated/types";
import { changePhase, countBy, nextPhase } from "./phases";
import styles from "./Plans.module.css";

interface PhaseFieldsProps {
  terms: TermsText;
  charges: readonly ChargeText[];
  currency: string;
  error: unknown;
  problems: readonly string[];
  onProblems: (problems: readonly string[]) => void;
  onChange: (phases: PhaseText[]) => void;
}

/** Trials and ramps: parts of a subscription's time in which charges are different. */
export function PhaseFields(of: PhaseFieldsProps) {
  const { t } = useTranslation("plans");
  const { terms, problems, onProblems, onChange } = of;
  const phases = terms.phases ?? [];
  const remove = (index: number) => {
    // Fields are named by place: those after it move up.
    onProblems(problems.filter((field) => !field.startsWith("terms.phases[")));
    onChange(phases.toSpliced(index, 1));
  };
  return (
    <Panel
      title={t("phases.title")}
      actions={
        <Button icon={Plus} size="small" isDisabled={of.charges.length === 0} onPress={() => onChange([...phases, nextPhase(phases)])}>
          {t("phases.add")}
        </Button>
      }
    >
      <div className={styles.fields}>
        {phases.length === 0 && <p className="muted small">{t("phases.empty")}</p>}
        {phases.length > 0 && (
          <Segmented
            className={styles.start}
            label={t("phases.by.label")}
            segments={(["periods", "days"] as const).map((value) => ({ value, label: t(`phases.by.${value}`) }))}
            value={phases[0]?.by ?? "periods"}
            onChange={(by) => onChange(countBy(phases, by))}
          />
        )}
        {phases.map((phase, index) => (
          <Phase key={index} of={of} phase={phase} index={index} onChange={(part) => onChange(changePhase(phases, index, part))} onRemove={() => remove(index)} />
        ))}
      </div>
    </Panel>
  );
}

interface PhaseProps {
  of: PhaseFieldsProps;
  phase: PhaseText;
  index: number;
  onChange: (part: Partial<PhaseText>) => void;
  onRemove: () => void;
}

function Phase({ of, phase, index, onChange, onRemove }: PhaseProps) {
  const { t } = useTranslation("plans");
  const { charges, currency, error, problems, onProblems } = of;
  const path = `terms.phases[${index}]`;
  const { changes } = phase;
  const name = phase.name || t("phases.untitled", { number: index + 1 });
  const free = charges.find((charge) => charge.kind !== "credit" && !changes.some((one) => one.charge === charge.name));
  const end = (part: "first" | "last") => ({ label: t(`phases.${part}.${phase.by}`), error: issueAt(error, `${path}.${part}`) });
  return (
    <div role="group" aria-label={name} className={styles.phase}>
      <FieldRow columns="minmax(0, 2fr) minmax(0, 1fr) minmax(0, 1fr) auto">
        <TextField label={t("phases.name")} value={phase.name} onChange={(text) => onChange({ name: text })} error={issueAt(error, `${path}.name`)} />
        {(["first", "last"] as const).map((part) =>
          phase.by === "days" ? (
            <DateField key={part} {...end(part)} value={phase[part] === "" ? null : phase[part]} onChange={(day) => onChange({ [part]: day ?? "" })} />
          ) : (
            <TextField key={part} {...end(part)} figures inputMode="numeric" value={phase[part]} onChange={(text) => onChange({ [part]: text.trim() })} />
          ),
        )}
        <IconButton icon={Trash2} className={styles.kind} label={t("phases.remove", { name })} onPress={onRemove} />
      </FieldRow>
      {changes.map((change, at) => (
        <div key={change.charge} role="group" aria-label={t("phases.of", { phase: name, charge: change.charge })} className={styles.change}>
          <ChangeFields
            value={change}
            charges={charges}
            currency={currency}
            error={error}
            path={`${path}.changes[${at}]`}
            taken={changes.filter((one) => one !== change).map((one) => one.charge)}
            problems={problems}
            onProblems={onProblems}
            onChange={(next) => onChange({ changes: changes.with(at, next) })}
            end={
              <IconButton
                icon={Trash2}
                className={styles.kind}
                label={t("change.remove", { charge: change.charge })}
                onPress={() => {
                  onProblems(problems.filter((field) => !field.startsWith(`${path}.changes[`)));
                  onChange({ changes: changes.toSpliced(at, 1) });
                }}
              />
            }
          />
        </div>
      ))}
      {free && (
        <Button size="small" kind="ghost" icon={Plus} className={styles.start} onPress={() => onChange({ changes: [...changes, { charge: free.name }] })}>
          {t("phases.change")}
        </Button>
      )}
    </div>
  );
}
