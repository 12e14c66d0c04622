import type { ReactElement, ReactNode } from "react";
import { Dialog, DialogTrigger, Popover as AriaPopover } from "react-aria-components";
import styles from "./Popover.module.css";

export interface PopoverProps {
  trigger: ReactElement;
  label: string;
  placement?: "bottom start" | "bottom end" | "top start" | "bottom";
  width?: number;
  /** Given `close` when it is a function. */
  children: ReactNode | ((close: () => void) => ReactNode);
}

/** A small panel at its button: a few fields or facts, nothing that must not be lost. */
export function Popover({ trigger, label, placement = "bottom start", width = 280, children }: PopoverProps) {
  return (
    <DialogTrigger>
      {trigger}
      <AriaPopover className={styles.popover ?? ""} placement={placement} offset={4} style={{ width }}>
        <Dialog className={styles.dialog} aria-label={label}>
          {({ close }) => (typeof children === "function" ? children(close) : children)}
        </Dialog>
      </AriaPopover>
    </DialogTrigger>
  );
}
