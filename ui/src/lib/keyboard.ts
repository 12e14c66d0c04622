/** A key combination in our table: `mod+k`, `mod+shift+z`, `g p` (one after another), `?`. */
export type Combo = string;

export interface KeyPress {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** How long after the first key of a sequence the second one still counts, in milliseconds. */
export const SEQUENCE_MS = 1200;

const NAMED: Record<string, string> = {
  escape: "esc",
  " ": "space",
  arrowup: "up",
  arrowdown: "down",
  arrowleft: "left",
  arrowright: "right",
};

/** One key press as text of the table. Shift counts for letters and named keys, not for signs. */
export function pressText(press: KeyPress, mac: boolean): string {
  const key = NAMED[press.key.toLowerCase()] ?? press.key.toLowerCase();
  const letter = /^[a-z]$/.test(key) || key.length > 1;
  const mod = mac ? press.metaKey : press.ctrlKey;
  return [
    mod ? "mod" : "",
    mac && press.ctrlKey ? "ctrl" : "",
    press.altKey ? "alt" : "",
    press.shiftKey && letter ? "shift" : "",
    key,
  ]
    .filter(Boolean)
    .join("+");
}

export interface SequenceState {
  prefix: string;
  at: number;
}

export type Step =
  | { kind: "match"; combo: Combo }
  | { kind: "wait"; state: SequenceState }
  | { kind: "none" };

/** Feeds one press into the combos that are listened for. */
export function step(
  combos: readonly Combo[],
  state: SequenceState | null,
  press: string,
  at: number,
): Step {
  const alive = state !== null && at - state.at <= SEQUENCE_MS ? state.prefix : "";
  const attempts = alive ? [`${alive} ${press}`, press] : [press];
  for (const text of attempts) {
    if (combos.includes(text)) return { kind: "match", combo: text };
    if (combos.some((combo) => combo.startsWith(`${text} `))) {
      return { kind: "wait", state: { prefix: text, at } };
    }
  }
  return { kind: "none" };
}

/** A combo without a modifier must not fire while somebody types. */
export function firesWhileTyping(combo: Combo): boolean {
  return combo.includes("mod+") || combo === "esc" || /^(shift\+)?f\d+$/.test(combo);
}

/** True where plain keys belong to the element: text fields, editors, lists that type ahead. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLInputElement) {
    return !["checkbox", "radio", "button", "range", "submit"].includes(target.type);
  }
  return target.closest("[role=listbox],[role=menu]") !== null;
}

/** The combo as keycaps: `["Ctrl K"]`, `["G", "P"]`; on a Mac with its signs. */
export function keycaps(combo: Combo, mac: boolean): string[] {
  return combo.split(" ").map((press) =>
    press
      .split("+")
      .map((key) => keyName(key, mac))
      .join(mac ? "" : " "),
  );
}

function keyName(key: string, mac: boolean): string {
  const names: Record<string, string> = {
    mod: mac ? "⌘" : "Ctrl",
    shift: mac ? "⇧" : "Shift",
    alt: mac ? "⌥" : "Alt",
    ctrl: mac ? "⌃" : "Ctrl",
    enter: "Enter",
    esc: "Esc",
    up: "↑",
    down: "↓",
    left: "←",
    right: "→",
  };
  return names[key] ?? (key.length === 1 ? key.toUpperCase() : (key[0] ?? "").toUpperCase() + key.slice(1));
}

/** True on macOS, where Cmd takes the place of Ctrl. */
export const isMac =
  typeof navigator !== "undefined" && /mac|iphone|ipad/i.test(navigator.userAgent);
