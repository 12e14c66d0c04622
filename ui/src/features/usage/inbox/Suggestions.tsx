import { Check } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../../components/Button";
import type { InboxItem } from "../../../ipc/generated/types";
import styles from "./Inbox.module.css";

export interface SuggestionsProps {
  item: InboxItem;
  chosen: string | null;
  onChoose: (id: string) => void;
}

/** The most likely answers as buttons: one press instead of a search. */
export function Suggestions({ item, chosen, onChoose }: SuggestionsProps) {
  const { t } = useTranslation("usage");
  if (item.suggestions.length === 0) return null;
  return (
    <div className={styles.suggestions} role="group" aria-label={t("inbox.didYouMean")}>
      <span className="small muted">{t("inbox.didYouMean")}</span>
      {item.suggestions.map((one) => (
        <Button
          key={one.id}
          size="small"
          icon={one.id === chosen ? Check : undefined}
          on={one.id === chosen}
          aria-pressed={one.id === chosen}
          onPress={() => onChoose(one.id)}
        >
          {one.name}
        </Button>
      ))}
    </div>
  );
}
