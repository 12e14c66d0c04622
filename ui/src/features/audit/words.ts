import i18next from "i18next";
import type { AuditRow } from "../../ipc/generated/types";

/** What was done, in words; a word of a newer program as it stands. */
export function deed(code: string): string {
  return i18next.exists(`audit:code.${code}`) ? i18next.t(`audit:code.${code}`) : code.replaceAll("_", " ");
}

export function areaName(area: string): string {
  return i18next.exists(`audit:area.${area}`) ? i18next.t(`audit:area.${area}`) : area;
}

/** What it was done to. A step that was undone is named by its own word. */
export function subject({ code, subject: text }: AuditRow): string {
  if (code !== "undo" && code !== "redo") return text;
  const [step = "", ...of] = text.split(" ");
  return [deed(step), ...of].join(" ");
}

/** Who, and by which program. */
export function actor({ who, shell }: AuditRow): string {
  const program = i18next.exists(`audit:shell.${shell}`) ? i18next.t(`audit:shell.${shell}`) : shell;
  return who === "" ? program || i18next.t("audit:nobody") : who;
}
