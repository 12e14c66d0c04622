import { useNavigate } from "@tanstack/react-router";
import { nextTheme, preferences, setPreferences } from "../../lib/preferences";
import { useShortcut } from "../use-shortcut";
import { useUndo } from "./use-undo";

/** Keys that work on every screen; without a book there is nowhere to go and nothing to take back. */
export function useFrameKeys(isOpen: boolean): void {
  const navigate = useNavigate();
  const { undo, redo } = useUndo();
  const inBook = { enabled: isOpen };
  useShortcut("goPrices", () => void navigate({ to: "/prices" }), inBook);
  useShortcut("goPlans", () => void navigate({ to: "/plans" }), inBook);
  useShortcut("goUsage", () => void navigate({ to: "/usage" }), inBook);
  useShortcut("goCustomers", () => void navigate({ to: "/customers" }), inBook);
  useShortcut("goInvoices", () => void navigate({ to: "/invoices" }), inBook);
  useShortcut("goAudit", () => void navigate({ to: "/audit" }), inBook);
  useShortcut("settings", () => void navigate({ to: "/settings" }), inBook);
  useShortcut("theme", () => setPreferences({ theme: nextTheme(preferences().theme) }));
  useShortcut("undo", undo, inBook);
  useShortcut("redo", redo, inBook);
}
