import { Activity, BookOpen, Layers, ReceiptText, ScrollText, Users, type LucideIcon } from "lucide-react";
import type { ShortcutId } from "./shortcuts";

export interface NavItem {
  /** Key of its words in `locales/en/frame.json`. */
  id: "prices" | "plans" | "usage" | "customers" | "invoices" | "audit";
  to: "/prices" | "/plans" | "/usage" | "/customers" | "/invoices" | "/audit";
  icon: LucideIcon;
  shortcut: ShortcutId;
}

export interface NavGroup {
  id: "pricing" | "usage" | "billing";
  items: readonly NavItem[];
}

/** The places of the sidebar. Only what is built stands here. */
export const navigation: readonly NavGroup[] = [
  {
    id: "pricing",
    items: [
      { id: "prices", to: "/prices", icon: BookOpen, shortcut: "goPrices" },
      { id: "plans", to: "/plans", icon: Layers, shortcut: "goPlans" },
    ],
  },
  {
    id: "usage",
    items: [{ id: "usage", to: "/usage", icon: Activity, shortcut: "goUsage" }],
  },
  {
    id: "billing",
    items: [
      { id: "customers", to: "/customers", icon: Users, shortcut: "goCustomers" },
      { id: "invoices", to: "/invoices", icon: ReceiptText, shortcut: "goInvoices" },
      { id: "audit", to: "/audit", icon: ScrollText, shortcut: "goAudit" },
    ],
  },
];
