import { useEffect, useEffectEvent } from "react";
import { firesWhileTyping, isMac, isTyping, pressText, step, type SequenceState } from "../lib/keyboard";
import { shortcuts, type Shortcut, type ShortcutId } from "./shortcuts";
import { createStore, useStore } from "../lib/store";

interface Listener {
  id: ShortcutId;
  fire: () => void;
  scope: "page" | "modal";
}

/** Who listens now; the last one to come wins, so that a panel can take a key from its screen. */
const listeners = createStore<readonly Listener[]>([]);

export interface ShortcutOptions {
  enabled?: boolean;
  /** `modal` for keys inside a sheet, dialog or the palette; the page's keys rest meanwhile. */
  scope?: "page" | "modal";
}

/** Runs the handler when the key of the table is pressed, while the component is mounted. */
export function useShortcut(
  id: ShortcutId,
  handler: () => void,
  { enabled = true, scope = "page" }: ShortcutOptions = {},
): void {
  const fire = useEffectEvent(handler);
  useEffect(() => {
    if (!enabled) return;
    const listener: Listener = { id, fire: () => fire(), scope };
    listeners.set((now) => [...now, listener]);
    return () => listeners.set((now) => now.filter((other) => other !== listener));
  }, [id, enabled, scope]);
}

/** Ids that something listens to now: the `?` sheet shows only keys that work. */
export function useActiveShortcuts(): ReadonlySet<ShortcutId> {
  return new Set(useStore(listeners).map((listener) => listener.id));
}

/** Installs the one key listener of the window. Returns the function that removes it. */
export function installShortcuts(target: Window = window): () => void {
  let sequence: SequenceState | null = null;

  function onKeyDown(event: KeyboardEvent) {
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    if (["Control", "Shift", "Alt", "Meta"].includes(event.key)) return;
    const scope = document.querySelector("[data-modal]") ? "modal" : "page";
    const typing = isTyping(event.target);
    const able = listeners.get().filter((listener) => listener.scope === scope && may(listener.id, typing, event));
    const combos = able.map((listener) => shortcuts[listener.id].combo);
    const next = step(combos, sequence, pressText(event, isMac), event.timeStamp);
    sequence = next.kind === "wait" ? next.state : null;
    if (next.kind !== "match") return;
    const found = able.findLast((listener) => shortcuts[listener.id].combo === next.combo);
    event.preventDefault();
    event.stopPropagation();
    found?.fire();
  }

  // Combos with Ctrl come first: a focused button would take Ctrl Enter for a press. Plain keys
  // come last, after the part that has the focus had its chance.
  const early = (event: KeyboardEvent) => isChord(event) && onKeyDown(event);
  const late = (event: KeyboardEvent) => !isChord(event) && onKeyDown(event);
  target.addEventListener("keydown", early, { capture: true });
  target.addEventListener("keydown", late);
  return () => {
    target.removeEventListener("keydown", early, { capture: true });
    target.removeEventListener("keydown", late);
  };
}

function isChord(event: KeyboardEvent): boolean {
  return isMac ? event.metaKey : event.ctrlKey;
}

function may(id: ShortcutId, typing: boolean, event: KeyboardEvent): boolean {
  const shortcut: Shortcut = shortcuts[id];
  if (typing) return firesWhileTyping(shortcut.combo) && !shortcut.notWhileTyping;
  // Enter and Space belong to a focused button or link.
  const onControl =
    event.target instanceof HTMLElement && event.target.closest("button,a,[role=button],[role=tab]");
  return !(onControl && (shortcut.combo === "enter" || shortcut.combo === "space"));
}
