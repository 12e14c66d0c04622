import i18next from "i18next";
import type { AccountingFormat } from "../../../ipc/generated/types";
import { monthDays } from "../../../lib/dates";

export const FORMATS = ["csv", "hledger", "beancount", "datev"] as const satisfies readonly AccountingFormat[];

/** How a file of each format ends. */
export const ENDINGS: Record<AccountingFormat, string> = { csv: "csv", hledger: "journal", beancount: "beancount", datev: "csv" };

/** The days of a month, both included. */
export function daysOf(month: string): { from: string; to: string } {
  const { first, last } = monthDays(month);
  return { from: first, to: last };
}

/** What an account is for; a rate of tax says which. */
export function roleName(role: string): string {
  const [word = "", rate] = role.split(" ");
  return rate === undefined || rate === "" ? i18next.t(`invoices:accounting.role.${word}`) : i18next.t("invoices:accounting.role.taxAt", { rate });
}

/** A whole number that was typed; null while it is none. */
export function whole(text: string): number | null {
  return /^\d{1,7}$/.test(text.trim()) ? parseInt(text.trim(), 10) : null;
}
