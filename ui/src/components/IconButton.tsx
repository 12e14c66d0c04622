import { Button as AriaButton, type ButtonProps as AriaProps } from "react-aria-components";
import { cx } from "../lib/cx";
import { Icon, type LucideIcon } from "./Icon";
import styles from "./IconButton.module.css";
import { Tip } from "./Tooltip";

export interface IconButtonProps extends Omit<AriaProps, "children" | "className" | "style"> {
  icon: LucideIcon;
  /** What it does: read aloud and shown as the tooltip. */
  label: string;
  kind?: "default" | "ghost";
  size?: "small" | "medium";
  keys?: string;
  on?: boolean;
  className?: string;
}

/** A button that is only an icon; it always has a name and a tooltip. */
export function IconButton({
  icon,
  label,
  kind = "ghost",
  size = "medium",
  keys,
  on,
  className,
  ...rest
}: IconButtonProps) {
  return (
    <Tip text={label} keys={keys}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={cx(styles.button, className)}
        data-kind={kind}
        data-size={size}
        data-on={on || undefined}
      >
        <Icon icon={icon} size={size === "small" ? "s" : "m"} />
      </AriaButton>
    </Tip>
  );
}
