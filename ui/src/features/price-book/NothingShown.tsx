import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { EmptyState, NoResult } from "../../components/States";

interface NothingShownProps {
  isSearch: boolean;
  search: string;
  suggestions: readonly string[];
  show: string;
  onSearch: (text: string) => void;
  onAll: () => void;
  onClear: () => void;
}

/** No model matches: the nearest names, and the way back. */
export function NothingShown({ isSearch, search, suggestions, show, onSearch, onAll, onClear }: NothingShownProps) {
  const { t } = useTranslation(["price-book", "common"]);
  if (!isSearch) {
    return <EmptyState title={t(`empty.${show}`)} action={show !== "all" && <Button onPress={onAll}>{t("showAll")}</Button>} />;
  }
  return (
    <NoResult
      title={search === "" ? t("noResultProvider") : t("noResult", { search })}
      detail={suggestions.length > 0 ? t("nearest") : undefined}
      action={
        <div className="row">
          {suggestions.slice(0, 3).map((name) => (
            <Button key={name} onPress={() => onSearch(name)}>
              {name}
            </Button>
          ))}
          {show !== "all" && <Button onPress={onAll}>{t("searchAll")}</Button>}
          <Button onPress={onClear}>{t("common:clearFilter")}</Button>
        </div>
      }
    />
  );
}
