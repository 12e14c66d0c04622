import { useTranslation } from "react-i18next";
import { type DimensionSpan, isTokens } from "./model";
import styles from "./PriceGrid.module.css";
import { columnName, dimensionName } from "./words";

/** Two lines: the groups of dimensions, then the dimensions. */
export function GridHead({ spans, dimension }: { spans: readonly DimensionSpan[]; dimension: string | null }) {
  const { t } = useTranslation("price-book");
  let column = 1;
  const columns = spans.flatMap((span) => span.dimensions).map((name) => ({ name, at: ++column }));
  return (
    <div className={styles.head} role="rowgroup">
      <div className={styles.groups} role="row" aria-rowindex={1}>
        <div role="columnheader" className={styles.corner} aria-label={t("model")} />
        {spans.map((span) => (
          <div
            key={span.group}
            role="columnheader"
            aria-colspan={span.dimensions.length}
            className={styles.group}
            style={{ width: `calc(var(--column-width) * ${span.dimensions.length})` }}
          >
            {t(`group.${span.group}`)}
          </div>
        ))}
      </div>
      <div className={styles.names} role="row" aria-rowindex={2}>
        <div role="columnheader" aria-colindex={1} className={styles.corner}>
          {t("model")}
        </div>
        {columns.map(({ name, at }) => (
          <div
            key={name}
            role="columnheader"
            aria-colindex={at}
            className={styles.column}
            data-on={name === dimension || undefined}
            title={`${dimensionName(name)}, ${t(isTokens(name) ? "perMillion" : "perUnit")}`}
          >
            <span className="truncate">{columnName(name)}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
