import { parseDate } from "@internationalized/date";
import { CalendarDays, ChevronLeft, ChevronRight } from "lucide-react";
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
  CalendarHeaderCell,
  DateInput,
  DatePicker,
  DateSegment,
  Dialog,
  Group,
  Heading,
  Popover,
} from "react-aria-components";
import { cx } from "../lib/cx";
import type { DateString } from "../lib/dates";
import styles from "./DateField.module.css";
import fieldStyles from "./Field.module.css";
import { Icon } from "./Icon";
import { FieldLabel, FieldNotes, type FieldFrameProps } from "./TextField";

export interface DateFieldProps extends FieldFrameProps {
  value: DateString | null;
  onChange: (value: DateString | null) => void;
  min?: DateString;
  max?: DateString;
  isDisabled?: boolean;
  size?: "small" | "medium";
  /** The field was left, or a day was picked: what stands there is meant. */
  onLeave?: () => void;
  "aria-label"?: string;
}

/** A calendar date in the order of the locale, typed or picked. */
export function DateField({
  value,
  onChange,
  min,
  max,
  label,
  optional,
  hint,
  error,
  changed,
  className,
  size = "medium",
  onLeave,
  ...rest
}: DateFieldProps) {
  return (
    <DatePicker
      {...rest}
      value={value ? parseDate(value) : null}
      onChange={(date) => onChange(date?.toString() ?? null)}
      minValue={min ? parseDate(min) : undefined}
      maxValue={max ? parseDate(max) : undefined}
      isInvalid={Boolean(error)}
      validationBehavior="aria"
      onBlur={() => onLeave?.()}
      onOpenChange={(isOpen) => !isOpen && onLeave?.()}
      shouldForceLeadingZeros={false}
      className={cx(fieldStyles.field, className)}
      data-changed={changed || undefined}
    >
      <FieldLabel label={label} optional={optional} />
      <Group className={fieldStyles.box ?? ""} data-size={size}>
        <DateInput className={styles.input ?? ""}>
          {(segment) => <DateSegment segment={segment} className={styles.segment ?? ""} />}
        </DateInput>
        <Button className={styles.open ?? ""}>
          <Icon icon={CalendarDays} size="s" />
        </Button>
      </Group>
      <FieldNotes hint={hint} error={error} />
      <Popover className={styles.popover ?? ""} offset={4}>
        <Dialog className={styles.dialog}>
          <Calendar>
            <header className={styles.month}>
              <Button slot="previous" className={styles.open ?? ""}>
                <Icon icon={ChevronLeft} size="s" />
              </Button>
              <Heading className="strong" />
              <Button slot="next" className={styles.open ?? ""}>
                <Icon icon={ChevronRight} size="s" />
              </Button>
            </header>
            <CalendarGrid className={styles.grid}>
              <CalendarGridHeader>
                {(day) => <CalendarHeaderCell className={styles.weekday ?? ""}>{day}</CalendarHeaderCell>}
              </CalendarGridHeader>
              <CalendarGridBody>
                {(date) => <CalendarCell date={date} className={styles.day ?? ""} />}
              </CalendarGridBody>
            </CalendarGrid>
          </Calendar>
        </Dialog>
      </Popover>
    </DatePicker>
  );
}
