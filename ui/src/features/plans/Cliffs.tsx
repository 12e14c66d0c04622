import { Check, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon";
import { Money } from "../../components/Money";
import { Quantity } from "../../components/Quantity";
import { Note } from "../../components/States";
import { negate } from "../../lib/decimal";
import type { Cliff } from "./curve";
import styles from "./TierEditor.module.css";

interface CliffsProps {
  cliffs: readonly Cliff[];
  currency: string;
}

/** Where one unit more costs less, by how much, and who would pay less by using more. */
export function Cliffs({ cliffs, currency }: CliffsProps) {
  const { t } = useTranslation("plans");
  return (
    <section className={styles.part} aria-label={t("cliff.title")}>
      <h3 className="strong">{cliffs.length === 0 ? t("cliff.title") : t("cliff.count", { count: cliffs.length })}</h3>
      {cliffs.length === 0 && (
        <Note tone="gain" icon={Check}>
          {t("cliff.none")}
        </Note>
      )}
      <ul className={styles.cliffs}>
        {cliffs.map((cliff) => (
          <li key={cliff.border.key} className={styles.cliff}>
            <span className={styles.drop}>
              <Icon icon={TriangleAlert} size="s" />
              <Money value={{ amount: negate(cliff.drop), currency }} tone="loss" />
            </span>
            <span>
              {t("cliff.at")} <Quantity value={cliff.at} />
              <span className={styles.who}>
                {cliff.customers.length === 0
                  ? t("cliff.nobody")
                  : t("cliff.customers", { count: cliff.customers.length, names: cliff.customers.slice(0, 3).join(", ") })}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
