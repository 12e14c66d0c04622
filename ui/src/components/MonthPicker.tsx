import { ChevronLeft, ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../lib/use-formats";
import { IconButton } from "./IconButton";
import styles from "./MonthPicker.module.css";
import { Select } from "./Select";

export interface MonthPickerProps {
  /** `2026-10`, newest first. */
  months: readonly string[];
  /** Null while something else than a month is shown; then `other` names it. */
  value: string | null;
  onChange: (month: string) => void;
  /** One more choice below the months, e.g. custom days. */
  other?: { label: string; onChoose: () => void };
  label: string;
}

const OTHER = "other";

/** A month out of a list, with arrows to its neighbours. */
export function MonthPicker({ months, value, onChange, other, label }: MonthPickerProps) {
  const { t } = useTranslation("common");
  const formats = useFormats();
  const index = value === null ? -1 : months.indexOf(value);
  const older = index < 0 ? undefined : months[index + 1];
  const newer = index < 0 ? undefined : months[index - 1];
  const options = months.map((month) => ({ value: month, label: formats.month(month) }));
  if (other) options.push({ value: OTHER, label: other.label });
  return (
    <div className={styles.picker} role="group" aria-label={label}>
      <IconButton
        icon={ChevronLeft}
        label={t("monthBefore")}
        isDisabled={older === undefined}
        onPress={() => older && onChange(older)}
      />
      <Select
        aria-label={label}
        value={value ?? OTHER}
        options={options}
        onChange={(chosen) => (chosen === OTHER ? other?.onChoose() : onChange(chosen))}
      />
      <IconButton
        icon={ChevronRight}
        label={t("monthAfter")}
        isDisabled={newer === undefined}
        onPress={() => newer && onChange(newer)}
      />
    </div>
  );
}
