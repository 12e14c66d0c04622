import { Radio, RadioGroup } from "react-aria-components";
import { cx } from "../lib/cx";
import { Icon, type LucideIcon } from "./Icon";
import styles from "./Segmented.module.css";

export interface Segment<T extends string> {
  value: T;
  label: string;
  icon?: LucideIcon;
  /** A count or a key beside the word, quieter. */
  note?: string;
}

export interface SegmentedProps<T extends string> {
  /** At most four. */
  segments: readonly Segment<T>[];
  value: T;
  onChange: (value: T) => void;
  label: string;
  isDisabled?: boolean;
  className?: string;
}

/** A switch between views of the same thing. Arrow keys move. */
export function Segmented<T extends string>({
  segments,
  value,
  onChange,
  label,
  isDisabled,
  className,
}: SegmentedProps<T>) {
  return (
    <RadioGroup
      className={cx(styles.group, className)}
      orientation="horizontal"
      aria-label={label}
      value={value}
      isDisabled={isDisabled}
      onChange={(next) => onChange(next as T)}
    >
      {segments.map((segment) => (
        <Radio key={segment.value} value={segment.value} className={styles.segment ?? ""}>
          {segment.icon && <Icon icon={segment.icon} size="s" />}
          {segment.label}
          {segment.note && <span className={cx(styles.note, "num")}>{segment.note}</span>}
        </Radio>
      ))}
    </RadioGroup>
  );
}
