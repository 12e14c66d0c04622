import { useState } from "react";
import type { PriceFault } from "../../ipc/generated/types";
import { placeOf } from "./columns";
import type { CellEditing } from "./CellEditor";
import { moveCursor } from "./layout";
import type { View } from "./model";
import type { GridState } from "./use-grid-state";
import type { Content, Staging } from "./use-staging";

/** The editor over a cell: where it stands, and where the cursor goes when it closes. */
export function useCellEditor(grid: GridState, view: View, staging: Staging) {
  const [editing, setEditing] = useState<CellEditing | null>(null);
  const focusGrid = () => document.querySelector<HTMLElement>("[role=grid]")?.focus();
  return {
    editing,
    open(anchor: HTMLElement, start: string | null) {
      const { row, column } = grid;
      const frame = anchor.closest("[role=grid]")?.parentElement?.getBoundingClientRect();
      if (!row || column === null || !frame) return;
      const box = anchor.getBoundingClientRect();
      const left = Math.max(4, Math.min(box.left - frame.left - 2, frame.width - 292));
      setEditing({ place: placeOf(row, column), cell: grid.cell, view, box: { left, top: box.top - frame.top - 2, width: box.width + 4 }, start });
    },
    cancel() {
      setEditing(null);
      focusGrid();
    },
    async stage(content: Content, move: "down" | "right" | null): Promise<PriceFault | null> {
      if (!editing) return null;
      const fault = await staging.cell(editing.place, content);
      if (fault) return fault;
      setEditing(null);
      // The cursor may have been moved by a press elsewhere: it stays there.
      if (move === null) return null;
      const next = moveCursor({ line: grid.line, dimension: grid.column, key: null }, move, { lines: grid.layout.lines, columns: grid.columns, page: 1 });
      grid.setCursor(next);
      focusGrid();
      return null;
    },
  };
}
