import type { Combo } from "../lib/keyboard";

export type ShortcutGroup = "global" | "go" | "list" | "draft" | "grid";

export interface Shortcut {
  combo: Combo;
  group: ShortcutGroup;
  /** Leaves the key to a text field that has the focus. */
  notWhileTyping?: boolean;
}

/**
 * Every key of the program, once. Names are also the keys of their texts in
 * `locales/en/shortcuts.json`. `mod` is Ctrl, on a Mac Cmd.
 */
export const shortcuts = {
  palette: { combo: "mod+k", group: "global" },
  filter: { combo: "/", group: "global" },
  help: { combo: "?", group: "global" },
  primary: { combo: "mod+enter", group: "global" },
  inspector: { combo: "mod+i", group: "global" },
  undo: { combo: "mod+z", group: "global", notWhileTyping: true },
  redo: { combo: "mod+shift+z", group: "global", notWhileTyping: true },
  settings: { combo: "mod+,", group: "global" },
  theme: { combo: "mod+shift+l", group: "global" },
  close: { combo: "esc", group: "global" },
  goPrices: { combo: "g p", group: "go" },
  goPlans: { combo: "g l", group: "go" },
  goUsage: { combo: "g u", group: "go" },
  goCustomers: { combo: "g c", group: "go" },
  goInvoices: { combo: "g i", group: "go" },
  goAudit: { combo: "g a", group: "go" },
  nextRow: { combo: "j", group: "list" },
  previousRow: { combo: "k", group: "list" },
  openRow: { combo: "enter", group: "list" },
  toggleRow: { combo: "space", group: "list" },
  mark: { combo: "x", group: "list" },
  savePdf: { combo: "mod+s", group: "list" },
  previousPage: { combo: "[", group: "list" },
  nextPage: { combo: "]", group: "list" },
  create: { combo: "n", group: "list" },
  approve: { combo: "space", group: "draft" },
  hold: { combo: "h", group: "draft" },
  adjust: { combo: "e", group: "draft" },
  note: { combo: "n", group: "draft" },
  explain: { combo: "enter", group: "draft" },
  view1: { combo: "1", group: "grid" },
  view2: { combo: "2", group: "grid" },
  view3: { combo: "3", group: "grid" },
  view4: { combo: "4", group: "grid" },
  gridView1: { combo: "mod+1", group: "grid" },
  gridView2: { combo: "mod+2", group: "grid" },
  gridView3: { combo: "mod+3", group: "grid" },
  gridView4: { combo: "mod+4", group: "grid" },
} as const satisfies Record<string, Shortcut>;

export type ShortcutId = keyof typeof shortcuts;

export function comboOf(id: ShortcutId): Combo {
  return shortcuts[id].combo;
}
