/** What a key does to the selected cells. */
export type GridAct = "clear" | "revert" | "fillDown" | "fillRight";

interface Key {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

export function gridActOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Key): GridAct | null {
  if (altKey) return null;
  if (ctrlKey || metaKey) return shiftKey ? null : key === "d" ? "fillDown" : key === "r" ? "fillRight" : null;
  if (key === "Delete" || key === "Backspace") return shiftKey ? "revert" : "clear";
  return null;
}

/**
 * How a key opens the editor: with what the cell says (null), with the sign typed, or not at all
 * (undefined). Digits type only where a price can stand; elsewhere 1 to 4 are the views.
 */
export function opensWith({ key, ctrlKey, metaKey, altKey }: Key, canType: boolean): string | null | undefined {
  if (ctrlKey || metaKey || altKey) return undefined;
  if (key === "Enter" || key === "F2") return null;
  if (key === "=" || key === "+" || key === "-") return key;
  return canType && /^[\d.,]$/.test(key) ? key : undefined;
}
