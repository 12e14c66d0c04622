import { Check, NotebookPen, Pause, PencilLine } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useActions } from "../../../app/actions";
import { useShortcut } from "../../../app/use-shortcut";
import type { InvoiceRow } from "../../../ipc/generated/types";
import { isOpen, type DraftActions } from "./use-draft-actions";

/** The keys of the selected draft, and the same in the palette. */
export function useDraftKeys(row: InvoiceRow | undefined, drafts: DraftActions, explain: () => void): void {
  const { t } = useTranslation("invoices");
  const open = row && isOpen(row) ? row : undefined;
  const enabled = open !== undefined;
  const ask = (what: "hold" | "adjust" | "note") => open && drafts.ask(what, open);
  useShortcut("approve", () => open && drafts.approve(open), { enabled });
  useShortcut("hold", () => ask("hold"), { enabled });
  useShortcut("adjust", () => ask("adjust"), { enabled });
  useShortcut("note", () => ask("note"), { enabled });
  useShortcut("explain", explain, { enabled: row !== undefined });
  const name = open?.customer ?? "";
  const actions = [
    { id: "invoices.approve", title: t("palette.approve", { name }), icon: Check, shortcut: "approve" as const, run: () => open && drafts.approve(open) },
    { id: "invoices.hold", title: t("palette.hold", { name }), icon: Pause, shortcut: "hold" as const, run: () => ask("hold") },
    { id: "invoices.adjust", title: t("palette.adjust", { name }), icon: PencilLine, shortcut: "adjust" as const, run: () => ask("adjust") },
    { id: "invoices.note", title: t("palette.note", { name }), icon: NotebookPen, shortcut: "note" as const, run: () => ask("note") },
  ];
  useActions(open ? actions : []);
}
