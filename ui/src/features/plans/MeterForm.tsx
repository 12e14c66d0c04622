import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useUndo } from "../../app/frame/use-undo";
import { issueAt, issueUnder, otherIssues } from "../../app/issues";
import { LeaveDialog } from "../../app/LeaveDialog";
import { comboOf } from "../../app/shortcuts";
import { showToast } from "../../app/toasts";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import { FormIssues } from "../../components/Form";
import { IconButton } from "../../components/IconButton";
import { Sheet } from "../../components/Sheet";
import { Switch } from "../../components/Switch";
import { TextField } from "../../components/TextField";
import type { MeterListReply, MeterText } from "../../ipc/generated/types";
import { useMutation } from "../../ipc/query";
import { CountFields } from "./CountFields";
import { asCounted } from "./meter";
import { valuesOf } from "./model";
import styles from "./Plans.module.css";

const SHOWN = ["name", "eventName", "quantity", "formula", "key", "unit", "groupBy*", "filters[*"];

/** Filters while they are typed: values as one text. */
interface FilterDraft {
  key: string;
  values: string;
}

interface MeterFormProps {
  start: MeterText;
  /** What usage in the book has. */
  seen: MeterListReply;
  onDone: () => void;
}

/** One meter: which events count and how. Closing asks when something would be lost. */
export function MeterForm({ start, seen, onDone }: MeterFormProps) {
  const { t } = useTranslation(["plans", "common"]);
  const { undo } = useUndo();
  const saving = useMutation("meter_save");
  const [typed, setTyped] = useState(start);
  const [filters, setFilters] = useState<FilterDraft[]>(start.filters.map(({ key, anyOf }) => ({ key, values: anyOf.join(", ") })));
  const [groups, setGroups] = useState((start.groupBy ?? []).join(", "));
  // As it would be saved without an edit.
  const first = JSON.stringify({ ...asCounted(start), groupBy: start.groupBy ?? [], filters: start.filters });
  const [asking, setAsking] = useState(false);
  const { error } = saving;
  const change = (part: Partial<MeterText>) => setTyped({ ...typed, ...part });
  const meter: MeterText = {
    ...asCounted(typed),
    groupBy: valuesOf(groups),
    filters: filters.map(({ key, values }) => ({ key, anyOf: valuesOf(values) })),
  };
  const isDirty = JSON.stringify(meter) !== first;
  const leave = () => (isDirty ? setAsking(true) : onDone());
  const send = () => {
    if (saving.isPending || !isDirty) return;
    saving.mutate(
      { meter },
      {
        onSuccess() {
          showToast({ text: t("meters.saved", { name: meter.name }), tone: "gain", action: { label: t("common:undo"), run: undo } });
          onDone();
        },
      },
    );
  };
  useShortcut("primary", send, { scope: "modal" });
  return (
    <Sheet
      isOpen
      onClose={leave}
      title={start.id === "" ? t("meters.new") : t("meters.edit", { name: start.name })}
      closeLabel={t("common:close")}
      footer={
        <>
          <Button onPress={leave}>{t("common:cancel")}</Button>
          <Button kind="primary" keys={comboOf("primary")} isDisabled={!isDirty || saving.isPending} onPress={send}>
            {t("common:save")}
          </Button>
        </>
      }
    >
      <div className={styles.fields}>
        <FormIssues texts={otherIssues(error, SHOWN)} />
        <TextField label={t("meters.name")} value={typed.name} onChange={(name) => change({ name })} error={issueAt(error, "name")} />
        <TextField
          label={t("meters.eventName")}
          hint={seen.eventNames.length > 0 ? t("meters.eventHint", { names: seen.eventNames.join(", ") }) : t("meters.eventNone")}
          value={typed.eventName}
          onChange={(eventName) => change({ eventName })}
          error={issueAt(error, "eventName")}
          mono
        />
        <CountFields meter={typed} seen={seen} error={error} onChange={change} />
        <TextField
          label={t("meters.unit")}
          optional={t("common:optional")}
          value={typed.unit}
          onChange={(unit) => change({ unit })}
          error={issueAt(error, "unit")}
        />
        <FilterFields filters={filters} error={error} onChange={setFilters} />
        <TextField
          label={t("meters.groupBy")}
          optional={t("common:optional")}
          hint={t("meters.groupByHint")}
          placeholder={t("meters.groupByExample")}
          value={groups}
          onChange={setGroups}
          error={issueUnder(error, "groupBy")}
          mono
        />
        {start.id !== "" && (
          <Switch isSelected={!typed.archived} onChange={(used) => change({ archived: !used })}>
            {t("meters.inUse")}
          </Switch>
        )}
      </div>
      <LeaveDialog isOpen={asking} onStay={() => setAsking(false)} onDiscard={onDone} />
    </Sheet>
  );
}

interface FilterFieldsProps {
  filters: readonly FilterDraft[];
  error: unknown;
  onChange: (filters: FilterDraft[]) => void;
}

function FilterFields({ filters, error, onChange }: FilterFieldsProps) {
  const { t } = useTranslation("plans");
  const change = (at: number, part: Partial<FilterDraft>) =>
    onChange(filters.map((filter, index) => (index === at ? { ...filter, ...part } : filter)));
  return (
    <div className={styles.filters} role="group" aria-label={t("meters.filters")}>
      <p className="medium small">{t("meters.filters")}</p>
      {filters.map((filter, index) => (
        <div key={index} className={styles.filter}>
          <TextField
            aria-label={t("meters.filterKey", { number: index + 1 })}
            placeholder={t("meters.filterKeyHint")}
            value={filter.key}
            onChange={(key) => change(index, { key })}
            error={issueAt(error, `filters[${index}].key`)}
            mono
          />
          <TextField
            aria-label={t("meters.filterValues", { number: index + 1 })}
            placeholder={t("meters.filterValuesHint")}
            value={filter.values}
            onChange={(values) => change(index, { values })}
            error={issueUnder(error, `filters[${index}].anyOf`)}
            mono
          />
          <IconButton
            icon={X}
            label={t("meters.removeFilter", { number: index + 1 })}
            onPress={() => onChange(filters.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Button kind="ghost" size="small" icon={Plus} className={styles.start} onPress={() => onChange([...filters, { key: "", values: "" }])}>
        {t("meters.addFilter")}
      </Button>
    </div>
  );
}
