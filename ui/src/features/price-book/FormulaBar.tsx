import { useTranslation } from "react-i18next";
import { Tag } from "../../components/Tag";
import type { PriceCell, PriceRow } from "../../ipc/generated/types";
import { places } from "../../lib/decimal";
import { useFormats, useFormatSetting } from "../../lib/use-formats";
import { chargedAs } from "./columns";
import { toLocal } from "./formula-text";
import type { Line } from "./layout";
import { factorOf, type View } from "./model";
import styles from "./FormulaBar.module.css";
import { columnName, columnWords, problemWords, providerName, scopeWord } from "./words";

interface FormulaBarProps {
  place: Line | null;
  row: PriceRow | undefined;
  /** Id of the column; null is the name. */
  column: string | null;
  cell: PriceCell | null;
  view: View;
  currency: string;
  onEdit: () => void;
}

/** The line over the grid: what is selected, how it is made, what the marks mean. */
export function FormulaBar({ place, row, column, cell, view, currency, onEdit }: FormulaBarProps) {
  const { t } = useTranslation("price-book");
  const name =
    place?.kind === "provider"
      ? providerName(place.group.provider.provider)
      : row && [row.model, column && columnWords(column)].filter(Boolean).join(", ");
  // Of a staged cell the tag says what the mark means: not twice.
  const isTagged = Boolean(cell?.staged) && view !== "cost";
  return (
    <div className={styles.strip}>
      <span className={styles.ref} title={name ?? undefined}>
        <span className="truncate">{name}</span>
      </span>
      <span className={styles.fx} aria-hidden />
      {/* The cell's own content: a press edits it, as Enter in the grid does. */}
      <button type="button" className={styles.formula} onClick={onEdit} disabled={place === null} title={t("editPrice")}>
        <Formula place={place} row={row} column={column} cell={cell} view={view} />
      </button>
      {isTagged && <Tag tone="pencil">{t(cell?.staged?.here ? "staged" : "reached")}</Tag>}
      {view === "margin" ? <HeatLegend /> : view !== "cost" && <Legend hasStaged={!isTagged} />}
      <span className={styles.unit}>{t("unit", { currency })}</span>
    </div>
  );
}

function Formula({ place, row, column, cell, view }: Pick<FormulaBarProps, "place" | "row" | "column" | "cell" | "view">) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const { locale } = useFormatSetting();
  if (place?.kind === "provider") {
    const { markupPercent } = place.group.provider;
    return markupPercent === null ? t("atCost") : t("formula.provider", { factor: formats.quantity(factorOf(markupPercent)) });
  }
  if (place === null || column === null) return null;
  if (!cell) {
    const charged = chargedAs(row, column);
    return charged ? t("formula.charged", { column: columnName(charged.parent) }) : t("notOffered");
  }
  if (view === "cost") return t("formula.cost");
  const shown = cell.staged ?? cell;
  const problem = cell.staged ? cell.staged.problem : cell.problem;
  const own = shown.own;
  if (own?.typed) {
    const typed = toLocal(own.typed.trimStart().startsWith("=") ? own.typed : `= ${own.typed}`, locale);
    return <span className="mono">{problem ? `${typed}   ${problemWords(problem)}` : typed}</span>;
  }
  if (problem) return problemWords(problem);
  if (own?.price) return t("formula.price", { price: formats.unitPrice(own.price, own.currency) });
  if (shown.markupPercent === null || shown.rule === null) return t("atCost");
  const percent = formats.percent(shown.markupPercent, { places: places(shown.markupPercent), sign: "always" });
  return t("formula.cell", { factor: formats.quantity(factorOf(shown.markupPercent)), percent, rule: scopeWord(shown.rule) });
}

function Legend({ hasStaged }: { hasStaged: boolean }) {
  const { t } = useTranslation("price-book");
  return (
    <span className={styles.legend}>
      {hasStaged && <span className={styles.stagedMark}>{t("staged")}</span>}
      <span className={styles.ownMark}>{t("ownPrice")}</span>
      <span className="loss medium">{t("belowCost")}</span>
    </span>
  );
}

const HEAT = [
  { step: "n1", from: "0" },
  { step: "0", from: "10" },
  { step: "1", from: "20" },
  { step: "2", from: "30" },
  { step: "3", from: "40" },
  { step: "4", from: "50%+" },
];

function HeatLegend() {
  const { t } = useTranslation("price-book");
  return (
    <span className={styles.heat}>
      <span data-heat="n2">{t("belowCost")}</span>
      {HEAT.map(({ step, from }) => (
        <span key={step} data-heat={step}>
          {from}
        </span>
      ))}
    </span>
  );
}
