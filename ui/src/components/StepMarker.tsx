import { ChevronRight } from "lucide-react";
import { Icon } from "./Icon";
import styles from "./StepMarker.module.css";

export interface StepMarkerProps {
  steps: readonly string[];
  /** Index of the current one. */
  current: number;
  label: string;
}

/** Where we are in a short, ordered task: 1 File, 2 Columns, 3 Check. */
export function StepMarker({ steps, current, label }: StepMarkerProps) {
  return (
    <ol className={styles.steps} aria-label={label}>
      {steps.map((step, index) => (
        <li
          key={step}
          className={styles.step}
          data-reached={index <= current || undefined}
          aria-current={index === current ? "step" : undefined}
        >
          {index > 0 && <Icon icon={ChevronRight} size="s" className={styles.chevron} />}
          <span className={styles.number}>{index + 1}</span>
          {step}
        </li>
      ))}
    </ol>
  );
}
