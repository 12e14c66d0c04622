import { CircleAlert, CircleCheck, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Toast } from "../../components/Toast";
import styles from "./Toasts.module.css";
import { closeToast, useToasts } from "../toasts";

/** Messages at the bottom of the window, read aloud as they come. */
export function Toasts() {
  const { t } = useTranslation("common");
  const toasts = useToasts();
  return (
    <div className={styles.stack} role="status" aria-live="polite">
      {toasts.map((toast) => (
        <Toast
          key={toast.id}
          text={toast.text}
          detail={toast.detail}
          tone={toast.tone}
          icon={toast.tone === "loss" ? CircleAlert : toast.tone === "gain" ? CircleCheck : undefined}
          action={
            toast.action && {
              label: toast.action.label,
              run: () => {
                toast.action?.run();
                closeToast(toast.id);
              },
            }
          }
          close={{ icon: X, label: t("close"), run: () => closeToast(toast.id) }}
        />
      ))}
    </div>
  );
}
