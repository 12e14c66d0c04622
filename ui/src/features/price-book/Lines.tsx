import { ChevronDown, ChevronRight } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon";
import { Quantity } from "../../components/Quantity";
import type { PriceRow } from "../../ipc/generated/types";
import { cx } from "../../lib/cx";
import { useFormats } from "../../lib/use-formats";
import { Cell } from "./Cell";
import { cellOf, chargedAs } from "./columns";
import type { Group } from "./layout";
import { factorOf, shortTokens, type View } from "./model";
import styles from "./PriceGrid.module.css";
import type { Changes } from "./use-comparison";
import { providerName } from "./words";

interface LineProps {
  at: number;
  top: number;
  /** On the line of the cursor. */
  activeId: string | undefined;
}

interface ProviderLineProps extends LineProps {
  group: Group;
}

/** A provider: how many of its models match, its markup, when its prices were seen. */
export function ProviderLine({ group, at, top, activeId }: ProviderLineProps) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const { provider, matching, models, markupPercent, seenOn } = group.provider;
  return (
    <div
      role="row"
      aria-rowindex={at + 3}
      aria-selected={activeId !== undefined}
      className={styles.provider}
      style={{ transform: `translateY(${top}px)` }}
    >
      <div role="gridcell" aria-expanded={group.isOpen} id={activeId} className={styles.providerCell} data-on={activeId !== undefined || undefined} data-line={at}>
        <span className={styles.fold} aria-hidden data-act="toggle">
          <Icon icon={group.isOpen ? ChevronDown : ChevronRight} size="s" />
        </span>
        <span className="strong">{providerName(provider)}</span>
        <span className={cx(styles.quiet, "num")}>{t("matching", { matching: formats.quantity(String(matching)), models: formats.quantity(String(models)) })}</span>
        <span className={styles.chip} title={t("editProviderMarkup", { provider: providerName(provider) })} data-act="edit">
          {markupPercent === null ? t("atCost") : <Quantity value={`${factorOf(markupPercent)}`} className={styles.factor} />}
        </span>
        <span className={styles.seen}>{seenOn && t("seen", { day: formats.date(seenOn) })}</span>
      </div>
    </div>
  );
}

interface ModelLineProps extends LineProps {
  /** Undefined while its page loads. */
  row: PriceRow | undefined;
  columns: readonly string[];
  /** First and last column in view. */
  from: number;
  to: number;
  view: View;
  /** Column of the cursor on its line; null is the name. */
  dimension: string | null | undefined;
  /** First and last column of the selected range on this line; −1 is the name, −2 is none. */
  markedFrom: number;
  markedTo: number;
  /** First and last column that a drag of the handle covers; −2 is none. */
  fillFrom: number;
  fillTo: number;
  /** Column of the handle; −2 is none. */
  corner: number;
  /** Changes against another version, by `provider/model/column`. */
  changes: Changes | null;
}

/** A model with one value per dimension. */
export function ModelLine({ row, at, top, columns, from, to, view, activeId, dimension, markedFrom, markedTo, fillFrom, fillTo, corner, changes }: ModelLineProps) {
  const { t } = useTranslation("price-book");
  const isOn = activeId !== undefined;
  return (
    <div role="row" aria-rowindex={at + 3} aria-selected={isOn} className={styles.line} style={{ transform: `translateY(${top}px)` }}>
      <div
        role="rowheader"
        aria-colindex={1}
        id={isOn && dimension === null ? activeId : undefined}
        className={styles.name}
        aria-selected={markedFrom === -1 || (isOn && dimension === null)}
        data-on={isOn || undefined}
        data-cursor={(isOn && dimension === null) || undefined}
        data-marked={markedFrom === -1 || undefined}
        title={row?.model}
        data-line={at}
      >
        {row ? (
          <>
            <span className={cx("truncate", "id")}>{row.model}</span>
            {row.contextThreshold !== null && (
              <span className={styles.band} title={t("contextTag", { tokens: shortTokens(row.contextThreshold) })}>
                {shortTokens(row.contextThreshold)}
              </span>
            )}
          </>
        ) : (
          <i className={styles.bone} aria-hidden />
        )}
      </div>
      <div aria-hidden className={styles.before} style={{ width: `calc(var(--column-width) * ${from})` }} />
      {columns.slice(from, to + 1).map((name, index) => (
        <Cell
          key={name}
          cell={cellOf(row, name)}
          charged={chargedAs(row, name)}
          loaded={row !== undefined}
          model={row?.model ?? ""}
          dimension={name}
          view={view}
          column={from + index + 2}
          activeId={isOn && dimension === name ? activeId : undefined}
          isMarked={from + index >= markedFrom && from + index <= markedTo}
          isFilling={from + index >= fillFrom && from + index <= fillTo}
          hasHandle={from + index === corner}
          line={at}
          change={changes && row ? changes.get(`${row.provider}/${row.model}/${name}`) : undefined}
        />
      ))}
    </div>
  );
}
