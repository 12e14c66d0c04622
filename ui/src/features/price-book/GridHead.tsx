import { useTranslation } from "react-i18next";
import { type ColumnSpan, isCondition } from "./columns";
import { isTokens } from "./model";
import styles from "./PriceGrid.module.css";
import { columnName, dimensionName, underWords } from "./words";

/** Two lines: the groups of columns, then the columns. */
export function GridHead({ spans, dimension }: { spans: readonly ColumnSpan[]; dimension: string | null }) {
  const { t } = useTranslation("price-book");
  let at = 1;
  const columns = spans.flatMap((span) => span.columns).map((column) => ({ column, at: ++at }));
  const groupName = (group: ColumnSpan["group"]) => (isCondition(group) ? underWords(group.under) : t(`group.${group}`));
  return (
    <div className={styles.head} role="rowgroup">
      <div className={styles.groups} role="row" aria-rowindex={1}>
        <div role="columnheader" className={styles.corner} aria-label={t("model")} />
        {spans.map((span) => (
          <div
            key={groupName(span.group)}
            role="columnheader"
            aria-colspan={span.columns.length}
            className={styles.group}
            title={groupName(span.group)}
            style={{ width: `calc(var(--column-width) * ${span.columns.length})` }}
          >
            <span className="truncate">{groupName(span.group)}</span>
          </div>
        ))}
      </div>
      <div className={styles.names} role="row" aria-rowindex={2}>
        <div role="columnheader" aria-colindex={1} className={styles.corner}>
          {t("model")}
        </div>
        {columns.map(({ column, at: index }) => (
          <div
            key={column.id}
            role="columnheader"
            aria-colindex={index}
            className={styles.column}
            data-on={column.id === dimension || undefined}
            title={`${dimensionName(column.dimension)}, ${t(isTokens(column.dimension) ? "perMillion" : "perUnit")}`}
          >
            <span className="truncate">{columnName(column.dimension)}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
