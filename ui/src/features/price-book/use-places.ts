import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { showError } from "../../app/errors";
import type { PricePlace, PriceRow } from "../../ipc/generated/types";
import { cellOf, placeOf } from "./columns";
import { type Bounds, modelsIn } from "./selection";
import type { GridState } from "./use-grid-state";
import { fetchRows } from "./use-prices";

/** Rows of a range by their index; those that were never in view are fetched. Null meanwhile. */
export function useRowsOf(grid: GridState, bounds: Bounds | null): readonly PriceRow[] | null {
  const client = useQueryClient();
  const indices = bounds ? modelsIn(grid.layout, bounds) : [];
  const isLoaded = indices.every((index) => grid.rows.has(index));
  const key = JSON.stringify([grid.query, indices.length, indices[0], indices.at(-1)]);
  const [fetched, setFetched] = useState<{ key: string; rows: Map<number, PriceRow> } | null>(null);
  useEffect(() => {
    if (isLoaded || fetched?.key === key) return;
    let isOver = false;
    fetchRows(client, grid.query, indices).then((rows) => !isOver && setFetched({ key, rows }), showError);
    return () => {
      isOver = true;
    };
    // The key stands for the query and the indices.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [client, isLoaded, key]);
  const known = isLoaded ? grid.rows : fetched?.key === key ? fetched.rows : null;
  return known && indices.flatMap((index) => known.get(index) ?? []);
}

/** The cells of rows that are offered. */
export function placesOf(rows: readonly PriceRow[], columns: readonly string[]): PricePlace[] {
  return rows.flatMap((row) => columns.filter((column) => cellOf(row, column) !== null).map((column) => placeOf(row, column)));
}
