import { useEffect, useEffectEvent } from "react";
import { isTyping } from "../../lib/keyboard";

/** Hears the list keys of the whole page, unless somebody types or a panel lies above. */
export function usePageKeys(enabled: boolean, onKeyDown: (event: KeyboardEvent) => void): void {
  const heard = useEffectEvent((event: KeyboardEvent) => {
    const { target } = event;
    if (event.defaultPrevented || isTyping(target)) return;
    if (document.querySelector("[data-modal]")) return;
    // Inside a grid its own listener answers; a focused control keeps its Enter and its arrows.
    if (target instanceof Element && target.closest("[role=grid],[role=radiogroup],[role=menu]")) return;
    if (target instanceof Element && target.closest("button,a") && event.key === "Enter") return;
    onKeyDown(event);
  });
  useEffect(() => {
    if (!enabled) return;
    const listener = (event: KeyboardEvent) => heard(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, [enabled]);
}
