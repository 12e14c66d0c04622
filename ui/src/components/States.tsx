import { CircleAlert, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "../lib/cx";
import { Icon, type LucideIcon } from "./Icon";
import styles from "./States.module.css";

export interface StateProps {
  /** One sentence: what belongs here, or what happened. */
  title: ReactNode;
  /** What was kept, what to do. */
  detail?: ReactNode;
  /** One action. */
  action?: ReactNode;
  icon?: LucideIcon;
}

/** Nothing here yet: one sentence on what belongs here and one action. */
export function EmptyState({ title, detail, action, icon }: StateProps) {
  return (
    <div className={styles.state}>
      {icon && <Icon icon={icon} size="l" className={styles.icon} />}
      <p className={styles.title}>{title}</p>
      {detail && <p className={styles.detail}>{detail}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}

/** A filter that found nothing: keeps it visible, offers to clear it. */
export function NoResult({ icon = SearchX, ...rest }: StateProps) {
  return <EmptyState icon={icon} {...rest} />;
}

/** What happened, what was kept, what to do. */
export function ErrorState({ title, detail, action, icon = CircleAlert }: StateProps) {
  return (
    <div className={styles.state} role="alert">
      <Icon icon={icon} size="l" className={cx(styles.icon, "loss")} />
      <p className={cx(styles.title, "selectable")}>{title}</p>
      {detail && <p className={cx(styles.detail, "selectable")}>{detail}</p>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}

/** Grey rows of the size of what comes. Shown only after 100 ms, so that fast replies do not blink. */
export function Skeleton({ rows = 6, height = 32 }: { rows?: number; height?: number }) {
  return (
    <div className={styles.skeleton} aria-hidden>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={styles.bone} style={{ height }}>
          <i style={{ width: `${[38, 52, 31, 46, 60, 42][row % 6]}%` }} />
          <i style={{ width: "12%" }} />
        </div>
      ))}
    </div>
  );
}

export interface NoteProps {
  tone?: "ink" | "pencil" | "loss" | "gain";
  icon?: LucideIcon;
  children: ReactNode;
}

/** A coloured remark inside a panel, with its icon. */
export function Note({ tone = "ink", icon, children }: NoteProps) {
  return (
    <div className={styles.note} data-tone={tone}>
      {icon && <Icon icon={icon} size="s" />}
      <div className="grow">{children}</div>
    </div>
  );
}
