import { AdjustSheet } from "./AdjustSheet";
import { ReasonDialog } from "./ReasonDialog";
import type { DraftActions } from "./use-draft-actions";

/** What is asked about the selected draft. */
export function DraftDialogs({ drafts }: { drafts: DraftActions }) {
  const { asked, close } = drafts;
  if (asked === null) return null;
  const { what, row } = asked;
  if (what === "adjust" || what === "note") return <AdjustSheet row={row} onNote={what === "note"} onClose={close} />;
  return <ReasonDialog row={row} mark={what} onClose={close} />;
}
