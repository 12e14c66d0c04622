import type { ReactNode } from "react";
import { cx } from "../lib/cx";
import styles from "./Panel.module.css";

export interface PanelProps {
  title?: ReactNode;
  /** Beside the title: a tag, a quiet remark. */
  aside?: ReactNode;
  /** At the end of the head. */
  actions?: ReactNode;
  /** Without padding, for tables and lists. */
  flush?: boolean;
  /** Takes the height that is left and lets its content scroll. */
  grow?: boolean;
  className?: string;
  children: ReactNode;
}

/** A white sheet with a hairline around: the ground of tables, charts and forms. */
export function Panel({ title, aside, actions, flush, grow, className, children }: PanelProps) {
  return (
    <section className={cx(styles.panel, className)} data-grow={grow || undefined}>
      {(title || actions) && (
        <header className={styles.head}>
          {title && <h2 className={styles.title}>{title}</h2>}
          {aside && <div className={styles.aside}>{aside}</div>}
          <span className="grow" />
          {actions}
        </header>
      )}
      <div className={styles.body} data-flush={flush || undefined}>
        {children}
      </div>
    </section>
  );
}

/** A name with its value at the end, one line each. */
export function KeyValues({ items }: { items: readonly { key: string; value: ReactNode }[] }) {
  return (
    <dl className={styles.pairs}>
      {items.map(({ key, value }) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
