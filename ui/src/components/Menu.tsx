import type { ReactElement, ReactNode } from "react";
import {
  Header,
  Menu as AriaMenu,
  MenuItem as AriaItem,
  MenuSection as AriaSection,
  MenuTrigger,
  Popover as AriaPopover,
  Separator,
  type MenuItemProps as AriaItemProps,
} from "react-aria-components";
import { Check } from "lucide-react";
import { Icon, type LucideIcon } from "./Icon";
import { Keycap } from "./Keycap";
import styles from "./Menu.module.css";

export interface MenuProps {
  /** The button that opens it. */
  trigger: ReactElement;
  label: string;
  placement?: "bottom start" | "bottom end" | "top start" | "top end" | "right top";
  width?: number;
  children: ReactNode;
}

export function Menu({ trigger, label, placement = "bottom start", width, children }: MenuProps) {
  return (
    <MenuTrigger>
      {trigger}
      <AriaPopover className={styles.popover} placement={placement} offset={4} style={{ width }}>
        <AriaMenu className={styles.menu} aria-label={label}>
          {children}
        </AriaMenu>
      </AriaPopover>
    </MenuTrigger>
  );
}

export interface MenuItemProps extends Omit<AriaItemProps, "children" | "className" | "style"> {
  children: ReactNode;
  icon?: LucideIcon;
  /** A second, quieter line or figure at the end. */
  detail?: ReactNode;
  keys?: string;
  danger?: boolean;
  checked?: boolean;
}

export function MenuItem({ children, icon, detail, keys, danger, checked, ...rest }: MenuItemProps) {
  return (
    <AriaItem
      {...rest}
      className={styles.item ?? ""}
      textValue={rest.textValue ?? (typeof children === "string" ? children : undefined)}
      data-danger={danger || undefined}
    >
      {icon && <Icon icon={icon} />}
      <span className={styles.label}>{children}</span>
      {detail && <span className={styles.detail}>{detail}</span>}
      {checked && <Icon icon={Check} size="s" className={styles.check} />}
      {keys && <Keycap combo={keys} />}
    </AriaItem>
  );
}

export function MenuSection({ title, children }: { title: string; children: ReactNode }) {
  return (
    <AriaSection className={styles.section}>
      <Header className={styles.title}>{title}</Header>
      {children}
    </AriaSection>
  );
}

export function MenuSeparator() {
  return <Separator className={styles.separator} />;
}
