import { useTranslation } from "react-i18next";
import { Select } from "../../components/Select";
import { useCommand } from "../../ipc/query";
import { countryName, namedCodes } from "../../lib/names";
import styles from "./FirstRun.module.css";

/** What a new book has to know. */
export interface Basics {
  currency: string;
  country: string;
}

/** Currency and country of a new book; everything else can wait. */
export function BasicsFields({ basics, onChange }: { basics: Basics; onChange: (basics: Basics) => void }) {
  const { t, i18n } = useTranslation("first-run");
  const choices = useCommand("choices", {}).data;
  return (
    <div className={styles.choices}>
      <Select
        lead={t("empty.currency")}
        value={basics.currency}
        onChange={(currency) => onChange({ ...basics, currency })}
        options={(choices?.currencies ?? []).map((code) => ({ value: code, label: code }))}
      />
      <Select
        aria-label={t("empty.country")}
        value={basics.country}
        onChange={(country) => onChange({ ...basics, country })}
        options={namedCodes(choices?.countries ?? [], countryName, i18n.language, basics.country)}
      />
    </div>
  );
}
