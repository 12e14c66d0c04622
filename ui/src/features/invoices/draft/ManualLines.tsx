import { Plus, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { issueAt, issueUnder } from "../../../app/issues";
import { Button } from "../../../components/Button";
import { DecimalField } from "../../../components/DecimalField";
import { FieldRow } from "../../../components/Form";
import { IconButton } from "../../../components/IconButton";
import { Select } from "../../../components/Select";
import { TextField } from "../../../components/TextField";
import type { CustomerTax, TaxKind } from "../../../ipc/generated/types";
import styles from "./Adjust.module.css";
import { withChangedLine, withLine, withoutLine, type EditDraft, type LineDraft } from "./model";

export interface ManualLinesProps {
  draft: EditDraft;
  currency: string;
  error: unknown;
  onChange: (draft: EditDraft) => void;
}

/** Lines by hand, after those of the plans. */
export function ManualLines({ draft, currency, error, onChange }: ManualLinesProps) {
  const { t } = useTranslation("invoices");
  const whole = issueAt(error, "lines");
  return (
    <section className={styles.part} aria-label={t("adjust.lines")}>
      <h3 className={styles.heading}>
        {t("adjust.lines")}
        <Button size="small" icon={Plus} onPress={() => onChange(withLine(draft))}>
          {t("adjust.addLine")}
        </Button>
      </h3>
      {draft.lines.length === 0 && <p className="small muted">{t("adjust.noLines")}</p>}
      {draft.lines.map((line, place) => (
        <Line
          key={line.key}
          line={line}
          path={`lines[${place}]`}
          currency={currency}
          error={error}
          onChange={(part) => onChange(withChangedLine(draft, line.key, part))}
          onRemove={() => onChange(withoutLine(draft, line.key))}
        />
      ))}
      {whole && (
        <p className="small loss" role="alert">
          {whole}
        </p>
      )}
    </section>
  );
}

interface LineProps {
  line: LineDraft;
  path: string;
  currency: string;
  error: unknown;
  onChange: (part: Partial<LineDraft>) => void;
  onRemove: () => void;
}

type TaxChoice = TaxKind | "customer";
const TAXES: readonly TaxChoice[] = ["customer", "rate", "reverse_charge", "exempt", "out_of_scope"];

function Line({ line, path, currency, error, onChange, onRemove }: LineProps) {
  const { t } = useTranslation("invoices");
  const chosen: TaxChoice = line.tax?.kind ?? "customer";
  const choose = (kind: TaxChoice) => onChange({ tax: kind === "customer" ? null : { kind, percent: null, reason: null } });
  const withTax = (part: Partial<CustomerTax>) => line.tax && onChange({ tax: { ...line.tax, ...part } });
  return (
    <div className={styles.line} role="group" aria-label={line.text || t("adjust.newLine")}>
      <FieldRow columns="minmax(0, 1fr) 28px">
        <TextField label={t("adjust.text")} value={line.text} onChange={(text) => onChange({ text })} error={issueAt(error, `${path}.text`)} />
        <IconButton icon={Trash2} label={t("adjust.removeLine", { name: line.text || t("adjust.newLine") })} onPress={onRemove} />
      </FieldRow>
      <FieldRow columns="110px 150px minmax(0, 1fr) 110px">
        <DecimalField label={t("adjust.quantity")} maxPlaces={6} value={line.quantity} onChange={(quantity) => onChange({ quantity })} error={issueAt(error, `${path}.quantity`)} />
        <DecimalField
          label={t("adjust.unitPrice", { currency })}
          allowNegative
          maxPlaces={12}
          value={line.unitPrice}
          onChange={(unitPrice) => onChange({ unitPrice })}
          error={issueAt(error, `${path}.unitPrice`)}
        />
        <Select
          label={t("adjust.tax")}
          value={chosen}
          options={TAXES.map((value) => ({ value, label: t(`adjust.taxKind.${value}`) }))}
          onChange={choose}
          error={chosen === "rate" || chosen === "exempt" ? null : issueUnder(error, `${path}.tax`)}
        />
        {chosen === "rate" && (
          <DecimalField
            label={t("adjust.percent")}
            unit="%"
            maxPlaces={4}
            value={line.tax?.percent ?? null}
            onChange={(percent) => withTax({ percent })}
            error={issueUnder(error, `${path}.tax`)}
          />
        )}
      </FieldRow>
      {chosen === "exempt" && (
        <TextField label={t("adjust.exemptReason")} value={line.tax?.reason ?? ""} onChange={(reason) => withTax({ reason })} error={issueUnder(error, `${path}.tax`)} />
      )}
    </div>
  );
}
