import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { showError } from "../../app/errors";
import { showToast } from "../../app/toasts";
import type { PriceRow } from "../../ipc/generated/types";
import { useFormats } from "../../lib/use-formats";
import { cellOf, placeOf } from "./columns";
import type { GridAct } from "./grid-keys";
import type { Layout } from "./layout";
import { type Bounds, modelsIn } from "./selection";
import { contentToFill } from "./typed";
import { type Content, type Staging } from "./use-staging";
import { fetchRows, type GridQuery } from "./use-prices";
import { faultWords } from "./words";

interface ActsPlace {
  layout: Layout;
  rows: ReadonlyMap<number, PriceRow>;
  columns: readonly string[];
  query: GridQuery;
  staging: Staging;
}

interface Acts {
  act: (act: GridAct, bounds: Bounds) => void;
  /** What stands in `base` goes on over `whole`, which is longer or wider. */
  fill: (base: Bounds, whole: Bounds) => void;
}

/** Delete, revert and fill: done to all cells of a range, as one step. */
export function useActs({ layout, rows, columns, query, staging }: ActsPlace): Acts {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const client = useQueryClient();
  const sizeOf = (bounds: Bounds): Size => ({ rows: modelsIn(layout, bounds).length, columns: bounds.right - bounds.left + 1 });
  async function run(act: GridAct, bounds: Bounds, base: Size) {
    const models = modelsIn(layout, bounds);
    const known = models.every((index) => rows.has(index)) ? rows : await fetchRows(client, query, models);
    const block = models.flatMap((index) => known.get(index) ?? []);
    const shown = columns.slice(bounds.left, bounds.right + 1);
    const cells = changesOf(act, block, shown, base);
    if (cells.length === 0) return void showToast({ text: t(`act.nothing.${act}`) });
    const told = t(`act.${act}`, { count: cells.length, cells: formats.quantity(String(cells.length)) });
    const fault = await staging.cells(cells, told);
    if (fault) showToast({ text: t("act.refused", { fault: faultWords(fault) }), tone: "loss" });
  }
  return {
    act: (act, bounds) => void run(act, bounds, ONE).catch(showError),
    fill: (base, whole) => void run(whole.bottom > base.bottom ? "fillDown" : "fillRight", whole, sizeOf(base)).catch(showError),
  };
}

interface Size {
  rows: number;
  columns: number;
}

const ONE: Size = { rows: 1, columns: 1 };

/** Which cells an act changes, and to what. What fills is the first row or column, or more of them in turn. */
export function changesOf(act: GridAct, block: readonly PriceRow[], columns: readonly string[], base = ONE) {
  const some: { place: ReturnType<typeof placeOf>; content: Content }[] = [];
  for (const [at, row] of block.entries()) {
    for (const [across, column] of columns.entries()) {
      const cell = cellOf(row, column);
      const put = (content: Content | null) => content && some.push({ place: placeOf(row, column), content });
      switch (act) {
        case "clear":
          // Where it ends already there is nothing to clear.
          if (cell && (cell.staged ? cell.staged.rule : cell.rule) === "cell") put({ what: "clear", text: "" });
          break;
        case "revert":
          if (cell?.staged?.here) put({ what: "revert", text: "" });
          break;
        case "fillDown":
          if (at >= base.rows && cell) put(contentToFill(cellOf(block[at % base.rows], column)));
          break;
        case "fillRight":
          if (across >= base.columns && cell) put(contentToFill(cellOf(row, columns[across % base.columns] ?? null)));
          break;
      }
    }
  }
  return some;
}
