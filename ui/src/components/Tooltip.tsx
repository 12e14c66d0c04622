import type { ReactElement, ReactNode } from "react";
import { Tooltip, TooltipTrigger } from "react-aria-components";
import { Keycap } from "./Keycap";
import styles from "./Tooltip.module.css";

export interface TipProps {
  text: ReactNode;
  keys?: string;
  placement?: "top" | "bottom" | "left" | "right";
  /** Something that takes the focus: a Button, IconButton or a React Aria part. */
  children: ReactElement;
}

/** A short hint on hover and focus. Never the only place where something is said. */
export function Tip({ text, keys, placement = "bottom", children }: TipProps) {
  return (
    <TooltipTrigger delay={500} closeDelay={50}>
      {children}
      <Tooltip className={styles.tip} placement={placement} offset={6}>
        {text}
        {keys && <Keycap combo={keys} />}
      </Tooltip>
    </TooltipTrigger>
  );
}
