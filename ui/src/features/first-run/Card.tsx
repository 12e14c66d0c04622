import type { ReactNode } from "react";
import styles from "./FirstRun.module.css";

interface CardProps {
  picture: ReactNode;
  title: string;
  text: ReactNode;
  marked?: boolean;
  children: ReactNode;
}

/** One way to begin. */
export function Card({ picture, title, text, marked, children }: CardProps) {
  return (
    <section className={styles.card} data-marked={marked || undefined}>
      <div className={styles.picture}>{picture}</div>
      <div className={styles.words}>
        <h2 className={styles.cardTitle}>{title}</h2>
        <p className="muted">{text}</p>
        <div className={styles.action}>{children}</div>
      </div>
    </section>
  );
}
