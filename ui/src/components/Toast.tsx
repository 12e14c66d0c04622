import { cx } from "../lib/cx";
import { Button } from "./Button";
import { Icon, type LucideIcon } from "./Icon";
import { IconButton } from "./IconButton";
import styles from "./Toast.module.css";

export interface ToastProps {
  text: string;
  detail?: string | null;
  tone?: "plain" | "gain" | "loss";
  icon?: LucideIcon;
  action?: { label: string; run: () => void } | null;
  close: { icon: LucideIcon; label: string; run: () => void };
}

/** One message. Show it with `showToast` of app/toasts. */
export function Toast({ text, detail, tone = "plain", icon, action, close }: ToastProps) {
  return (
    <div className={styles.toast} data-tone={tone}>
      {icon && <Icon icon={icon} className={styles.icon} />}
      <div className={cx(styles.words, "selectable")}>
        <p>{text}</p>
        {detail && <p className="tiny dim">{detail}</p>}
      </div>
      {action && (
        <Button size="small" onPress={action.run}>
          {action.label}
        </Button>
      )}
      <IconButton size="small" icon={close.icon} label={close.label} onPress={close.run} />
    </div>
  );
}
