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
import { Segmented } from "../../components/Segmented";
import { Select } from "../../components/Select";
import { Sheet } from "../../components/Sheet";
import { Switch } from "../../components/Switch";
import { TextField } from "../../components/TextField";
import type { MeterListReply, MeterText } from "../../ipc/generated/types";
import { useMutation } from "../../ipc/query";
import { valuesOf } from "./model";
import styles from "./Plans.module.css";
import { quantityName } from "./words";

const SHOWN = ["name", "eventName", "quantity", "unit", "filters[*"];

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
  const [asking, setAsking] = useState(false);
  const { error } = saving;
  const change = (part: Partial<MeterText>) => setTyped({ ...typed, ...part });
  const sums = typed.aggregation === "sum";
  const meter: MeterText = {
    ...typed,
    quantity: sums ? typed.quantity : null,
    filters: filters.map(({ key, values }) => ({ key, anyOf: valuesOf(values) })),
  };
  const isDirty = JSON.stringify(meter) !== JSON.stringify(start);
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
        <Segmented
          className={styles.start}
          label={t("meters.aggregation")}
          segments={(["count", "sum"] as const).map((value) => ({ value, label: t(`meters.${value}`) }))}
          value={typed.aggregation}
          onChange={(aggregation) => change({ aggregation })}
        />
        {sums && <QuantityField value={typed.quantity} seen={seen} error={issueAt(error, "quantity")} onChange={(quantity) => change({ quantity })} />}
        <TextField
          label={t("meters.unit")}
          optional={t("common:optional")}
          value={typed.unit}
          onChange={(unit) => change({ unit })}
          error={issueAt(error, "unit")}
        />
        <FilterFields filters={filters} error={error} onChange={setFilters} />
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

interface QuantityFieldProps {
  value: string | null;
  seen: MeterListReply;
  error: string | null;
  onChange: (quantity: string) => void;
}

function QuantityField({ value, seen, error, onChange }: QuantityFieldProps) {
  const { t } = useTranslation(["plans", "common"]);
  // A quantity that usage does not have yet stays what it is.
  const names = value !== null && !seen.quantities.includes(value) ? [value, ...seen.quantities] : seen.quantities;
  return (
    <Select
      label={t("meters.quantity")}
      hint={names.length === 0 ? t("meters.quantityNone") : undefined}
      placeholder={t("common:choose")}
      value={value}
      options={names.map((name) => ({ value: name, label: quantityName(name) }))}
      onChange={onChange}
      error={error}
    />
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
