import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { showError } from "../../app/errors";
import { showToast } from "../../app/toasts";
import type { PriceRow } from "../../ipc/generated/types";
import { useFormats, useFormatSetting } from "../../lib/use-formats";
import { type Block, figureOf, toHtml, toTsv } from "./clipboard";
import type { Layout } from "./layout";
import type { View } from "./model";
import { type Bounds, modelsIn } from "./selection";
import type { Copy } from "./use-clipboard";
import { fetchRows, type GridQuery } from "./use-prices";
import { columnWords } from "./words";

interface CopyPlace {
  layout: Layout;
  rows: ReadonlyMap<number, PriceRow>;
  columns: readonly string[];
  view: View;
  query: GridQuery;
}

/** Copies a range as the view shows it; rows that are not loaded yet are fetched first. */
export function useCopy({ layout, rows, columns, view, query }: CopyPlace): (bounds: Bounds | null) => Copy | Promise<Copy> | null {
  const { t } = useTranslation("price-book");
  const { locale } = useFormatSetting();
  const formats = useFormats();
  const client = useQueryClient();
  return (bounds) => {
    const models = bounds ? modelsIn(layout, bounds) : [];
    if (bounds === null || models.length === 0) return null;
    const shown = columns.slice(bounds.left, bounds.right + 1);
    const write = (known: ReadonlyMap<number, PriceRow>): Copy => {
      const block: Block = {
        head: bounds.wholeRows ? [t("model"), ...shown.map(columnWords)] : null,
        rows: models.map((index) => {
          const row = known.get(index);
          return {
            name: bounds.wholeRows ? `${row?.provider ?? ""}/${row?.model ?? ""}` : null,
            cells: shown.map((dimension) => figureOf(row, dimension, view)),
          };
        }),
        isPercent: view === "markup" || view === "margin",
      };
      showToast({ text: t("copied", { count: models.length, models: formats.quantity(String(models.length)), columns: shown.length }) });
      return { text: toTsv(block, locale), html: toHtml(block, locale) };
    };
    if (models.every((index) => rows.has(index))) return write(rows);
    const later = fetchRows(client, query, models).then(write);
    later.catch(showError);
    return later;
  };
}
