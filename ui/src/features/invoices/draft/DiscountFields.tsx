import { useTranslation } from "react-i18next";
import { issueAt, issueUnder } from "../../../app/issues";
import { DecimalField } from "../../../components/DecimalField";
import { FieldRow } from "../../../components/Form";
import { Segmented } from "../../../components/Segmented";
import { TextField } from "../../../components/TextField";
import styles from "./Adjust.module.css";
import type { DiscountKind, EditDraft } from "./model";

export interface DiscountFieldsProps {
  draft: EditDraft;
  currency: string;
  error: unknown;
  onChange: (part: Partial<EditDraft>) => void;
}

/** A discount on the whole, before credit and tax. */
export function DiscountFields({ draft, currency, error, onChange }: DiscountFieldsProps) {
  const { t } = useTranslation("invoices");
  const isPercent = draft.discount === "percent";
  return (
    <section className={styles.part} aria-label={t("adjust.discount")}>
      <h3 className={styles.heading}>
        {t("adjust.discount")}
        <Segmented<DiscountKind>
          label={t("adjust.discount")}
          value={draft.discount}
          onChange={(discount) => onChange({ discount, off: null })}
          segments={(["none", "percent", "amount"] as const).map((value) => ({ value, label: t(`adjust.discountKind.${value}`) }))}
        />
      </h3>
      {draft.discount !== "none" && (
        <FieldRow columns="150px minmax(0, 1fr)">
          <DecimalField
            label={isPercent ? t("adjust.percent") : t("adjust.amount", { currency })}
            unit={isPercent ? "%" : undefined}
            maxPlaces={4}
            value={draft.off}
            onChange={(off) => onChange({ off })}
            error={issueAt(error, isPercent ? "discount.percent" : "discount.amount") ?? issueUnder(error, "discount.amount")}
          />
          <TextField
            label={t("adjust.discountReason")}
            hint={t("adjust.printed")}
            value={draft.reason}
            onChange={(reason) => onChange({ reason })}
            error={issueAt(error, "discount.reason")}
          />
        </FieldRow>
      )}
    </section>
  );
}
