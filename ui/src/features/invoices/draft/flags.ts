import i18next from "i18next";
import type { InvoiceFlag } from "../../../ipc/generated/types";
import type { useFormats } from "../../../lib/use-formats";

type Formats = ReturnType<typeof useFormats>;

const word = (key: string, values?: Record<string, unknown>) => i18next.t(`invoices:flag.${key}`, values);

/** Days in a row as one span: `7 to 9 October, 12 October`. */
export function daySpans(days: readonly string[], formats: Pick<Formats, "period">): string {
  const spans: [string, string][] = [];
  for (const day of days) {
    const last = spans.at(-1);
    if (last && Date.parse(day) - Date.parse(last[1]) === 86_400_000) last[1] = day;
    else spans.push([day, day]);
  }
  return spans.map(([first, last]) => formats.period(first, last)).join(", ");
}

/** What is worth a look, in words. */
export function flagText(flag: InvoiceFlag, formats: Formats): string {
  switch (flag.code) {
    case "missing_days": {
      const days = flag.value.split(" ");
      return word("missing_days", { count: days.length, days: daySpans(days, formats) });
    }
    case "price_change":
      return word("price_change", { count: Number.parseInt(flag.value, 10) });
    case "credit_used_up": {
      const [amount = "", currency = ""] = flag.value.split(" ");
      return word("credit_used_up", { amount: formats.money(amount, currency) });
    }
    case "cap_hit":
      return word("cap_hit", { name: flag.value });
    case "customer_data": {
      const fields = flag.value.split(", ").map((field) => word(`field.${field.replace(".", "_")}`));
      return word("customer_data", { fields: fields.join(", ") });
    }
    default:
      return word(flag.code, { defaultValue: flag.code.replaceAll("_", " ") });
  }
}

/** The same in two or three words, for the list. */
export function flagShort(flag: InvoiceFlag): string {
  return i18next.t(`invoices:flagShort.${flag.code}`, { defaultValue: flag.code.replaceAll("_", " ") });
}
