import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextField, type TextFieldProps } from "../../components/TextField";
import { readDays } from "./model";

interface DaysFieldProps extends Omit<TextFieldProps, "value" | "onChange"> {
  value: number | null;
  onChange: (value: number | null) => void;
  onProblem: (hasProblem: boolean) => void;
}

/** Whole days; empty is allowed. What is no whole number stays as typed, with its fault. */
export function DaysField({ value, onChange, onProblem, error, ...rest }: DaysFieldProps) {
  const { t } = useTranslation(["customers", "errors"]);
  const [typed, setTyped] = useState<string | null>(null);
  const isBad = typed !== null && readDays(typed) === undefined;
  const shown = typed ?? (value === null ? "" : String(value));
  return (
    <TextField
      {...rest}
      figures
      inputMode="numeric"
      unit={shown === "" ? undefined : t("field.days")}
      value={shown}
      error={isBad ? t("errors:issue.not_a_number") : error}
      onChange={(next) => {
        const days = readDays(next);
        onProblem(days === undefined);
        if (days !== undefined) onChange(days);
        setTyped(next);
      }}
      onBlur={() => !isBad && setTyped(null)}
    />
  );
}
