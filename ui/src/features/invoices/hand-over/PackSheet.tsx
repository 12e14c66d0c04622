import { Check, CircleAlert, HelpCircle, PackageCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon";
import { Sheet } from "../../../components/Sheet";
import { Note } from "../../../components/States";
import type { PackResult, PackVerifyReply } from "../../../ipc/generated/types";
import styles from "./HandOver.module.css";

const LOOKS: Record<PackResult, { icon: typeof Check; tone: string }> = {
  ok: { icon: Check, tone: "gain" },
  failed: { icon: CircleAlert, tone: "loss" },
  not_checked: { icon: HelpCircle, tone: "muted" },
};

/** What checking an evidence pack found, one by one. */
export function PackSheet({ reply, onClose }: { reply: PackVerifyReply; onClose: () => void }) {
  const { t } = useTranslation(["invoices", "common"]);
  return (
    <Sheet isOpen onClose={onClose} title={t("pack.sheet", { number: reply.number })} closeLabel={t("common:close")} width={560}>
      <div className={styles.sheet} role="status">
        <Note tone={reply.sound ? "gain" : "loss"} icon={reply.sound ? PackageCheck : CircleAlert}>
          {reply.sound ? t("pack.sound") : t("pack.unsound")}
        </Note>
        <ul className={styles.checks}>
          {reply.checks.map((check, index) => (
            <li key={index} className="selectable">
              <Icon icon={LOOKS[check.result].icon} size="s" className={LOOKS[check.result].tone} />
              <span>
                {t(`pack.code.${check.code}`)} <span className="id dim">{check.subject}</span>
                {check.detail !== "" && <span className="small muted">: {check.detail}</span>}
              </span>
              <span className="small muted">{t(`pack.result.${check.result}`)}</span>
            </li>
          ))}
        </ul>
        {reply.auditEntry !== null && (
          <p className="small muted selectable">
            {t("pack.audit", { entry: reply.auditEntry })} <span className={`mono ${styles.hash}`}>{reply.auditHash}</span>
          </p>
        )}
      </div>
    </Sheet>
  );
}
