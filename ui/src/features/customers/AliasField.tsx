import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Chips } from "../../components/Chips";
import { IconButton } from "../../components/IconButton";
import { TextField } from "../../components/TextField";
import styles from "./Customers.module.css";
import { withAlias } from "./model";

interface AliasFieldProps {
  aliases: readonly string[];
  onChange: (aliases: string[]) => void;
  error?: string | null;
  isDisabled?: boolean;
}

/** Names under which usage of a customer comes in, as chips; Enter adds one. */
export function AliasField({ aliases, onChange, error, isDisabled }: AliasFieldProps) {
  const { t } = useTranslation("customers");
  const [typed, setTyped] = useState("");
  const next = withAlias(aliases, typed);
  const isKnown = next === null && typed.trim() !== "";
  const add = () => {
    if (next === null) return;
    onChange(next);
    setTyped("");
  };
  return (
    <div className={styles.aliasField}>
      <Chips
        label={t("aliases.title")}
        chips={aliases.map((alias) => ({ id: alias, text: alias, removeLabel: t("aliases.remove", { alias }) }))}
        isDisabled={isDisabled}
        onRemove={(alias) => onChange(aliases.filter((other) => other !== alias))}
      />
      <TextField
        aria-label={t("aliases.add")}
        placeholder={t("aliases.placeholder")}
        value={typed}
        onChange={setTyped}
        isDisabled={isDisabled}
        error={isKnown ? t("aliases.known") : error}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return event.continuePropagation();
          event.preventDefault();
          add();
        }}
        onBlur={add}
        after={<IconButton icon={Plus} size="small" label={t("aliases.add")} isDisabled={next === null} onPress={add} />}
      />
    </div>
  );
}
