import { Check, Layers, TriangleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { Money } from "../../components/Money";
import { Note } from "../../components/States";
import { negate } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import type { Cliff } from "./curve";
import styles from "./TierEditor.module.css";

interface CliffsProps {
  cliffs: readonly Cliff[];
  currency: string;
  unit: string;
  /** Takes the cliffs away; undefined where that is not possible. */
  onGraduate?: () => void;
}

/** Where one unit more costs less, by how much, and who would pay less by using more. */
export function Cliffs({ cliffs, currency, unit, onGraduate }: CliffsProps) {
  const { t } = useTranslation("plans");
  const formats = useFormats();
  const savers = new Set(cliffs.flatMap((cliff) => cliff.customers)).size;
  const quantity = (value: string) => (unit === "" ? t("editor.units", { quantity: formats.quantity(value) }) : `${formats.quantity(value)} ${unit}`);
  return (
    <section className={styles.part} aria-label={t("cliff.title")}>
      <h3 className={styles.partTitle}>
        {cliffs.length === 0 ? t("cliff.title") : t("cliff.count", { count: cliffs.length })}
        {cliffs.length > 0 && <span className="muted small">{t("cliff.savers", { customers: t("customers", { count: savers }) })}</span>}
      </h3>
      {cliffs.length === 0 && (
        <Note tone="gain" icon={Check}>
          {t("cliff.none")}
        </Note>
      )}
      {cliffs.length > 0 && (
        <ul className={styles.cliffs}>
          {cliffs.map((cliff) => (
            <li key={cliff.border.key} className={styles.cliff}>
              <span className={styles.drop}>
                <Icon icon={TriangleAlert} size="s" />
                <Money value={{ amount: negate(cliff.drop), currency }} tone="loss" />
              </span>
              <span>
                {t("cliff.falls", { quantity: quantity(cliff.at) })}
                <span className={styles.who}>
                  {cliff.customers.length === 0
                    ? t("cliff.nobody")
                    : t("cliff.customers", { count: cliff.customers.length, names: cliff.customers.slice(0, 3).join(", ") })}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
      {cliffs.length > 0 && onGraduate && (
        <Button size="small" icon={Layers} className={styles.start} onPress={onGraduate}>
          {t("cliff.graduate")}
        </Button>
      )}
    </section>
  );
}
