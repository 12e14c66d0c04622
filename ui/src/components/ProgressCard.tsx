import { ProgressBar } from "react-aria-components";
import { Button } from "./Button";
import styles from "./ProgressCard.module.css";

export interface ProgressCardProps {
  title: string;
  /** 0 to 1; null while the total is not known. */
  value: number | null;
  stage?: string | null;
  count?: string | null;
  note?: string | null;
  cancel?: { label: string; run: () => void } | null;
}

/** A job that runs: what it does now, how far it is, and a way out. */
export function ProgressCard({ title, value, stage, count, note, cancel }: ProgressCardProps) {
  return (
    <section className={styles.card} aria-label={title}>
      <header className={styles.head}>
        <h2 className="strong">{title}</h2>
        {count && <span className="num dim">{count}</span>}
      </header>
      <ProgressBar
        aria-label={title}
        value={value === null ? undefined : value * 100}
        isIndeterminate={value === null}
        className={styles.track ?? ""}
      >
        <i className={styles.fill} style={value === null ? undefined : { width: `${value * 100}%` }} />
      </ProgressBar>
      <footer className={styles.foot}>
        <span className="small muted grow">
          {stage}
          {stage && note && ". "}
          {note}
        </span>
        {cancel && (
          <Button size="small" keys="esc" onPress={cancel.run}>
            {cancel.label}
          </Button>
        )}
      </footer>
    </section>
  );
}
