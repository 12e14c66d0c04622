import { useTranslation } from "react-i18next";
import { issueAt } from "../../app/issues";
import { FieldRow } from "../../components/Form";
import { Panel } from "../../components/Panel";
import { TextField } from "../../components/TextField";
import { today } from "../../lib/dates";
import { useFormats } from "../../lib/use-formats";
import { CompanyFrame } from "./CompanyFrame";
import { CountField } from "./CountField";
import { counterOf, numberExample } from "./model";
import styles from "./Settings.module.css";
import { useCompanyForm } from "./use-company";

const PATHS = ["numberPrefix", "numberDigits", "numberFirst"];

/** How invoices are numbered: without gaps, one series per prefix. */
export function NumbersSection() {
  const { t } = useTranslation("settings");
  const formats = useFormats();
  const form = useCompanyForm();
  const next = form.reply.data?.nextNumber ?? "";
  const year = today(formats.setting.timeZone).slice(0, 4);
  return (
    <CompanyFrame form={form} paths={PATHS}>
      {(value, saved) => {
        const isOwnSeries = value.numberPrefix === saved.numberPrefix && value.numberFirst === saved.numberFirst;
        const counter = isOwnSeries ? counterOf(next, saved.numberPrefix, year) : String(value.numberFirst);
        const example = form.isDirty ? numberExample(value.numberPrefix, value.numberDigits, counter, year) : next;
        return (
          <Panel title={t("numbers.series")}>
            <div className={styles.fields}>
              <FieldRow columns="minmax(0, 1fr) minmax(0, 140px) minmax(0, 140px)">
                <TextField
                  label={t("numbers.prefix")}
                  hint={t("numbers.prefixHint")}
                  value={value.numberPrefix}
                  onChange={(numberPrefix) => form.change({ numberPrefix })}
                  error={issueAt(form.error, "numberPrefix")}
                  changed={value.numberPrefix !== saved.numberPrefix}
                />
                <CountField
                  label={t("numbers.digits")}
                  value={value.numberDigits}
                  onChange={(numberDigits) => form.change({ numberDigits: Math.min(numberDigits, 255) })}
                  onProblem={(bad) => form.problem("numberDigits", bad)}
                  error={issueAt(form.error, "numberDigits")}
                  changed={value.numberDigits !== saved.numberDigits}
                />
                <CountField
                  label={t("numbers.first")}
                  value={value.numberFirst}
                  onChange={(numberFirst) => form.change({ numberFirst })}
                  onProblem={(bad) => form.problem("numberFirst", bad)}
                  error={issueAt(form.error, "numberFirst")}
                  changed={value.numberFirst !== saved.numberFirst}
                />
              </FieldRow>
              <div className={styles.example} data-changed={form.isDirty || undefined}>
                <span className="small muted">{t(form.isDirty ? "numbers.wouldBe" : "numbers.next")}</span>
                <b className={styles.exampleNumber}>{example}</b>
              </div>
            </div>
          </Panel>
        );
      }}
    </CompanyFrame>
  );
}
