import { useTranslation } from "react-i18next";
import type { PriceCell, PriceRow } from "../../ipc/generated/types";
import { places } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import type { Line } from "./layout";
import { cellAt, factorOf, type View } from "./model";
import styles from "./PriceBook.module.css";
import { columnName, providerName, scopeWord } from "./words";

interface StripProps {
  place: Line | null;
  row: PriceRow | undefined;
  dimension: string | null;
  view: View;
  currency: string;
}

/** The line over the grid: what is selected, how it is made, what the marks mean. */
export function Strip({ place, row, dimension, view, currency }: StripProps) {
  const { t } = useTranslation("price-book");
  const cell = cellAt(row, dimension);
  const name =
    place?.kind === "provider"
      ? providerName(place.group.provider.provider)
      : row && [row.model, dimension && columnName(dimension)].filter(Boolean).join(", ");
  return (
    <div className={styles.strip}>
      <span className={styles.ref} title={name ?? undefined}>
        <span className="truncate">{name}</span>
      </span>
      <span className={styles.formula}>
        <Formula place={place} cell={cell} dimension={dimension} />
      </span>
      {view === "margin" ? <HeatLegend /> : view !== "cost" && <Legend />}
      <span className={styles.unit}>{t("unit", { currency })}</span>
    </div>
  );
}

function Formula({ place, cell, dimension }: { place: Line | null; cell: PriceCell | null; dimension: string | null }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  if (place?.kind === "provider") {
    const { markupPercent } = place.group.provider;
    return markupPercent === null ? t("atCost") : t("formula.provider", { factor: formats.quantity(factorOf(markupPercent)) });
  }
  if (dimension === null) return null;
  if (!cell) return t("notOffered");
  if (cell.problem) return t(`problem.${cell.problem}`, { defaultValue: cell.problem });
  if (cell.markupPercent === null || cell.rule === null) return t("atCost");
  const percent = formats.percent(cell.markupPercent, { places: places(cell.markupPercent), sign: "always" });
  return t("formula.cell", { factor: formats.quantity(factorOf(cell.markupPercent)), percent, rule: scopeWord(cell.rule) });
}

function Legend() {
  const { t } = useTranslation("price-book");
  return (
    <span className={styles.legend}>
      <span className={styles.ownMark}>{t("ownRule")}</span>
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
