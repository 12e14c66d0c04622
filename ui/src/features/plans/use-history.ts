import { useRef, useState } from "react";
import { back, cut, forth, lastStep, NO_HISTORY, record, type Moved, type Step } from "./history";
import type { ChargeAction, ChargeDraft } from "../../app/pricing/charge";
import type { PriceDraft } from "../../app/pricing/price";

/** Steps of one charge that can be taken back, apart from those of the book. */
export function useHistory(charge: ChargeDraft, onEdit: (action: ChargeAction) => void) {
  const [history, setHistory] = useState(NO_HISTORY);
  const [told, setTold] = useState<{ step: Step; way: "undone" | "redone" } | null>(null);
  const held = useRef(false);

  function go(moved: Moved | null, way: "undone" | "redone") {
    if (!moved) return;
    setHistory(moved.history);
    setTold({ step: moved.step, way });
    onEdit({ do: "put", charge: charge.key, value: moved.step.charge, why: "reset" });
  }
  function edit(action: ChargeAction) {
    setTold(null);
    setHistory((now) => record(now, charge, action, Date.now(), held.current));
    onEdit(action);
  }
  return {
    edit,
    /** Another price for the same charge, in one step. */
    reset: (price: PriceDraft) => edit({ do: "put", charge: charge.key, value: { ...charge, ...price }, why: "reset" }),
    hold(isHeld: boolean) {
      held.current = isHeld;
      setHistory(cut);
    },
    undo: () => go(back(history, charge), "undone"),
    redo: () => go(forth(history, charge), "redone"),
    undoStep: lastStep(history, charge),
    redoStep: history.future.at(-1) ?? null,
    told,
  };
}
