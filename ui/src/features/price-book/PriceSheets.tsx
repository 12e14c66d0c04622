import { BulkSheet } from "./BulkSheet";
import { readColumn } from "./columns";
import { CompareSheet } from "./CompareSheet";
import { ManualPriceSheet } from "./ManualPriceSheet";
import { splitKey, type View } from "./model";
import { type Pasting, PasteSheet } from "./PasteSheet";
import { ReviewSheet } from "./ReviewSheet";
import { RulesSheet } from "./RulesSheet";
import { RuleTester } from "./RuleTester";
import type { GridState } from "./use-grid-state";
import type { Staging } from "./use-staging";

/** The sheet that is open beside the grid. */
export type OpenSheet = { kind: "bulk" } | { kind: "manual" } | { kind: "tester" } | { kind: "paste"; pasting: Pasting } | { kind: "compare"; version: number };

interface PriceSheetsProps {
  open: OpenSheet | null;
  /** In the address, so that links lead to them. */
  inAddress: "rules" | "review" | undefined;
  grid: GridState;
  view: View;
  staging: Staging;
  onClose: () => void;
  onLeave: () => void;
}

/** One sheet at a time. */
export function PriceSheets({ open, inAddress, grid, view, staging, onClose, onLeave }: PriceSheetsProps) {
  const { model, column, cell } = grid;
  const currency = grid.head?.currency ?? "";
  if (inAddress === "rules") return <RulesSheet staging={staging} currency={currency} onClose={onLeave} />;
  if (inAddress === "review") return <ReviewSheet staging={staging} onClose={onLeave} />;
  switch (open?.kind) {
    case undefined:
      return null;
    case "bulk":
      return <BulkSheet grid={grid} onClose={onClose} />;
    case "paste":
      return <PasteSheet pasting={open.pasting} grid={grid} view={view} onClose={onClose} />;
    case "compare":
      return <CompareSheet version={open.version} onClose={onClose} />;
    case "manual":
      return model && column && <ManualPriceSheet {...splitKey(model)} dimension={readColumn(column).dimension} onClose={onClose} />;
    case "tester":
      return model && column && <RuleTester {...splitKey(model)} column={column} conditions={cell?.conditionsKey ?? ""} onClose={onClose} />;
  }
}
