import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon";
import { Percent } from "../../components/Quantity";
import { CellPrice } from "../../components/UnitPrice";
import type { ChargedAs, PriceCell } from "../../ipc/generated/types";
import { isZero, places, sign } from "../../lib/decimal";
import { useFormatSetting } from "../../lib/use-formats";
import { toLocal } from "./formula-text";
import { heatOf, type View } from "./model";
import styles from "./PriceGrid.module.css";
import { SpokenValue } from "./SpokenValue";
import { columnName, columnWords, problemWords } from "./words";

export interface CellProps {
  /** Null when the model does not offer the dimension. */
  cell: PriceCell | null;
  /** The dimension whose price is taken instead. */
  charged: ChargedAs | null;
  loaded: boolean;
  model: string;
  /** Id of the column. */
  dimension: string;
  view: View;
  column: number;
  activeId: string | undefined;
  /** In the selected range. */
  isMarked: boolean;
  /** A drag of the handle will fill it. */
  isFilling: boolean;
  /** The handle that fills stands in its corner. */
  hasHandle: boolean;
  line: number;
  /** Change against the version that it is compared with; null where that had no price. */
  change: string | null | undefined;
}

/** One price in one of the four views. */
export function Cell(props: CellProps) {
  const { cell, charged, loaded, model, dimension, view, column, activeId, isMarked, isFilling, hasHandle, line, change } = props;
  const staged = cell?.staged ?? null;
  const shown = staged ?? cell;
  const isOwn = cell !== null && staged === null && (cell.rule === "cell" || cell.rule === "model");
  const problem = view === "cost" ? null : (staged ? staged.problem : cell?.problem) ?? null;
  const isLoss = shown?.belowCost === true && view !== "cost";
  const heat = view === "margin" && shown && shown.margin !== null ? (shown.belowCost ? "n2" : heatOf(shown.margin)) : undefined;
  return (
    <div
      role="gridcell"
      aria-colindex={column}
      aria-selected={activeId !== undefined || isMarked}
      id={activeId}
      className={styles.cell}
      data-absent={(cell === null && charged === null) || undefined}
      data-charged={(cell === null && charged !== null) || undefined}
      data-own={(isOwn && view !== "margin" && view !== "cost") || undefined}
      data-staged={staged && view !== "cost" ? (staged.here ? "here" : "reached") : undefined}
      data-loss={isLoss || undefined}
      data-heat={heat}
      data-cursor={activeId !== undefined || undefined}
      data-marked={isMarked || undefined}
      data-filling={isFilling || undefined}
      data-line={line}
      data-dimension={dimension}
    >
      {activeId !== undefined && <SpokenValue name={`${model}, ${columnWords(dimension)}`} cell={cell} charged={charged} isOwn={isOwn} />}
      <span className={styles.value} aria-hidden={activeId !== undefined || cell === null || undefined}>
        {!loaded ? null : cell === null ? (
          <Absent charged={charged} />
        ) : problem ? (
          <Problem problem={problem} />
        ) : change !== undefined ? (
          <Change change={change} />
        ) : (
          <Value cell={cell} view={view} />
        )}
      </span>
      {hasHandle && <i className={styles.handle} data-act="fill" aria-hidden />}
    </div>
  );
}

/** A dot for what is not offered, the other dimension's name for what is charged with it. */
function Absent({ charged }: { charged: ChargedAs | null }) {
  return charged === null ? "·" : `= ${columnName(charged.parent).toLowerCase()}`;
}

/** How far the price is from what it was: nothing to say where it is the same. */
function Change({ change }: { change: string | null }) {
  const { t } = useTranslation("price-book");
  if (change === null) return <span className={styles.atCost}>{t("compare.new")}</span>;
  if (isZero(change)) return <span className={styles.atCost}>=</span>;
  return (
    <span className={styles.change} data-up={sign(change) > 0 || undefined}>
      {sign(change) > 0 && "+"}
      <CellPrice value={change} />
    </span>
  );
}

function Value({ cell, view }: { cell: PriceCell; view: View }) {
  const { t } = useTranslation("price-book");
  const { locale } = useFormatSetting();
  const shown = cell.staged ?? cell;
  switch (view) {
    case "cost":
      return cell.cost === "" ? (
        "·"
      ) : cell.costConverted !== null ? (
        <CellPrice value={cell.costConverted} />
      ) : (
        <>
          <CellPrice value={cell.cost} />
          <span className={styles.foreign}>{cell.costCurrency}</span>
        </>
      );
    case "markup":
      if (shown.markupPercent !== null) return <Percent value={shown.markupPercent} places={places(shown.markupPercent)} sign="always" />;
      if (shown.own?.typed) return <span className={styles.typed} title={toLocal(shown.own.typed, locale)}>{toLocal(shown.own.typed, locale)}</span>;
      return <span className={styles.atCost}>{t(shown.own ? "listPrice" : "atCost")}</span>;
    case "sell":
      return <CellPrice value={shown.sell} />;
    case "margin":
      return <Percent value={shown.margin} />;
  }
}

function Problem({ problem }: { problem: string }) {
  const text = problemWords(problem);
  return (
    <span className={styles.problem} title={text}>
      <Icon icon={CircleAlert} size="s" label={text} />
    </span>
  );
}
