import type { ReactNode } from "react";
import styles from "./Form.module.css";
import { Note } from "./States";

/** Fields side by side; `columns` as grid tracks, e.g. `2fr 1fr`. They wrap when narrow. */
export function FieldRow({ columns, children }: { columns?: string; children: ReactNode }) {
  return (
    <div className={styles.row} style={columns ? { gridTemplateColumns: columns } : undefined}>
      {children}
    </div>
  );
}

export interface FormSectionProps {
  title: string;
  /** What it is for, one sentence. */
  hint?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}

/** Fields that belong together under a title. */
export function FormSection({ title, hint, actions, children }: FormSectionProps) {
  return (
    <fieldset className={styles.section}>
      <legend className="visually-hidden">{title}</legend>
      <header className={styles.head}>
        <div className="grow">
          <h3 className="strong">{title}</h3>
          {hint && <p className="small muted">{hint}</p>}
        </div>
        {actions}
      </header>
      <div className={styles.fields}>{children}</div>
    </fieldset>
  );
}

/** Issues that no field of the form shows: they stand at its top and are read aloud. */
export function FormIssues({ texts }: { texts: readonly string[] }) {
  if (texts.length === 0) return null;
  return (
    <div role="alert" className={styles.issues}>
      <Note tone="loss">
        {texts.map((text) => (
          <p key={text}>{text}</p>
        ))}
      </Note>
    </div>
  );
}
