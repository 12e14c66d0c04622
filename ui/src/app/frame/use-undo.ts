import { useMutation } from "../../ipc/query";
import { showError } from "../errors";

/** Undo and redo of the book's named steps. */
export function useUndo(): { undo: () => void; redo: () => void } {
  const undo = useMutation("undo");
  const redo = useMutation("redo");
  const onError = (error: unknown) => showError(error);
  return {
    undo: () => undo.mutate({}, { onError }),
    redo: () => redo.mutate({}, { onError }),
  };
}
