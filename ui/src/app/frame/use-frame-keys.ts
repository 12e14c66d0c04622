import { useNavigate } from "@tanstack/react-router";
import { nextTheme, preferences, setPreferences } from "../../lib/preferences";
import { useShortcut } from "../use-shortcut";
import { useUndo } from "./use-undo";

/** Keys that work on every screen. */
export function useFrameKeys(): void {
  const navigate = useNavigate();
  const { undo, redo } = useUndo();
  useShortcut("goPrices", () => void navigate({ to: "/prices" }));
  useShortcut("goPlans", () => void navigate({ to: "/plans" }));
  useShortcut("goUsage", () => void navigate({ to: "/usage" }));
  useShortcut("goCustomers", () => void navigate({ to: "/customers" }));
  useShortcut("goInvoices", () => void navigate({ to: "/invoices" }));
  useShortcut("settings", () => void navigate({ to: "/settings" }));
  useShortcut("theme", () => setPreferences({ theme: nextTheme(preferences().theme) }));
  useShortcut("undo", undo);
  useShortcut("redo", redo);
}
