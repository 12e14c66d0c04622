import i18next from "i18next";
import { ApiError, Cancelled, asApiError } from "../ipc/errors";
import { showToast } from "./toasts";

/** One sentence for an error: what happened and what was kept. */
export function errorText(thrown: unknown): { text: string; detail: string | null } {
  const error = asApiError(thrown);
  if (error instanceof Cancelled) return { text: i18next.t("errors:cancelled"), detail: null };
  const first = error.issues[0];
  const text = first ? issueText(first) : codeText(error);
  const detail = error.incident ? i18next.t("errors:incident", { incident: error.incident }) : null;
  return { text, detail };
}

/** The words of one issue: `errors:issue.<code>`, else the code itself, never nothing. */
export function issueText(issue: { code: string; params?: Record<string, string> }): string {
  return i18next.t(`errors:issue.${issue.code}`, {
    ...issue.params,
    defaultValue: i18next.t("errors:issue.other", { code: issue.code }),
  });
}

/** What a kind of error means, in words. */
export function codeText(error: ApiError): string {
  const reason = error.params.reason;
  const general = i18next.t(`errors:code.${error.code}`);
  if (!reason) return general;
  return i18next.t(`errors:reason.${reason}`, { ...error.params, defaultValue: general });
}

/** Shows an error as a toast that stays until it is closed. */
export function showError(thrown: unknown): void {
  if (thrown instanceof Cancelled) return;
  const { text, detail } = errorText(thrown);
  showToast({ text, detail, tone: "loss" });
}
