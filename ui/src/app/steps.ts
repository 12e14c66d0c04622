import i18next from "i18next";
import type { StepName } from "../ipc/generated/types";
import { providerName } from "../lib/names";

/** A step of undo in words: `steps:<code>` with what it was done to. */
export function stepName({ code, subject }: StepName): string {
  const known = i18next.exists(`steps:${code}`);
  return known ? i18next.t(`steps:${code}`, { subject: subjectName(code, subject) }) : i18next.t("steps:other");
}

/** The book keeps names as they are in price tables; people read them as on screens. */
function subjectName(code: string, subject: string): string {
  if (code === "price_manual") {
    const [provider = "", ...model] = subject.split("/");
    return i18next.t("steps:modelOf", { model: model.join("/"), provider: providerName(provider) });
  }
  if (code === "exchange_stage" || code === "exchange_save") return subject.replace("/", " → ");
  return code === "markup_save" ? scopeName(subject) : subject;
}

/** `openai gpt-5 output_tokens`, of which any part may be missing. */
function scopeName(subject: string): string {
  const parts = subject.split(" ").filter(Boolean);
  const key = `price-book:dimension.${(parts.at(-1) ?? "").replace(":", "_")}`;
  const dimension = parts.length > 0 && i18next.exists(key) ? i18next.t(key) : null;
  const [provider, ...model] = dimension === null ? parts : parts.slice(0, -1);
  const place = model.length > 0 ? model.join(" ") : provider === undefined ? null : providerName(provider);
  const names = [place, dimension].filter((name) => name !== null);
  return names.length > 0 ? names.join(", ") : i18next.t("steps:book");
}
