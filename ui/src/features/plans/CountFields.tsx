import { useTranslation } from "react-i18next";
import { issueAt } from "../../app/issues";
import { Segmented } from "../../components/Segmented";
import { Select } from "../../components/Select";
import { TextField } from "../../components/TextField";
import type { MeterListReply, MeterText } from "../../ipc/generated/types";
import { AGGREGATIONS, hasValue } from "./meter";
import styles from "./Plans.module.css";
import { quantityName } from "./words";

interface CountFieldsProps {
  meter: MeterText;
  /** What usage in the book has. */
  seen: MeterListReply;
  error: unknown;
  onChange: (part: Partial<MeterText>) => void;
}

/** How a meter counts, with one sentence on what that means, and what of an event it looks at. */
export function CountFields({ meter, seen, error, onChange }: CountFieldsProps) {
  const { t } = useTranslation("plans");
  const { aggregation, formula } = meter;
  const computes = formula !== null && formula !== undefined;
  const sources = (["quantity", "formula"] as const).map((value) => ({ value, label: t(`meters.from.${value}`) }));
  return (
    <>
      <Select
        label={t("meters.aggregation")}
        hint={`${t(`meters.means.${aggregation}`)} ${t(`meters.example.${aggregation}`)}`}
        value={aggregation}
        options={AGGREGATIONS.map((value) => ({ value, label: t(`meters.counts.${value}`) }))}
        onChange={(next) => onChange({ aggregation: next })}
        error={issueAt(error, "aggregation")}
      />
      {aggregation === "unique_count" && (
        <TextField
          label={t("meters.key")}
          hint={t("meters.keyHint")}
          value={meter.key ?? ""}
          onChange={(key) => onChange({ key })}
          error={issueAt(error, "key")}
          mono
        />
      )}
      {hasValue(aggregation) && (
        <>
          <Segmented
            className={styles.start}
            label={t("meters.from.label")}
            segments={sources}
            value={computes ? "formula" : "quantity"}
            onChange={(source) => onChange({ formula: source === "formula" ? (formula ?? "") : null })}
          />
          {computes ? (
            <TextField
              label={t("meters.formula")}
              hint={t("meters.formulaHint", { example: formulaExample(seen.quantities) })}
              value={formula}
              onChange={(text) => onChange({ formula: text })}
              error={issueAt(error, "formula")}
              mono
            />
          ) : (
            <QuantityField value={meter.quantity} seen={seen} error={issueAt(error, "quantity")} onChange={(quantity) => onChange({ quantity })} />
          )}
        </>
      )}
    </>
  );
}

/** A formula over quantities that usage has, so that its names are right. */
function formulaExample(quantities: readonly string[]): string {
  const [first = "pages", second = "seconds"] = quantities.map((name) => name.replace(/^custom:/, ""));
  return `${first} * 2 + ${second}`;
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
