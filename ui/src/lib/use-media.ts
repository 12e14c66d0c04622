import { useSyncExternalStore } from "react";

/** True while the media query holds. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const list = matchMedia(query);
      list.addEventListener("change", listener);
      return () => list.removeEventListener("change", listener);
    },
    () => matchMedia(query).matches,
    () => false,
  );
}

/** Below this the sidebar is a rail of icons. */
export const RAIL = "(max-width: 1279.98px)";
/** Below this the inspector is a sheet. */
export const INSPECTOR_SHEET = "(max-width: 1099.98px)";
