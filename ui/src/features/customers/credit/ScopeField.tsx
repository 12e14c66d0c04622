import { useTranslation } from "react-i18next";
import { Chips } from "../../../components/Chips";
import { Select } from "../../../components/Select";
import type { CreditScopeText } from "../../../ipc/generated/types";
import { openScopes } from "./model";
import { useScopeWords } from "./words";
import styles from "./Credit.module.css";

interface ScopeFieldProps {
  /** What can be chosen. */
  scopes: readonly CreditScopeText[];
  /** Names that were chosen; everything when empty. */
  value: readonly string[];
  onChange: (names: string[]) => void;
  error: string | null;
}

/** What credit pays for: everything, or the meters and models that are named. */
export function ScopeField({ scopes, value, onChange, error }: ScopeFieldProps) {
  const { t } = useTranslation("customers");
  const words = useScopeWords();
  const chosen = scopes.filter((scope) => value.includes(scope.name));
  const options = openScopes(scopes, value).map((scope) => ({
    value: scope.name,
    label: words(scope),
    group: t(scope.name.startsWith("meter:") ? "credit.meters" : "credit.models"),
  }));
  return (
    <div className={styles.scope}>
      <Select
        label={t("credit.scope")}
        hint={value.length === 0 ? t("credit.scopeHint") : undefined}
        placeholder={t(value.length === 0 ? "credit.everything" : "credit.scopeMore")}
        value={null}
        options={options}
        onChange={(name) => onChange([...value, name])}
        error={error}
      />
      <Chips
        label={t("credit.scope")}
        chips={chosen.map((scope) => ({ id: scope.name, text: words(scope), removeLabel: t("credit.scopeRemove", { name: words(scope) }) }))}
        onRemove={(removed) => onChange(value.filter((name) => name !== removed))}
      />
    </div>
  );
}
