import { useNavigate } from "@tanstack/react-router";
import { BookOpen, Coins, FileText, Gauge, Layers, Upload, UserPlus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import type { InboxItem } from "../../../ipc/generated/types";
import styles from "./Inbox.module.css";
import { pairOf, type PriceGoal, priceGoal } from "./model";

/** What is resolved on another screen: one button that leads exactly there. */
export function GoResolve({ item }: { item: InboxItem }) {
  const { t } = useTranslation("usage");
  return (
    <div className={styles.form}>
      <p className="small muted">{t(`resolveHint.${item.kind}`)}</p>
      <div className={styles.actions}>
        <Go item={item} />
      </div>
    </div>
  );
}

function Go({ item }: { item: InboxItem }) {
  const { t } = useTranslation("usage");
  const navigate = useNavigate();
  const goal = priceGoal(item);
  if (goal) return <GoToPrices search={goal} label={t(PRICE_LABELS[item.kind] ?? "inbox.toPrice")} primary />;
  switch (item.kind) {
    case "no_value":
      return (
        <Button kind="primary" icon={Gauge} onPress={() => void navigate({ to: "/plans", search: { meters: true } })}>
          {t("inbox.toMeters")}
        </Button>
      );
    case "no_price_for_value":
      return (
        <Button kind="primary" icon={Layers} onPress={() => void navigate({ to: "/plans", search: {} })}>
          {t("inbox.toPlans")}
        </Button>
      );
    case "no_exchange_rate":
      return (
        <Button kind="primary" icon={Coins} onPress={() => void navigate({ to: "/settings", search: { section: "exchange", ...pairOf(item) } })}>
          {t("inbox.addRate")}
        </Button>
      );
    case "no_subscription":
      return (
        <Button kind="primary" icon={UserPlus} onPress={() => void navigate({ to: "/customers/$id", params: { id: item.subject } })}>
          {t("inbox.subscribe")}
        </Button>
      );
    case "late_usage":
      return (
        <Button kind="primary" icon={FileText} onPress={() => void navigate({ to: "/invoices", search: { show: "final" } })}>
          {t("inbox.toInvoices")}
        </Button>
      );
    default:
      return (
        <Button kind="primary" icon={Upload} onPress={() => void navigate({ to: "/usage/import", search: {} })}>
          {t("inbox.toImports")}
        </Button>
      );
  }
}

const PRICE_LABELS: Partial<Record<InboxItem["kind"], string>> = { no_price: "inbox.setPrice", old_prices: "inbox.toPrices" };

export interface GoToPricesProps {
  /** A model of the book with one of its prices, or a name to look for. */
  search: PriceGoal;
  label: string;
  primary?: boolean;
}

export function GoToPrices({ search, label, primary }: GoToPricesProps) {
  const navigate = useNavigate();
  return (
    <Button
      kind={primary ? "primary" : "default"}
      icon={BookOpen}
      onPress={() => void navigate({ to: "/prices", search })}
    >
      {label}
    </Button>
  );
}
