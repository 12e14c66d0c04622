import { useTranslation } from "react-i18next";
import { showError } from "../../app/errors";
import { useUndo } from "../../app/frame/use-undo";
import { showToast } from "../../app/toasts";
import type { CustomerText } from "../../ipc/generated/types";
import { useMutation } from "../../ipc/query";

/** Saves a customer and offers to take it back. Faults stay in `error` for the form. */
export function useSaveCustomer() {
  const { t } = useTranslation(["customers", "common"]);
  const { undo } = useUndo();
  const saving = useMutation("customer_save");
  return {
    error: saving.error,
    isPending: saving.isPending,
    /** `quiet` errors are shown by a form, others as a message. */
    save(customer: CustomerText, text: string, then: { quiet?: boolean; onSaved?: (id: string) => void } = {}) {
      saving.mutate(
        { customer },
        {
          onError: (error) => !then.quiet && showError(error),
          onSuccess: ({ id }) => {
            showToast({ text, tone: "gain", action: { label: t("common:undo"), run: undo } });
            then.onSaved?.(id);
          },
        },
      );
    },
  };
}
