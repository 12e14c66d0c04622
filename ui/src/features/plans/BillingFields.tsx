import { useTranslation } from "react-i18next";
import { issueAt } from "../../app/issues";
import { FieldRow } from "../../components/Form";
import { Segmented } from "../../components/Segmented";
import { Select } from "../../components/Select";
import { Switch } from "../../components/Switch";
import { TextField } from "../../components/TextField";
import type { TermsText } from "../../ipc/generated/types";
import type { Edit } from "./model";
import styles from "./Plans.module.css";

const UNITS = ["day", "week", "month", "quarter", "year"] as const;
const ANCHORS = ["calendar", "anniversary"] as const;
const PRORATIONS = ["days", "seconds"] as const;

interface BillingFieldsProps {
  terms: TermsText;
  error: unknown;
  onEdit: (action: Edit) => void;
}

/** How long a billing period is, from where it is counted, and how shares of it are measured. */
export function BillingFields({ terms, error, onEdit }: BillingFieldsProps) {
  const { t } = useTranslation("plans");
  const change = (part: Partial<TermsText>) => onEdit({ do: "set", part: { terms: { ...terms, ...part } } });
  const { intervalUnit, anchor, proration } = terms;
  return (
    <>
      <FieldRow columns="1fr 1fr">
        <TextField
          label={t("field.intervalCount")}
          value={terms.intervalCount === 0 ? "" : String(terms.intervalCount)}
          inputMode="numeric"
          onChange={(text) => change({ intervalCount: countOf(text) ?? terms.intervalCount })}
          error={issueAt(error, "terms.intervalCount")}
        />
        <Select
          label={t("field.intervalUnit")}
          value={intervalUnit}
          options={UNITS.map((value) => ({ value, label: t(`interval.${value}`) }))}
          onChange={(value) => change({ intervalUnit: UNITS.find((unit) => unit === value) ?? intervalUnit })}
        />
      </FieldRow>
      <FieldRow columns="auto auto 1fr">
        <div className={styles.choice}>
          <span aria-hidden="true">{t("field.anchor")}</span>
          <Segmented
            label={t("field.anchor")}
            segments={ANCHORS.map((value) => ({ value, label: t(`anchor.${value}`) }))}
            value={anchor}
            onChange={(value) => change({ anchor: value })}
          />
        </div>
        <div className={styles.choice}>
          <span aria-hidden="true">{t("field.proration")}</span>
          <Segmented
            label={t("field.proration")}
            segments={PRORATIONS.map((value) => ({ value, label: t(`proration.${value}`) }))}
            value={proration}
            onChange={(value) => change({ proration: value })}
          />
        </div>
      </FieldRow>
      <Switch isSelected={terms.addOn === true} onChange={(addOn) => change({ addOn })}>
        {t("field.addOn")}
      </Switch>
    </>
  );
}

/** The number that was typed; zero, which saving refuses, for nothing, and null for what is no number. */
function countOf(text: string): number | null {
  const digits = text.trim();
  if (digits === "") return 0;
  return /^\d{1,3}$/.test(digits) ? parseInt(digits, 10) : null;
}
