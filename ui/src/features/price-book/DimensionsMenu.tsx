import { Columns3 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Popover } from "../../components/Popover";
import { Checkbox } from "../../components/Switch";
import { setPreferences } from "../../lib/preferences";
import { useFormats } from "../../lib/use-formats";
import { type ColumnSpan, isCondition } from "./columns";
import styles from "./DimensionsMenu.module.css";
import { columnName, dimensionName, underWords } from "./words";

interface DimensionsMenuProps {
  /** All columns that the shown models have. */
  spans: readonly ColumnSpan[];
  hidden: ReadonlySet<string>;
}

/** Which columns the grid shows: by group or one by one, remembered on this computer. */
export function DimensionsMenu({ spans, hidden }: DimensionsMenuProps) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const columns = spans.flatMap((span) => span.columns);
  const shown = columns.filter(({ id }) => !hidden.has(id)).length;
  const set = (ids: readonly string[], isShown: boolean) => {
    const next = new Set(hidden);
    for (const id of ids) if (isShown) next.delete(id); else next.add(id);
    setPreferences({ hiddenColumns: [...next].toSorted() });
  };
  const name = (group: ColumnSpan["group"]) => (isCondition(group) ? underWords(group.under) : t(`group.${group}`));
  const count = { shown: formats.quantity(String(shown)), all: formats.quantity(String(columns.length)) };
  return (
    <Popover
      label={t("columns.title")}
      placement="bottom end"
      width={300}
      trigger={
        <Button icon={Columns3} aria-label={`${t("columns.title")}: ${t("columns.count", count)}`}>
          {t("columns.title")} <span className="muted num">{t("columns.count", count)}</span>
        </Button>
      }
    >
      <div className={styles.list}>
        {spans.map((span) => {
          const ids = span.columns.map(({ id }) => id);
          const off = ids.filter((id) => hidden.has(id)).length;
          return (
            <fieldset key={name(span.group)} className={styles.group}>
              <legend className="visually-hidden">{name(span.group)}</legend>
              <Checkbox isSelected={off === 0} isIndeterminate={off > 0 && off < ids.length} onChange={(isOn) => set(ids, isOn)}>
                <span className="strong">{name(span.group)}</span>
              </Checkbox>
              {span.columns.map((column) => (
                <Checkbox key={column.id} className={styles.one ?? ""} isSelected={!hidden.has(column.id)} onChange={(isOn) => set([column.id], isOn)}>
                  <span title={dimensionName(column.dimension)}>{columnName(column.dimension)}</span>
                </Checkbox>
              ))}
            </fieldset>
          );
        })}
      </div>
      <div className={styles.foot}>
        <Button kind="ghost" size="small" isDisabled={shown === columns.length} onPress={() => set(columns.map(({ id }) => id), true)}>
          {t("columns.all")}
        </Button>
      </div>
    </Popover>
  );
}
