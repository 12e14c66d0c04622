import { useTranslation } from "react-i18next";
import type { InvoiceListReply, InvoiceRow } from "../../ipc/generated/types";
import { useFormats } from "../../lib/use-formats";
import { totals } from "./model";

/** One sentence: how many are ready, what they make, which number comes next. */
export function RunNote({ data, ready }: { data: InvoiceListReply; ready: readonly InvoiceRow[] }) {
  const { t } = useTranslation("invoices");
  const formats = useFormats();
  if (!data.complete) return t("notOver", { month: formats.month(data.month) });
  if (ready.length === 0) return t("noneReady", { number: data.nextNumber });
  const sums = totals(ready).map((one) => formats.money(one.amount, one.currency));
  // One line has room for two sums; the others are on the tooltip and at each customer.
  const total = sums.length > 2 ? t("sumAndMore", { sum: sums[0], count: sums.length - 1 }) : sums.join(" + ");
  return (
    <span className="num" title={sums.join(" + ")}>
      {t("readyNote", { count: ready.length, total, number: data.nextNumber })}
    </span>
  );
}
