import { useState } from "react";
import { X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { DateField } from "../../components/DateField";
import { Dialog } from "../../components/Dialog";
import { FieldRow } from "../../components/Form";
import { MonthPicker } from "../../components/MonthPicker";
import { Select } from "../../components/Select";
import type { UsageGroup, UsageMeasure } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { useFormats } from "../../lib/use-formats";
import { monthChoices, splitModel, validDays, type UsagePeriod, type UsageSearch } from "./model";
import styles from "./Usage.module.css";

export interface UsageToolbarProps {
  search: UsageSearch;
  period: UsagePeriod;
  months: readonly string[];
  onChange: (part: Partial<UsageSearch>) => void;
}

const ALL = "*";

/** What is measured, by what it is stacked, whose it is, and of which days. */
export function UsageToolbar({ search, period, months, onChange }: UsageToolbarProps) {
  const { t } = useTranslation("usage");
  const formats = useFormats();
  const [asking, setAsking] = useState(false);
  const measures: UsageMeasure[] = ["cost", "tokens", "events"];
  const groups: UsageGroup[] = ["customer", "model", "provider"];
  const shownDays = period.month ? null : formats.period(period.from, period.to);
  return (
    <div className={styles.bar}>
      <Select
        lead={t("show")}
        value={search.measure ?? "cost"}
        options={measures.map((value) => ({ value, label: t(`measure.${value}`) }))}
        onChange={(measure) => onChange({ measure })}
      />
      <Select
        lead={t("by")}
        value={search.group ?? "model"}
        options={groups.map((value) => ({ value, label: t(`group.${value}`) }))}
        onChange={(group) => onChange({ group, at: undefined })}
      />
      <CustomerFilter value={search.customer} onChange={(customer) => onChange({ customer })} />
      {search.model && (
        <Button iconAfter={X} onPress={() => onChange({ model: undefined })} aria-label={t("clearModel", { model: search.model })}>
          <span className="dim">{t("group.model")}</span> {splitModel(search.model).model}
        </Button>
      )}
      <span className="grow" />
      <MonthPicker
        label={t("period")}
        months={monthChoices(months, period.month)}
        value={period.month}
        other={{ label: shownDays ?? t("customDays"), onChoose: () => setAsking(true) }}
        onChange={(month) => onChange({ month, from: undefined, to: undefined })}
      />
      {shownDays && <Button onPress={() => setAsking(true)}>{t("changeDays")}</Button>}
      <DaysDialog
        key={`${period.from} ${period.to} ${asking}`}
        isOpen={asking}
        period={period}
        onClose={() => setAsking(false)}
        onChoose={(from, to) => {
          setAsking(false);
          onChange({ from, to, month: undefined });
        }}
      />
    </div>
  );
}

function CustomerFilter({ value, onChange }: { value: string | undefined; onChange: (id: string | undefined) => void }) {
  const { t } = useTranslation("usage");
  const customers = useCommand("customer_names", {}).data?.rows ?? [];
  const options = customers.map((customer) => ({ value: customer.id, label: customer.name }));
  // A customer of the address that is not on the list (yet) must still be seen as a filter.
  const missing = value !== undefined && !options.some((option) => option.value === value);
  return (
    <Select
      lead={t("group.customer")}
      value={value ?? ALL}
      options={[{ value: ALL, label: t("all") }, ...(missing ? [{ value, label: value }] : []), ...options]}
      onChange={(id) => onChange(id === ALL ? undefined : id)}
    />
  );
}

interface DaysDialogProps {
  isOpen: boolean;
  period: UsagePeriod;
  onClose: () => void;
  onChoose: (from: string, to: string) => void;
}

function DaysDialog({ isOpen, period, onClose, onChoose }: DaysDialogProps) {
  const { t } = useTranslation(["usage", "common"]);
  const [from, setFrom] = useState<string | null>(period.from);
  const [to, setTo] = useState<string | null>(period.to);
  const problem = validDays(from ?? "", to ?? "");
  return (
    <Dialog
      isOpen={isOpen}
      onClose={onClose}
      title={t("customDays")}
      width={400}
      footer={
        <>
          <Button onPress={onClose}>{t("common:cancel")}</Button>
          <Button
            kind="primary"
            isDisabled={problem !== null}
            onPress={() => from && to && onChoose(from, to)}
          >
            {t("showDays")}
          </Button>
        </>
      }
    >
      <FieldRow>
        <DateField label={t("firstDay")} value={from} onChange={setFrom} error={problem === "from" ? t("days.from") : null} />
        <DateField
          label={t("lastDay")}
          value={to}
          onChange={setTo}
          error={problem && problem !== "from" ? t(`days.${problem}`) : null}
        />
      </FieldRow>
    </Dialog>
  );
}
