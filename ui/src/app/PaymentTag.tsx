import { Ban, Check, CircleAlert, Clock } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Tag } from "../components/Tag";
import type { PaymentTag as Payment } from "../ipc/generated/types";
import { useFormats } from "../lib/use-formats";

/** Whether a final invoice is paid, in one word; the days when it is late. */
export function PaymentTag({ payment }: { payment: Payment }) {
  const { t } = useTranslation("invoices");
  const formats = useFormats();
  const days = payment.overdueDays;
  if (days !== null) {
    return (
      <Tag tone="loss" icon={CircleAlert}>
        {t("payment.overdue", { count: days, days: formats.quantity(String(days)) })}
      </Tag>
    );
  }
  switch (payment.state) {
    case "paid":
      return <Tag tone="gain" icon={Check}>{t("payment.state.paid")}</Tag>;
    case "overpaid":
      return <Tag tone="pencil">{t("payment.state.overpaid")}</Tag>;
    case "partly_paid":
      return <Tag tone="outline" icon={Clock}>{t("payment.state.partly_paid")}</Tag>;
    case "uncollectible":
      return <Tag tone="loss" icon={Ban}>{t("payment.state.uncollectible")}</Tag>;
    case "open":
      return <Tag tone="outline" icon={Clock}>{t("payment.state.open")}</Tag>;
  }
}
