import { useSyncExternalStore } from "react";

export type Theme = "light" | "dark" | "system";
export type Density = "compact" | "default" | "comfortable";

/** How this window looks: a matter of this computer, so it stays out of the book. */
export interface Preferences {
  theme: Theme;
  density: Density;
  /** Locale of numbers and dates; null follows the book's company. */
  locale: string | null;
  inspector: boolean;
  /** Columns of the price book that are not shown. */
  hiddenColumns: readonly string[];
}

const KEY = "ratebook.look";
const DEFAULTS: Preferences = {
  theme: "system",
  density: "default",
  locale: null,
  inspector: true,
  hiddenColumns: [],
};

const listeners = new Set<() => void>();
let current = load();

function load(): Preferences {
  try {
    return { ...DEFAULTS, ...(JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Preferences>) };
  } catch {
    return DEFAULTS;
  }
}

export function preferences(): Preferences {
  return current;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Storage may be off; the choice then lasts until the window closes.
  }
  applyPreferences();
  for (const listener of listeners) listener();
}

/** Writes theme and density where the tokens look for them. */
export function applyPreferences(): void {
  const root = document.documentElement;
  root.dataset.theme = shownTheme();
  if (current.density === "default") delete root.dataset.density;
  else root.dataset.density = current.density;
}

export function shownTheme(): "light" | "dark" {
  if (current.theme !== "system") return current.theme;
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
}

/** Follows the system's choice while the setting says so. */
export function watchSystemTheme(): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", applyPreferences);
}

export function nextTheme(theme: Theme): Theme {
  return theme === "light" ? "dark" : theme === "dark" ? "system" : "light";
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    preferences,
    preferences,
  );
}
