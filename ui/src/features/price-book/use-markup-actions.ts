import { useTranslation } from "react-i18next";
import { showError } from "../../app/errors";
import { useUndo } from "../../app/frame/use-undo";
import { showToast } from "../../app/toasts";
import type { ApiError } from "../../ipc/errors";
import type { MarkupSaveRequest, MarkupScopeText } from "../../ipc/generated/types";
import { useMutation } from "../../ipc/query";
import { places } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import { scopeNames } from "./words";

export interface MarkupActions {
  save: (request: MarkupSaveRequest, done: () => void) => void;
  /** Ends the rule of a scope: the next wider one holds again. */
  end: (scope: MarkupScopeText, done?: () => void) => void;
  /** Faults of the last try, for the fields. */
  error: ApiError | null;
  forget: () => void;
  busy: boolean;
}

/** Saving and ending markups: at once, with a toast that takes it back. */
export function useMarkupActions(): MarkupActions {
  const { t } = useTranslation(["price-book", "common"]);
  const formats = useFormats();
  const { undo } = useUndo();
  const save = useMutation("markup_save");
  const tell = (text: string) => showToast({ text, action: { label: t("common:undo"), run: undo } });
  return {
    save: (request, done) =>
      save.mutate(request, {
        onSuccess: () => {
          const percent = request.markup?.percent ?? "0";
          tell(t("saved", { names: scopeNames(request.scope), percent: formats.percent(percent, { places: places(percent), sign: "always" }) }));
          done();
        },
        // Faults stand at the fields; what names none is shown on top of the form.
      }),
    end: (scope, done) =>
      save.mutate(
        { scope, markup: null, validFrom: null },
        {
          onError: showError,
          onSuccess: () => {
            tell(t("ended", { names: scopeNames(scope) }));
            done?.();
          },
        },
      ),
    error: save.error,
    forget: save.reset,
    busy: save.isPending,
  };
}
