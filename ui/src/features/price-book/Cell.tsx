import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon";
import { Percent } from "../../components/Quantity";
import { CellPrice } from "../../components/UnitPrice";
import type { PriceCell } from "../../ipc/generated/types";
import { places } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import { heatOf, type View } from "./model";
import styles from "./PriceGrid.module.css";
import { dimensionName } from "./words";

export interface CellProps {
  /** Null when the model does not offer the dimension. */
  cell: PriceCell | null;
  loaded: boolean;
  model: string;
  dimension: string;
  view: View;
  column: number;
  activeId: string | undefined;
  /** In the selected range. */
  isMarked: boolean;
  line: number;
}

/** One price in one of the four views. */
export function Cell({ cell, loaded, model, dimension, view, column, activeId, isMarked, line }: CellProps) {
  const isOwn = cell?.rule === "cell" || cell?.rule === "model";
  const problem = cell?.problem && view !== "cost" ? cell.problem : null;
  const heat = view === "margin" && cell && cell.margin !== null ? (cell.belowCost ? "n2" : heatOf(cell.margin)) : undefined;
  return (
    <div
      role="gridcell"
      aria-colindex={column}
      aria-selected={activeId !== undefined || isMarked}
      id={activeId}
      className={styles.cell}
      data-absent={cell === null || undefined}
      data-own={(isOwn && view !== "margin") || undefined}
      data-loss={(cell?.belowCost && view !== "cost") || undefined}
      data-heat={heat}
      data-cursor={activeId !== undefined || undefined}
      data-marked={isMarked || undefined}
      data-line={line}
      data-dimension={dimension}
    >
      {activeId !== undefined && <SpokenValue name={`${model}, ${dimensionName(dimension)}`} cell={cell} isOwn={isOwn} />}
      <span className={styles.value} aria-hidden={activeId !== undefined || cell === null || undefined}>
        {!loaded ? null : cell === null ? "·" : problem ? <Problem problem={problem} /> : <Value cell={cell} view={view} />}
      </span>
    </div>
  );
}

function Value({ cell, view }: { cell: PriceCell; view: View }) {
  const { t } = useTranslation("price-book");
  switch (view) {
    case "cost":
      return cell.costConverted !== null ? (
        <CellPrice value={cell.costConverted} />
      ) : (
        <>
          <CellPrice value={cell.cost} />
          <span className={styles.foreign}>{cell.costCurrency}</span>
        </>
      );
    case "markup":
      return cell.markupPercent === null ? (
        <span className={styles.atCost}>{t("atCost")}</span>
      ) : (
        <Percent value={cell.markupPercent} places={places(cell.markupPercent)} sign="always" />
      );
    case "sell":
      return <CellPrice value={cell.sell} />;
    case "margin":
      return <Percent value={cell.margin} />;
  }
}

function Problem({ problem }: { problem: string }) {
  const { t } = useTranslation("price-book");
  const text = t(`problem.${problem}`, { defaultValue: problem });
  return (
    <span className={styles.problem} title={text}>
      <Icon icon={CircleAlert} size="s" label={text} />
    </span>
  );
}

/** What is read aloud of the selected cell: its name and all four values in words. */
function SpokenValue({ name, cell, isOwn }: { name: string; cell: PriceCell | null; isOwn: boolean }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const parts =
    cell === null
      ? [t("notOffered")]
      : [
          cell.sell !== null && t("spoken.sell", { price: formats.unitPrice(cell.sell, null) }),
          t("spoken.cost", { price: formats.unitPrice(cell.costConverted ?? cell.cost, null) }),
          cell.markupPercent !== null && t("spoken.markup", { percent: formats.percent(cell.markupPercent, { places: places(cell.markupPercent) }) }),
          cell.margin !== null && t("spoken.margin", { percent: formats.percent(cell.margin) }),
          cell.belowCost && t("belowCost"),
          isOwn && t("ownRule"),
        ];
  return (
    <span className="visually-hidden">
      {[name, ...parts].filter(Boolean).join(", ")}
    </span>
  );
}
