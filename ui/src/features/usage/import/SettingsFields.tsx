import { useState } from "react";
import { useTranslation } from "react-i18next";
import { FieldRow } from "../../../components/Form";
import { Select } from "../../../components/Select";
import { TextField } from "../../../components/TextField";
import type { MappingText } from "../../../ipc/generated/types";
import styles from "./Import.module.css";
import { isMapped, OFFSETS, offsetText, withConstant } from "./model";

export interface SettingsFieldsProps {
  mapping: MappingText;
  onMapping: (mapping: MappingText) => void;
}

const CONSTANTS = [
  { field: "customer", column: "customer" },
  { field: "provider", column: "provider" },
  { field: "model", column: "model" },
  { field: "eventName", column: "event_name" },
  { field: "source", column: "source" },
] as const;

const CONVENTIONS = ["disj", "inc", "exc"];
const SIGNS = [".", ","];
const TIME_FORMATS = ["iso", "day_first", "month_first"];

/** What holds for all rows: facts that no column has, and how numbers and times are written. */
export function SettingsFields({ mapping, onMapping }: SettingsFieldsProps) {
  const { t } = useTranslation("usage");
  const offsets = OFFSETS.includes(mapping.offsetMinutes) ? OFFSETS : [mapping.offsetMinutes, ...OFFSETS];
  return (
    <div className={styles.settings}>
      <p className="strong">{t("import.allRows")}</p>
      <FieldRow>
        {CONSTANTS.filter(({ column }) => !isMapped(mapping, column)).map(({ field }) => (
          <Constant
            key={field}
            label={t(`import.constant.${field}`)}
            value={mapping[field] ?? ""}
            onChange={(text) => onMapping(withConstant(mapping, field, text))}
          />
        ))}
      </FieldRow>
      <FieldRow>
        <Select
          label={t("import.convention")}
          value={mapping.convention}
          options={CONVENTIONS.map((value) => ({ value, label: t(`convention.${value}`) }))}
          onChange={(convention) => onMapping({ ...mapping, convention })}
        />
        <Select
          label={t("import.decimalSign")}
          value={mapping.decimalSign}
          options={SIGNS.map((value) => ({ value, label: t(value === "." ? "import.point" : "import.comma") }))}
          onChange={(decimalSign) => onMapping({ ...mapping, decimalSign })}
        />
      </FieldRow>
      <FieldRow>
        <Select
          label={t("import.timeFormat")}
          value={mapping.timeFormat}
          options={TIME_FORMATS.map((value) => ({ value, label: t(`import.time.${value}`) }))}
          onChange={(timeFormat) => onMapping({ ...mapping, timeFormat })}
        />
        <Select
          label={t("import.zone")}
          value={String(mapping.offsetMinutes)}
          options={offsets.map((minutes) => ({ value: String(minutes), label: offsetText(minutes) }))}
          onChange={(minutes) => onMapping({ ...mapping, offsetMinutes: Number.parseInt(minutes, 10) })}
        />
      </FieldRow>
    </div>
  );
}

/** Asks for a new preview when the field is left, not with each letter. */
function Constant({ label, value, onChange }: { label: string; value: string; onChange: (text: string) => void }) {
  const { t } = useTranslation("common");
  const [text, setText] = useState(value);
  const done = () => text.trim() !== value && onChange(text.trim());
  return (
    <TextField
      label={label}
      optional={t("optional")}
      value={text}
      onChange={setText}
      onBlur={done}
      onKeyDown={(event) => (event.key === "Enter" ? done() : event.continuePropagation())}
    />
  );
}
