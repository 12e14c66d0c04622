import { createStore, useStore } from "../lib/store";

export interface Toast {
  id: number;
  text: string;
  /** loss = something went wrong, gain = something is done. */
  tone: "plain" | "gain" | "loss";
  /** A button in the toast, mostly "Undo". */
  action: { label: string; run: () => void } | null;
  /** Second line, e.g. the number of an entry in the log. */
  detail: string | null;
}

const toasts = createStore<readonly Toast[]>([]);
const SHOWN_MS = 6000;
let lastId = 0;

/** Shows a message at the bottom; errors stay until they are closed. */
export function showToast(toast: Partial<Omit<Toast, "id">> & { text: string }): number {
  const id = ++lastId;
  const full: Toast = { tone: "plain", action: null, detail: null, ...toast, id };
  toasts.set((now) => [...now.slice(-3), full]);
  if (full.tone !== "loss") setTimeout(() => closeToast(id), SHOWN_MS);
  return id;
}

export function closeToast(id: number): void {
  toasts.set((now) => now.filter((toast) => toast.id !== id));
}

export function useToasts(): readonly Toast[] {
  return useStore(toasts);
}
