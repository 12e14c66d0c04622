import { createStore, useStore } from "../../lib/store";

const open = createStore(false);

export const openPalette = () => open.set(true);
export const closePalette = () => open.set(false);
export const usePaletteOpen = () => useStore(open);

const KEY = "ratebook.recent";
const KEPT = 8;

/** Ids of what was chosen last, newest first. */
export function recentIds(): string[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(stored) ? stored.filter((id) => typeof id === "string") : [];
  } catch {
    return [];
  }
}

export function remember(id: string): void {
  const ids = [id, ...recentIds().filter((other) => other !== id)].slice(0, KEPT);
  try {
    localStorage.setItem(KEY, JSON.stringify(ids));
  } catch {
    // Without storage the palette simply forgets.
  }
}
