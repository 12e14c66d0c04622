import { useTranslation } from "react-i18next";
import { Quantity } from "../../../components/Quantity";
import type { ImportIssue } from "../../../ipc/generated/types";
import { useFormats } from "../../../lib/use-formats";
import { issueTitle, issueWords } from "../words";
import styles from "./Import.module.css";
import { issueGroups } from "./model";

/** Rows of one cause: how many, why, and the lines with their values. */
export function IssueGroups({ issues }: { issues: readonly ImportIssue[] }) {
  const { t } = useTranslation("usage");
  const formats = useFormats();
  return (
    <ul className={styles.issues}>
      {issueGroups(issues).map((group) => (
        <li key={`${group.code} ${group.field}`}>
          <Quantity value={group.issues.length} className="strong" />
          <div className="col">
            <span className="medium">
              {issueTitle(group.code)}
              {group.field && <span className="dim mono"> {group.field}</span>}
            </span>
            {group.issues.slice(0, 3).map((issue, index) => (
              <span key={index} className="dim small selectable">
                {issue.line > 0 && `${t("import.line", { line: formats.quantity(String(issue.line)) })} `}
                {issueWords(issue)}
              </span>
            ))}
            {group.issues.length > 3 && (
              <span className="dim small">{t("import.more", { count: group.issues.length - 3 })}</span>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}
