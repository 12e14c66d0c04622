import type { ReactNode } from "react";
import { cx } from "../lib/cx";
import { Icon, type LucideIcon } from "./Icon";
import styles from "./Tag.module.css";

export interface TagProps {
  children: ReactNode;
  /** ink = ready, published; pencil = draft, staged; gain = paid, active; loss = blocked. */
  tone?: "neutral" | "outline" | "ink" | "pencil" | "gain" | "loss";
  icon?: LucideIcon;
  className?: string;
}

/** A short state in words. */
export function Tag({ children, tone = "neutral", icon, className }: TagProps) {
  return (
    <span className={cx(styles.tag, className)} data-tone={tone}>
      {icon && <Icon icon={icon} size="xs" />}
      {children}
    </span>
  );
}

/** A count beside a word: vermilion asks for attention, pencil is staged, plain is a total. */
export function Badge({ count, tone = "plain" }: { count: string; tone?: "plain" | "pencil" | "loss" }) {
  return (
    <span className={cx(styles.badge, "num")} data-tone={tone}>
      {count}
    </span>
  );
}

/** A coloured point for a state that words beside it also name. */
export function Dot({ tone = "gain", live }: { tone?: "gain" | "pencil" | "loss" | "ink" | "off"; live?: boolean }) {
  return <span className={styles.dot} data-tone={tone} data-live={live || undefined} aria-hidden />;
}
