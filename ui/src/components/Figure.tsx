import type { ReactNode } from "react";
import { Button } from "react-aria-components";
import { cx } from "../lib/cx";
import styles from "./Figures.module.css";

export interface FigureProps {
  /** loss = money lost or below cost (with its minus sign), gain, pencil = staged. */
  tone?: "plain" | "loss" | "gain" | "pencil";
  /** headline 24 px with light minor digits, large 15 px, text as the words around it. */
  size?: "text" | "large" | "headline";
  /** Opens where the figure comes from; makes it a button. */
  onExplain?: () => void;
  className?: string;
}

/** What all figures share: tabular digits, tone, size, and the way to "why?". */
export function Figure({
  tone,
  size = "text",
  onExplain,
  className,
  title,
  children,
}: FigureProps & { title?: string; children: ReactNode }) {
  const text = (
    <span
      className={cx(styles.figure, size !== "text" && styles[size], className)}
      data-tone={tone}
      title={title}
    >
      {children}
    </span>
  );
  if (!onExplain) return text;
  return (
    <Button className={styles.why ?? ""} onPress={onExplain}>
      {text}
    </Button>
  );
}
