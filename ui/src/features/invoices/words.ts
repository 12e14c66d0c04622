import i18next from "i18next";
import type { InvoiceLineText } from "../../ipc/generated/types";
import { utcMidnight } from "../../lib/dates";
import type { FormatSetting } from "../../lib/format";
import { modelName } from "./model";

const t = (key: string, values?: Record<string, unknown>) => i18next.t(key, values);

/** A dimension, built-in meter or own name in words. */
export function dimensionName(name: string): string {
  const own = name.replace(/^custom:/, "").replaceAll("_", " ");
  const words = own === name ? own : capital(own);
  return t(`invoices:dimension.${name}`, { defaultValue: words });
}

/** `context > 200000`, `processing = batch`: what chose another price. */
export function qualifierName(text: string): string {
  const [key = "", sign = "", ...value] = text.split(" ");
  const rest = value.join(" ");
  if (key === "context") return t(sign === ">" ? "invoices:qualifier.above" : "invoices:qualifier.atLeast", { tokens: rest });
  const mark = /^([a-z_]+)\s?=\s?(.+)$/.exec(text);
  if (mark) return t("invoices:qualifier.mark", { key: (mark[1] ?? "").replaceAll("_", " "), value: mark[2] });
  return text;
}

/** What a line is, in a few words: `gpt-5, Output tokens`. */
export function lineTitle(line: InvoiceLineText): string {
  return line.model ? modelName(line.model) : line.charge;
}

export function lineSubtitle(line: InvoiceLineText): string {
  const name = dimensionName(line.description);
  const subtitle = !line.model && name === line.charge ? "" : name;
  return [subtitle, ...line.qualifiers.map(qualifierName)].filter(Boolean).join(", ");
}

/** Why something is held, in words. */
export function heldReason(code: string): string {
  return t(`invoices:held.${code}`, { defaultValue: code.replaceAll("_", " ") });
}

/** `Sept`, for tight places where the year is clear. */
export function formatMonthShort(month: string, setting: FormatSetting): string {
  const format = new Intl.DateTimeFormat(setting.locale, { month: "short", timeZone: "UTC" });
  return format.format(utcMidnight(`${month}-01`));
}

/** `openai/gpt-5 output_tokens` with its dimension in words. */
export function heldSubject(subject: string): string {
  const cut = subject.lastIndexOf(" ");
  return cut < 0 ? subject : `${subject.slice(0, cut)}, ${dimensionName(subject.slice(cut + 1))}`;
}

export function capital(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
