import type { LucideIcon } from "lucide-react";
import styles from "./Icon.module.css";
import { cx } from "../lib/cx";

export type { LucideIcon };

export interface IconProps {
  icon: LucideIcon;
  /** xs 12, s 14, m 16, l 20 px. */
  size?: "xs" | "s" | "m" | "l";
  className?: string;
  /** Only for an icon that stands without words; otherwise it is hidden from screen readers. */
  label?: string;
}

const PIXELS = { xs: 12, s: 14, m: 16, l: 20 };

/** An outline icon of the one set we use (Lucide). */
export function Icon({ icon: Shape, size = "m", className, label }: IconProps) {
  return (
    <Shape
      className={cx(styles.icon, className)}
      size={PIXELS[size]}
      strokeWidth={size === "xs" ? 2 : 1.75}
      aria-hidden={label ? undefined : true}
      aria-label={label}
      role={label ? "img" : undefined}
    />
  );
}
