import { Check, ChevronDown } from "lucide-react";
import type { ReactNode } from "react";
import {
  Button,
  Header,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  Select as AriaSelect,
  SelectValue,
} from "react-aria-components";
import { cx } from "../lib/cx";
import fieldStyles from "./Field.module.css";
import { Icon } from "./Icon";
import styles from "./Select.module.css";
import { FieldLabel, FieldNotes, type FieldFrameProps } from "./TextField";

export interface Option<T extends string> {
  value: T;
  label: string;
  /** Quiet text at the end of the row. */
  detail?: ReactNode;
  /** Options of one group stand under its heading. */
  group?: string;
}

export interface SelectProps<T extends string> extends FieldFrameProps {
  value: T | null;
  onChange: (value: T) => void;
  options: readonly Option<T>[];
  /** A word inside the control before the value: Show **Provider cost**. */
  lead?: string;
  placeholder?: string;
  size?: "small" | "medium" | "large";
  isDisabled?: boolean;
  "aria-label"?: string;
}

/** One of several; typing jumps to an option. */
export function Select<T extends string>({
  value,
  onChange,
  options,
  label,
  optional,
  hint,
  error,
  changed,
  className,
  lead,
  placeholder,
  size = "medium",
  isDisabled,
  ...rest
}: SelectProps<T>) {
  const groups = [...new Set(options.map((option) => option.group ?? ""))];
  const items = (group: string) =>
    options
      .filter((option) => (option.group ?? "") === group)
      .map((option) => (
        <ListBoxItem key={option.value} id={option.value} textValue={option.label} className={styles.item ?? ""}>
          <Icon icon={Check} size="s" className={styles.check} />
          <span className="truncate grow">{option.label}</span>
          {option.detail && <span className="dim small">{option.detail}</span>}
        </ListBoxItem>
      ));
  return (
    <AriaSelect
      aria-label={rest["aria-label"] ?? (label ? undefined : lead)}
      selectedKey={value}
      onSelectionChange={(key) => key !== null && onChange(key as T)}
      isDisabled={isDisabled}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      placeholder={placeholder}
      className={cx(fieldStyles.field, className)}
      data-changed={changed || undefined}
    >
      <FieldLabel label={label} optional={optional} />
      <Button className={styles.button ?? ""} data-size={size} data-lead={lead}>
        <SelectValue className={styles.value ?? ""}>
          {({ selectedText, defaultChildren }) => selectedText || defaultChildren}
        </SelectValue>
        <Icon icon={ChevronDown} size="s" />
      </Button>
      <FieldNotes hint={hint} error={error} />
      <Popover className={styles.popover ?? ""} offset={4}>
        <ListBox className={styles.list ?? ""}>
          {groups.length > 1
            ? groups.map((group) => (
                <ListBoxSection key={group} id={`group-${group}`}>
                  <Header className={styles.heading}>{group}</Header>
                  {items(group)}
                </ListBoxSection>
              ))
            : items(groups[0] ?? "")}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
