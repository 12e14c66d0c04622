import { Check, CircleAlert, Flag as FlagIcon, Pause, PencilLine, Play } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import { Icon } from "../../../components/Icon";
import { InspectorSection } from "../../../components/Inspector";
import type { InvoiceRow } from "../../../ipc/generated/types";
import { useFormats } from "../../../lib/use-formats";
import styles from "./Adjust.module.css";
import { flagText } from "./flags";
import type { DraftActions } from "./use-draft-actions";

/** What is worth a look at a draft, and what a person can decide about it. */
export function Decide({ row, drafts }: { row: InvoiceRow; drafts: DraftActions }) {
  const { t } = useTranslation("invoices");
  const formats = useFormats();
  return (
    <InspectorSection title={t("decide.title")} aside={row.approved && <span className="small gain">{t("decide.isApproved")}</span>}>
      {row.hold !== null && <p className={`${styles.reason} loss`}>{t("decide.heldBecause", { reason: row.hold })}</p>}
      {row.flags.length > 0 && (
        <ul className={styles.flags} aria-label={t("flags")}>
          {row.flags.map((flag, place) => (
            <li key={place}>
              <Icon icon={FlagIcon} size="s" className="pencil" />
              <span>{flagText(flag, formats)}</span>
            </li>
          ))}
        </ul>
      )}
      <div className={styles.buttons}>
        <Button size="small" icon={Check} onPress={() => drafts.approve(row)}>
          {row.approved ? t("decide.unapprove") : t("decide.approve")}
        </Button>
        {row.hold === null ? (
          <Button size="small" icon={Pause} onPress={() => drafts.ask("hold", row)}>
            {t("decide.holdAction")}
          </Button>
        ) : (
          <Button size="small" icon={Play} onPress={() => drafts.release(row)}>
            {t("decide.release")}
          </Button>
        )}
        <Button size="small" icon={PencilLine} onPress={() => drafts.ask("adjust", row)}>
          {t("adjust.action")}
        </Button>
        {row.held.includes("below_guard") && (
          <Button size="small" icon={CircleAlert} onPress={() => drafts.ask("accept_margin", row)}>
            {t("decide.acceptAction")}
          </Button>
        )}
      </div>
    </InspectorSection>
  );
}
