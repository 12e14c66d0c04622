import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { type DecimalString } from "../lib/decimal";
import { editDecimal, readDecimal, type DecimalRules, type DecimalReading } from "../lib/decimal-input";
import { formatQuantity } from "../lib/format";
import { useFormatSetting } from "../lib/use-formats";
import { TextField, type TextFieldProps } from "./TextField";
import { useFreshError } from "./use-fresh-error";

export interface DecimalFieldProps
  extends DecimalRules,
    Omit<TextFieldProps, "value" | "onChange" | "figures" | "type" | "defaultValue"> {
  value: DecimalString | null;
  /**
   * Called with each change that can be read: a value, or null for an empty field. What cannot be
   * read stays in the field with its reason under it, and `onProblem` hears of it.
   */
  onChange: (value: DecimalString | null) => void;
  onProblem?: (hasProblem: boolean) => void;
  /** `error` is that of the value as it is now: it stays while one types. */
  liveError?: boolean;
  /** Shows 20,000 while nobody types in it. */
  grouped?: boolean;
  /** What was typed before the field was there, e.g. the sign that opened it. */
  startText?: string;
}

/** A sign alone: somebody is about to type a number. */
const SIGN = /^\s*[-+−]\s*$/;

interface Draft {
  text: string;
  /** The value as it was then: when another one comes from elsewhere, what was typed is void. */
  over: DecimalString | null;
  reading: DecimalReading;
}

/** A number as text: exact, in the separators of the app's locale, keeping what was typed. */
export function DecimalField({
  value,
  onChange,
  onProblem,
  maxPlaces,
  allowNegative,
  error,
  liveError,
  grouped,
  onFocus,
  onBlur,
  startText,
  ...rest
}: DecimalFieldProps) {
  const { t } = useTranslation("errors");
  const setting = useFormatSetting();
  const { locale } = setting;
  const [draft, setDraft] = useState<Draft | null>(() =>
    startText ? { text: startText, over: value, reading: readDecimal(startText, locale, { maxPlaces, allowNegative }) } : null,
  );
  const held = draft && (draft.reading.kind === "problem" ? draft.over === value : valueOf(draft.reading) === value);
  const [isTyped, setTyped] = useState(false);
  const input = useRef<HTMLInputElement | null>(null);
  // The figure loses its groups under the selection that a Tab key made. At once: a moment later
  // the first keys would be selected and typed over.
  useLayoutEffect(() => {
    if (isTyped && grouped && document.activeElement === input.current) input.current?.select();
  }, [isTyped, grouped]);
  const tidy = value !== null && grouped && !isTyped ? formatQuantity(value, setting) : editDecimal(value, locale);
  const text = held ? draft.text : tidy;
  const problem = held && draft.reading.kind === "problem" && !SIGN.test(text) ? draft.reading.problem : null;
  const fresh = useFreshError(error, text);

  function change(next: string) {
    const reading = readDecimal(next, locale, { maxPlaces, allowNegative });
    setDraft({ text: next, over: value, reading });
    onProblem?.(reading.kind === "problem");
    if (reading.kind !== "problem") onChange(valueOf(reading));
  }

  return (
    <TextField
      {...rest}
      figures
      inputMode="decimal"
      value={text}
      onChange={change}
      live
      error={problem ? t(`issue.${problem}`, { places: maxPlaces }) : liveError ? error : fresh}
      onFocus={(event) => {
        input.current = event.target instanceof HTMLInputElement ? event.target : null;
        setTyped(true);
        onFocus?.(event);
      }}
      onBlur={(event) => {
        setTyped(false);
        // A value that was understood is written tidily; a problem stays as it was typed.
        if (!problem) setDraft(null);
        onBlur?.(event);
      }}
    />
  );
}

function valueOf(reading: DecimalReading): DecimalString | null {
  return reading.kind === "value" ? reading.value : null;
}
