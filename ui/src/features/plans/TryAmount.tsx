import { useTranslation } from "react-i18next";
import { Money } from "../../components/Money";
import type { MoneyText } from "../../ipc/generated/types";
import styles from "./Plans.module.css";

interface TryAmountProps {
  amount: MoneyText | undefined;
  /** Why there is none, in words. */
  fault: string | null;
  isPriced: boolean;
}

/** What something that is tried costs; why not, where it has no amount. */
export function TryAmount({ amount, fault, isPriced }: TryAmountProps) {
  const { t } = useTranslation("plans");
  return (
    <output className={styles.tryAmount} aria-label={t("try.amount")}>
      {fault !== null ? (
        <span className="loss small">{fault}</span>
      ) : amount ? (
        <Money value={amount} size="large" />
      ) : (
        !isPriced && <span className="muted small">{t("try.waits")}</span>
      )}
    </output>
  );
}
