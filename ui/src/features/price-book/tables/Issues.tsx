import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { Sheet } from "../../../components/Sheet";
import type { ImportIssue } from "../../../ipc/generated/types";
import { useFormats } from "../../../lib/use-formats";
import styles from "./Issues.module.css";

/** How many fields were not taken, or not as they stand, and which. */
export function Issues({ issues, count }: { issues: readonly ImportIssue[]; count: number }) {
  const { t } = useTranslation(["price-book", "common"]);
  const formats = useFormats();
  const [isOpen, setOpen] = useState(false);
  if (count === 0) return null;
  return (
    <>
      <Button size="small" kind="ghost" onPress={() => setOpen(true)}>
        {t("import.issuesCount", { count, fields: formats.quantity(String(count)) })}
      </Button>
      <Sheet isOpen={isOpen} onClose={() => setOpen(false)} title={t("import.issues")} closeLabel={t("common:close")} width={520}>
        <ul className={styles.issues}>
          {issues.map((issue, index) => (
            <li key={index} className="selectable">
              <span className="medium mono">{issue.field}</span>{" "}
              <span className="muted">
                {[t(`import.issue.${issue.code}`, { defaultValue: issue.code.replaceAll("_", " ") }), ...issue.params.map((param) => param.value)].filter(Boolean).join(", ")}
              </span>
            </li>
          ))}
        </ul>
        {count > issues.length && <p className="small muted">{t("import.more", { count: count - issues.length })}</p>}
      </Sheet>
    </>
  );
}
