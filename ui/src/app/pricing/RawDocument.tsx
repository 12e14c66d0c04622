import { useTranslation } from "react-i18next";
import { prettyDocument } from "./document";
import styles from "./Pricing.module.css";

/** A price that the form has no fields for: to read, and kept as it is. */
export function RawDocument({ text }: { text: string }) {
  const { t } = useTranslation("plans");
  return (
    <div className={styles.fields}>
      <p className="small muted">{t("document.note")}</p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it */}
      <pre className={styles.document} tabIndex={0} role="region" aria-label={t("document.label")}>
        {prettyDocument(text)}
      </pre>
    </div>
  );
}
