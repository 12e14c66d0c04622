import i18next from "i18next";
import type { StepName } from "../ipc/generated/types";

/** A step of undo in words: `steps:<code>` with what it was done to. */
export function stepName({ code, subject }: StepName): string {
  return i18next.t(`steps:${code}`, { subject, defaultValue: `${code.replaceAll("_", " ")} ${subject}` });
}
