import { CircleAlert, Search, X } from "lucide-react";
import type { ReactNode, Ref } from "react";
import {
  FieldError,
  Input,
  Label,
  Text,
  TextArea as AriaTextArea,
  TextField as AriaTextField,
  type TextFieldProps as AriaProps,
} from "react-aria-components";
import { useTranslation } from "react-i18next";
import { cx } from "../lib/cx";
import styles from "./Field.module.css";
import { Icon, type LucideIcon } from "./Icon";
import { IconButton } from "./IconButton";
import { Keycap } from "./Keycap";
import { useFreshError } from "./use-fresh-error";

export interface FieldFrameProps {
  /** Stands above the field; without one give `aria-label`. */
  label?: string;
  /** Word beside the label, e.g. `t("common:optional")`. */
  optional?: string;
  hint?: ReactNode;
  /** What is wrong, in words: stands under the field and is tied to it. */
  error?: string | null;
  /** Differs from what is published: drawn in pencil. */
  changed?: boolean;
  className?: string;
}

export interface TextFieldProps
  extends FieldFrameProps,
    Omit<AriaProps, "children" | "className" | "style" | "isInvalid"> {
  placeholder?: string;
  icon?: LucideIcon;
  /** After the text: `%`, `days`. */
  unit?: string;
  size?: "small" | "medium" | "large";
  /** Right-aligned with tabular digits. */
  figures?: boolean;
  mono?: boolean;
  inputRef?: Ref<HTMLInputElement>;
  after?: ReactNode;
  /** `error` follows each key press; without it a fault goes when the text changes. */
  live?: boolean;
}

export function TextField({
  label,
  optional,
  hint,
  error,
  changed,
  className,
  placeholder,
  icon,
  unit,
  size = "medium",
  figures,
  mono,
  inputRef,
  after,
  live,
  ...rest
}: TextFieldProps) {
  const fresh = useFreshError(error, rest.value);
  const fault = live ? error : fresh;
  return (
    <AriaTextField
      {...rest}
      isInvalid={Boolean(fault)}
      validationBehavior="aria"
      className={cx(styles.field, className)}
      data-changed={changed || undefined}
    >
      <FieldLabel label={label} optional={optional} />
      <div className={styles.box} data-size={size}>
        {icon && <Icon icon={icon} size="s" />}
        <Input
          ref={inputRef}
          className={cx(styles.input, mono && "mono")}
          data-right={figures || undefined}
          placeholder={placeholder}
          spellCheck={false}
          autoComplete="off"
        />
        {unit && <span className={styles.unit}>{unit}</span>}
        {after}
      </div>
      <FieldNotes hint={hint} error={fault} />
    </AriaTextField>
  );
}

export interface TextAreaProps extends Omit<TextFieldProps, "icon" | "unit" | "size" | "figures" | "after" | "inputRef"> {
  rows?: number;
}

export function TextArea({
  label,
  optional,
  hint,
  error,
  changed,
  className,
  placeholder,
  mono,
  rows = 3,
  ...rest
}: TextAreaProps) {
  return (
    <AriaTextField
      {...rest}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={cx(styles.field, className)}
      data-changed={changed || undefined}
    >
      <FieldLabel label={label} optional={optional} />
      <div className={cx(styles.box, styles.area)}>
        <AriaTextArea className={cx(styles.input, mono && "mono")} rows={rows} placeholder={placeholder} />
      </div>
      <FieldNotes hint={hint} error={error} />
    </AriaTextField>
  );
}

export interface SearchFieldProps {
  value: string;
  onChange: (value: string) => void;
  label: string;
  placeholder?: string;
  size?: "small" | "medium";
  /** The combo that moves the focus here, drawn while the field is empty. */
  keys?: string;
  inputRef?: Ref<HTMLInputElement>;
  className?: string;
  /** Takes the focus to what was found: by Enter, arrow down, and Esc in the empty field. */
  onLeave?: () => void;
}

/** A filter of the screen. Esc empties it first, then leaves it. */
export function SearchField({ value, onChange, label, keys, onLeave, ...rest }: SearchFieldProps) {
  const { t } = useTranslation("common");
  const clear = <IconButton icon={X} size="small" label={t("emptyField")} onPress={() => onChange("")} />;
  return (
    <TextField
      {...rest}
      aria-label={label}
      type="search"
      icon={Search}
      value={value}
      onChange={onChange}
      after={value === "" ? keys && <Keycap combo={keys} /> : clear}
      onKeyDown={(event) => {
        if (event.key === "Escape" && value !== "") return onChange("");
        if (event.key === "Escape") (event.target as HTMLElement).blur();
        else if (!onLeave || (event.key !== "Enter" && event.key !== "ArrowDown")) return;
        event.preventDefault();
        onLeave?.();
      }}
    />
  );
}

export function FieldLabel({ label, optional }: Pick<FieldFrameProps, "label" | "optional">) {
  if (!label) return null;
  return (
    <Label className={styles.label}>
      {label}
      {optional && <span className={styles.optional}>{optional}</span>}
    </Label>
  );
}

export function FieldNotes({ hint, error }: Pick<FieldFrameProps, "hint" | "error">) {
  return (
    <>
      {hint && !error && (
        <Text slot="description" className={styles.hint}>
          {hint}
        </Text>
      )}
      <FieldError className={styles.error}>
        <Icon icon={CircleAlert} size="xs" />
        {error}
      </FieldError>
    </>
  );
}
