import { Radio, RadioGroup } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { issueAt } from "../../app/issues";
import { DecimalField } from "../../components/DecimalField";
import { TextField } from "../../components/TextField";
import type { CustomerTax, TaxKind } from "../../ipc/generated/types";
import styles from "./Customers.module.css";

const KINDS: readonly TaxKind[] = ["rate", "reverse_charge", "out_of_scope", "exempt", "intra_community", "export"];

interface TaxFieldsProps {
  tax: CustomerTax;
  saved: CustomerTax | undefined;
  error: unknown;
  onChange: (tax: CustomerTax) => void;
  onProblem: (hasProblem: boolean) => void;
}

/** How a customer is taxed: one of six, with its percentage or its reason. */
export function TaxFields({ tax, saved, error, onChange, onProblem }: TaxFieldsProps) {
  const { t } = useTranslation("customers");
  return (
    <RadioGroup
      className={styles.taxes ?? ""}
      aria-label={t("form.tax")}
      value={tax.kind}
      onChange={(kind) => {
        // A percentage that could not be read goes away with its field.
        onProblem(false);
        onChange({ ...tax, kind: kind as TaxKind });
      }}
    >
      {KINDS.map((kind) => (
        <div key={kind} className={styles.tax} data-on={tax.kind === kind || undefined}>
          <Radio value={kind} className={styles.radio ?? ""}>
            <span className={styles.radioDot} aria-hidden />
            <span className="grow">
              <span className="medium">{t(`tax.${kind}`)}</span>
              <span className="small dim">{t(`tax.hint.${kind}`)}</span>
            </span>
          </Radio>
          {kind === "rate" && tax.kind === "rate" && (
            <DecimalField
              aria-label={t("field.taxPercent")}
              className={styles.taxPercent}
              unit="%"
              maxPlaces={4}
              value={tax.percent}
              onChange={(percent) => onChange({ ...tax, percent })}
              onProblem={onProblem}
              error={issueAt(error, "tax.percent")}
              changed={saved !== undefined && saved.percent !== tax.percent}
            />
          )}
          {kind === "exempt" && tax.kind === "exempt" && (
            <TextField
              aria-label={t("field.taxReason")}
              className={styles.taxReason}
              placeholder={t("field.taxReasonHint")}
              value={tax.reason ?? ""}
              onChange={(reason) => onChange({ ...tax, reason })}
              error={issueAt(error, "tax.reason")}
              changed={saved !== undefined && (saved.reason ?? "") !== (tax.reason ?? "")}
            />
          )}
        </div>
      ))}
    </RadioGroup>
  );
}
