import type { ReactNode } from "react";
import { Button as AriaButton, type ButtonProps as AriaProps } from "react-aria-components";
import { cx } from "../lib/cx";
import styles from "./Button.module.css";
import { Icon, type LucideIcon } from "./Icon";
import { Keycap } from "./Keycap";

export interface ButtonProps extends Omit<AriaProps, "children" | "className" | "style"> {
  children?: ReactNode;
  /** primary = ink, one per screen; pencil = stages or reviews; danger = takes something away. */
  kind?: "primary" | "pencil" | "default" | "ghost" | "danger";
  /** 24, 28 or 36 px. */
  size?: "small" | "medium" | "large";
  icon?: LucideIcon;
  iconAfter?: LucideIcon;
  /** A combo of the shortcut table, drawn as a keycap. */
  keys?: string;
  /** Ghost buttons that are switched on. */
  on?: boolean;
  className?: string;
}

export function Button({
  children,
  kind = "default",
  size = "medium",
  icon,
  iconAfter,
  keys,
  on,
  className,
  ...rest
}: ButtonProps) {
  const iconSize = size === "small" ? "s" : "m";
  return (
    <AriaButton
      {...rest}
      className={cx(styles.button, className)}
      data-kind={kind}
      data-size={size}
      data-on={on || undefined}
    >
      {icon && <Icon icon={icon} size={iconSize} />}
      {children}
      {iconAfter && <Icon icon={iconAfter} size={iconSize} />}
      {keys && <Keycap combo={keys} />}
    </AriaButton>
  );
}
