import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { showError } from "../../app/errors";
import { Sheet } from "../../components/Sheet";
import { Skeleton } from "../../components/States";
import { TextArea } from "../../components/TextField";
import type { PriceRow } from "../../ipc/generated/types";
import { readBlock } from "./clipboard";
import { lineAt } from "./layout";
import type { View } from "./model";
import { PasteForm } from "./PasteForm";
import { modelIndex, type PasteTarget } from "./paste-plan";
import styles from "./PriceBook.module.css";
import { type Bounds, modelLines } from "./selection";
import type { GridState } from "./use-grid-state";
import { fetchAllRows } from "./use-prices";

export interface Pasting {
  /** Null while nothing was pasted: the sheet asks for it. */
  block: string[][] | null;
  /** Where it falls; null at the first cell. */
  bounds: Bounds | null;
}

interface PasteSheetProps {
  pasting: Pasting;
  grid: GridState;
  view: View;
  onClose: () => void;
}

/** A block or a whole price list from a spreadsheet, shown as it is understood before it is staged. */
export function PasteSheet({ pasting, grid, view, onClose }: PasteSheetProps) {
  const { t } = useTranslation(["price-book", "common"]);
  const client = useQueryClient();
  const [block, setBlock] = useState(pasting.block);
  const [all, setAll] = useState<readonly PriceRow[] | null>(null);
  useEffect(() => {
    let isOver = false;
    fetchAllRows(client).then((rows) => !isOver && setAll(rows), showError);
    return () => {
      isOver = true;
    };
  }, [client]);
  const form = useRef<HTMLDivElement>(null);
  // What was copied can be pasted at once.
  useEffect(() => form.current?.querySelector("textarea")?.focus(), []);
  return (
    <Sheet isOpen onClose={onClose} title={t("paste.title")} closeLabel={t("common:close")} width={720}>
      {block === null || block.length === 0 ? (
        <div className={styles.form} ref={form}>
          <TextArea
            label={t("paste.field")}
            hint={t("paste.hint")}
            value=""
            onChange={(text) => setBlock(readBlock(text, ""))}
            onPaste={(event) => {
              // Of what a spreadsheet gives, the table is the surer one.
              event.preventDefault();
              setBlock(readBlock(event.clipboardData?.getData("text/plain") ?? "", event.clipboardData?.getData("text/html") ?? ""));
            }}
          />
        </div>
      ) : all === null ? (
        <Skeleton rows={8} height={28} />
      ) : (
        <PasteForm block={block} target={targetOf(grid, pasting.bounds, block.length, all)} grid={grid} from={pasting.bounds?.left ?? 0} onCells={pasting.bounds !== null} view={view} onClose={onClose} />
      )}
    </Sheet>
  );
}

/** The rows a block falls on: those of the grid from the cursor on, by their names in all models. */
function targetOf(grid: GridState, bounds: Bounds | null, count: number, all: readonly PriceRow[]): PasteTarget {
  const byName = new Map(all.map((row) => [`${row.provider}/${row.model}`, row]));
  const lines = modelLines(grid.layout, bounds?.top ?? 0, count + 1);
  const rows = lines.map((line) => {
    const place = lineAt(grid.layout, line);
    return place?.kind === "model" ? grid.rows.get(place.index) : undefined;
  });
  return { rows, index: modelIndex(all), provider: grid.query.provider, rowOf: ({ provider, model }) => byName.get(`${provider}/${model}`) };
}
