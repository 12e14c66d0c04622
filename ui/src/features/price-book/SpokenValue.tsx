import { useTranslation } from "react-i18next";
import type { ChargedAs, PriceCell } from "../../ipc/generated/types";
import { places } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import { columnName, problemWords } from "./words";

interface SpokenValueProps {
  name: string;
  cell: PriceCell | null;
  charged: ChargedAs | null;
  isOwn: boolean;
}

/** What is read aloud of the selected cell: its name and its values in words, the draft's first. */
export function SpokenValue({ name, cell, charged, isOwn }: SpokenValueProps) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  if (cell === null) {
    const words = charged === null ? t("notOffered") : t("spoken.charged", { column: columnName(charged.parent) });
    return <span className="visually-hidden">{`${name}, ${words}`}</span>;
  }
  const shown = cell.staged ?? cell;
  const price = (value: string) => formats.unitPrice(value, null);
  const problem = cell.staged ? cell.staged.problem : cell.problem;
  const parts = [
    shown.sell !== null && t("spoken.sell", { price: price(shown.sell) }),
    cell.staged !== null && t(cell.staged.here ? "spoken.staged" : "spoken.reached"),
    cell.staged !== null && cell.sell !== null && t("spoken.was", { price: price(cell.sell) }),
    cell.cost !== "" && t("spoken.cost", { price: price(cell.costConverted ?? cell.cost) }),
    shown.markupPercent !== null && t("spoken.markup", { percent: formats.percent(shown.markupPercent, { places: places(shown.markupPercent) }) }),
    shown.margin !== null && t("spoken.margin", { percent: formats.percent(shown.margin) }),
    shown.belowCost && t("belowCost"),
    isOwn && t("ownRule"),
    problem !== null && problemWords(problem),
  ];
  return <span className="visually-hidden">{[name, ...parts].filter(Boolean).join(", ")}</span>;
}
