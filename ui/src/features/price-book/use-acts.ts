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

/** Delete, revert and fill: done to all cells of a range, as one step. */
export function useActs({ layout, rows, columns, query, staging }: ActsPlace): (act: GridAct, bounds: Bounds) => void {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const client = useQueryClient();
  async function run(act: GridAct, bounds: Bounds) {
    const models = modelsIn(layout, bounds);
    const known = models.every((index) => rows.has(index)) ? rows : await fetchRows(client, query, models);
    const block = models.flatMap((index) => known.get(index) ?? []);
    const shown = columns.slice(bounds.left, bounds.right + 1);
    const cells = changesOf(act, block, shown);
    if (cells.length === 0) return void showToast({ text: t(`act.nothing.${act}`) });
    const told = t(`act.${act}`, { count: cells.length, cells: formats.quantity(String(cells.length)) });
    const fault = await staging.cells(cells, told);
    if (fault) showToast({ text: t("act.refused", { fault: faultWords(fault) }), tone: "loss" });
  }
  return (act, bounds) => void run(act, bounds).catch(showError);
}

/** Which cells an act changes, and to what. */
export function changesOf(act: GridAct, block: readonly PriceRow[], columns: readonly string[]) {
  const some: { place: ReturnType<typeof placeOf>; content: Content }[] = [];
  const [first] = block;
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
          if (at > 0 && cell) put(contentToFill(cellOf(first, column)));
          break;
        case "fillRight":
          if (across > 0 && cell) put(contentToFill(cellOf(row, columns[0] ?? null)));
          break;
      }
    }
  }
  return some;
}
