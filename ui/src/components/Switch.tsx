import { Check, Minus } from "lucide-react";
import type { ReactNode } from "react";
import {
  Checkbox as AriaCheckbox,
  Switch as AriaSwitch,
  type CheckboxProps as AriaCheckboxProps,
  type SwitchProps as AriaSwitchProps,
} from "react-aria-components";
import { cx } from "../lib/cx";
import { Icon } from "./Icon";
import styles from "./Switch.module.css";

export interface SwitchProps extends Omit<AriaSwitchProps, "children" | "className" | "style"> {
  /** Words beside it; without them give `aria-label`. */
  children?: ReactNode;
  className?: string;
}

/** On or off, at once. */
export function Switch({ children, className, ...rest }: SwitchProps) {
  return (
    <AriaSwitch {...rest} className={cx(styles.hit, className)}>
      <span className={styles.track} />
      {children}
    </AriaSwitch>
  );
}

export interface CheckboxProps extends Omit<AriaCheckboxProps, "children" | "className" | "style"> {
  children?: ReactNode;
  className?: string;
}

/** Part of a choice that takes effect with the form or the action. */
export function Checkbox({ children, className, ...rest }: CheckboxProps) {
  return (
    <AriaCheckbox {...rest} className={cx(styles.hit, className)}>
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className={styles.box} data-on={isSelected || isIndeterminate || undefined}>
            {isIndeterminate ? <Icon icon={Minus} size="xs" /> : isSelected ? <Icon icon={Check} size="xs" /> : null}
          </span>
          {children}
        </>
      )}
    </AriaCheckbox>
  );
}
