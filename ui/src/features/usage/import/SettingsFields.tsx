import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ComboBox } from "../../../components/ComboBox";
import { FieldRow } from "../../../components/Form";
import { Select } from "../../../components/Select";
import { TextField } from "../../../components/TextField";
import type { MappingText } from "../../../ipc/generated/types";
import { useCommand } from "../../../ipc/query";
import styles from "./Import.module.css";
import { isMapped, withSetting, type MappingField } from "./model";

export interface SettingsFieldsProps {
  mapping: MappingText;
  onMapping: (mapping: MappingText) => void;
}

const CONSTANTS = [
  { field: "customer", column: "customer" },
  { field: "provider", column: "provider" },
  { field: "model", column: "model" },
  { field: "eventName", column: "event_name" },
] as const;

/** What holds for all rows: facts that no column has, and how numbers and times are written. */
export function SettingsFields({ mapping, onMapping }: SettingsFieldsProps) {
  const { t } = useTranslation("usage");
  const zones = useCommand("choices", {}).data?.zones ?? [];
  const set = (field: MappingField, text: string) => onMapping(withSetting(mapping, field, text));
  const conventions = ["inc", "exc", ...(["inc", "exc"].includes(mapping.convention) ? [] : [mapping.convention])];
  const listed = zones.includes(mapping.zone) ? zones : [mapping.zone, ...zones];
  return (
    <div className={styles.settings}>
      <p className="strong">{t("import.allRows")}</p>
      <FieldRow>
        {CONSTANTS.filter(({ column }) => !isMapped(mapping, column)).map(({ field }) => (
          <Constant key={field} label={t(`import.constant.${field}`)} value={mapping[field] ?? ""} onChange={(text) => set(field, text)} />
        ))}
      </FieldRow>
      <FieldRow>
        <Select
          label={t("import.convention")}
          value={mapping.convention}
          options={conventions.map((value) => ({ value, label: t(`convention.${value}`, { defaultValue: value }) }))}
          onChange={(value) => set("convention", value)}
        />
        <Select
          label={t("import.decimalSign")}
          value={mapping.decimalSign}
          options={[".", ","].map((value) => ({ value, label: t(value === "." ? "import.point" : "import.comma") }))}
          onChange={(value) => set("decimalSign", value)}
        />
        <ComboBox
          key={mapping.zone}
          label={t("import.zone")}
          none={t("import.noZone")}
          value={mapping.zone}
          options={listed.map((value) => ({ value, label: value }))}
          onChange={(value) => value !== mapping.zone && set("zone", value)}
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
      onKeyDown={(event) => event.key === "Enter" && done()}
    />
  );
}
