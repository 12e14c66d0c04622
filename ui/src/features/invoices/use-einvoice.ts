import { useTranslation } from "react-i18next";
import { showError } from "../../app/errors";
import { showToast } from "../../app/toasts";
import { ApiError } from "../../ipc/errors";
import type { EinvoiceFormat, IssueText } from "../../ipc/generated/types";
import { host } from "../../ipc/host";
import { useMutation } from "../../ipc/query";
import { endingOf } from "../../lib/einvoice";
import { fileName } from "../../lib/paths";

/** The document that becomes an e-invoice. */
export interface EinvoiceTarget {
  id: string;
  number: string;
  kind: "invoice" | "creditNote";
}

/** Saves a final document as an e-invoice. What it lacks is in `faults`, for the links to the forms. */
export function useEinvoice() {
  const { t } = useTranslation("einvoice");
  const saving = useMutation("einvoice_save");
  const { error } = saving;
  const faults: readonly IssueText[] = error instanceof ApiError ? error.issues : [];
  async function save(target: EinvoiceTarget, format: EinvoiceFormat) {
    const ending = endingOf(format);
    const suggestedName = `${target.number.replaceAll(/[/\\]/g, "-")}.${ending}`;
    const path = await host().saveFile({ suggestedName, filters: [{ name: t(`files.${ending}`), extensions: [ending] }] });
    if (path === null) return;
    const [ids, creditNoteIds] = target.kind === "invoice" ? [[target.id], []] : [[], [target.id]];
    saving.mutate(
      { ids, creditNoteIds, format, path },
      {
        onError: (failed) => !(failed instanceof ApiError && failed.issues.length > 0) && showError(failed),
        onSuccess: () => showToast({ text: t("saved", { file: fileName(path) }), tone: "gain" }),
      },
    );
  }
  return { save, faults, isPending: saving.isPending };
}
