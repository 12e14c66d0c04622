import { Check, ChevronDown } from "lucide-react";
import {
  Button,
  ComboBox as AriaComboBox,
  Input,
  ListBox,
  ListBoxItem,
  Popover,
} from "react-aria-components";
import { cx } from "../lib/cx";
import fieldStyles from "./Field.module.css";
import { Icon } from "./Icon";
import type { Option } from "./Select";
import styles from "./Select.module.css";
import { FieldLabel, FieldNotes, type FieldFrameProps } from "./TextField";

export interface ComboBoxProps<T extends string> extends FieldFrameProps {
  value: T | null;
  onChange: (value: T) => void;
  /** With `onInput` these are what the search found and are not filtered again. */
  options: readonly Option<T>[];
  /** Hears what is typed, for lists that are too long to send. */
  input?: string;
  onInput?: (text: string) => void;
  placeholder?: string;
  /** Said when nothing matches. */
  none: string;
  isDisabled?: boolean;
  "aria-label"?: string;
}

/** One of many, found by typing. */
export function ComboBox<T extends string>({
  value,
  onChange,
  options,
  input,
  onInput,
  label,
  optional,
  hint,
  error,
  changed,
  className,
  placeholder,
  none,
  isDisabled,
  ...rest
}: ComboBoxProps<T>) {
  const searching = onInput !== undefined;
  return (
    <AriaComboBox
      aria-label={rest["aria-label"]}
      selectedKey={value}
      onSelectionChange={(key) => key !== null && onChange(key as T)}
      {...(searching ? { inputValue: input ?? "", onInputChange: onInput, items: options } : { defaultItems: options })}
      menuTrigger="focus"
      allowsEmptyCollection
      isDisabled={isDisabled}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      className={cx(fieldStyles.field, className)}
      data-changed={changed || undefined}
    >
      <FieldLabel label={label} optional={optional} />
      <div className={fieldStyles.box}>
        <Input className={fieldStyles.input ?? ""} placeholder={placeholder} spellCheck={false} autoComplete="off" />
        <Button className={styles.arrow ?? ""}>
          <Icon icon={ChevronDown} size="s" />
        </Button>
      </div>
      <FieldNotes hint={hint} error={error} />
      <Popover className={styles.popover ?? ""} offset={4}>
        <ListBox<Option<T>> className={styles.list ?? ""} renderEmptyState={() => <p className={styles.none}>{none}</p>}>
          {(option) => (
            <ListBoxItem id={option.value} textValue={option.label} className={styles.item ?? ""}>
              <Icon icon={Check} size="s" className={styles.check} />
              <span className="truncate grow">{option.label}</span>
              {option.detail && <span className="dim small">{option.detail}</span>}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaComboBox>
  );
}
