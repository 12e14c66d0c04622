import { useState } from "react";
import { useTranslation } from "react-i18next";
import { TextField, type TextFieldProps } from "../../components/TextField";
import { readCount } from "./model";

interface CountFieldProps extends Omit<TextFieldProps, "value" | "onChange"> {
  value: number;
  onChange: (value: number) => void;
  onProblem: (hasProblem: boolean) => void;
}

/** A whole number. What is none stays as typed, with its fault. */
export function CountField({ value, onChange, onProblem, error, ...rest }: CountFieldProps) {
  const { t } = useTranslation("errors");
  const [typed, setTyped] = useState<string | null>(null);
  const isBad = typed !== null && readCount(typed) === undefined;
  return (
    <TextField
      {...rest}
      figures
      inputMode="numeric"
      value={typed ?? String(value)}
      error={isBad ? t(typed.trim() === "" ? "issue.required" : "issue.not_a_number") : error}
      onChange={(next) => {
        const count = readCount(next);
        onProblem(count === undefined);
        if (count !== undefined) onChange(count);
        setTyped(next);
      }}
      onBlur={() => !isBad && setTyped(null)}
    />
  );
}
