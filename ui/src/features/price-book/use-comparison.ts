import type { PriceVersionText } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { type DecimalString, subtract } from "../../lib/decimal";
import { cellOf } from "./columns";
import type { GridState } from "./use-grid-state";
import { usePrices } from "./use-prices";

/** How far a price is from the one of another version; null where that had none. */
export type Changes = ReadonlyMap<string, DecimalString | null>;

/** The versions to compare with, and the change of each cell in view. */
export function useComparison(grid: GridState, number: number | undefined): { versions: readonly PriceVersionText[]; changes: Changes | null } {
  const versions = useCommand("price_version_list", {}, { keepPrevious: true }).data?.versions ?? [];
  const version = versions.find((one) => one.number === number);
  const then = usePrices(grid.query, grid.pages, version ? (version.validFrom ?? version.publishedAt) : undefined);
  if (!version || !then.head) return { versions, changes: null };
  const changes = new Map<string, DecimalString | null>();
  for (const [index, row] of grid.rows) {
    const before = then.rows.get(index);
    if (before?.model !== row.model || before.provider !== row.provider) continue;
    for (const column of grid.columns) {
      const cell = cellOf(row, column);
      const now = (cell?.staged ?? cell)?.sell ?? null;
      if (now === null) continue;
      const was = cellOf(before, column)?.sell ?? null;
      changes.set(`${row.provider}/${row.model}/${column}`, was === null ? null : subtract(now, was));
    }
  }
  return { versions, changes };
}
