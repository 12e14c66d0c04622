import { CircleAlert, ShieldCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Note } from "../../components/States";
import { Sheet } from "../../components/Sheet";
import styles from "./Invoices.module.css";
import type { Verified } from "./use-invoice-actions";

/** What recomputing found: nothing, or each difference by name. */
export function VerifySheet({ result, onClose }: { result: Verified | null; onClose: () => void }) {
  const { t } = useTranslation(["invoices", "common"]);
  if (!result) return null;
  const { row, reply } = result;
  const fine = reply.findings.length === 0;
  const title = row?.number ? t("verifyTitleOne", { number: row.number }) : t("verifyTitle");
  return (
    <Sheet isOpen onClose={onClose} title={title} closeLabel={t("common:close")} width={480}>
      <div className={styles.findings} role="status">
        <Note tone={fine ? "gain" : "loss"} icon={fine ? ShieldCheck : CircleAlert}>
          {fine ? t("identical", { count: reply.checked }) : t("findings", { count: reply.findings.length })}
        </Note>
        <p className="muted small">{row ? t("verifiedOneHow") : t("verifiedHow")}</p>
        <ul className={styles.findings}>
          {reply.findings.map((finding, index) => (
            <li key={index} className="selectable">
              <p className="medium">
                {t(`finding.${finding.code}`, { defaultValue: finding.code.replaceAll("_", " ") })}{" "}
                <span className="dim id">{finding.subject}</span>
              </p>
              <p className="muted small">{finding.detail}</p>
            </li>
          ))}
        </ul>
      </div>
    </Sheet>
  );
}
