import type { ReactNode } from "react";
import styles from "./Settings.module.css";

interface SettingRowProps {
  title: string;
  hint?: ReactNode;
  children?: ReactNode;
}

/** A setting: its name on the left, its control at the end. */
export function SettingRow({ title, hint, children }: SettingRowProps) {
  return (
    <div className={styles.setting}>
      <div className="grow">
        <p className="medium">{title}</p>
        {hint && <div className={styles.settingHint}>{hint}</div>}
      </div>
      <div className={styles.buttons}>{children}</div>
    </div>
  );
}
