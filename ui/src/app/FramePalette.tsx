import { useNavigate } from "@tanstack/react-router";
import { BookOpen, CopyPlus, FilePlus2, FolderOpen, Keyboard, Redo2, Settings, SunMoon, Trash2, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useCommand } from "../ipc/query";
import { nextTheme, preferences, setPreferences } from "../lib/preferences";
import { useActions, type Action } from "./actions";
import { askRemoveSample } from "./frame/SampleDialog";
import { useUndo } from "./frame/use-undo";
import { navigation } from "./navigation";
import { openShortcuts } from "./ShortcutSheet";
import { useBookSearch } from "./use-search";
import { useBookActions } from "./use-book-actions";

// Each feature may export `usePalette` from `features/<name>/palette.ts`: its actions and results,
// there on every screen. The order is fixed at build time, so the hooks always run alike.
const features = Object.values(
  import.meta.glob<() => void>("../features/*/palette.{ts,tsx}", { eager: true, import: "usePalette" }),
);

/** Puts the frame's and all features' actions into the palette. Draws nothing. */
export function FramePalette() {
  useFrameActions();
  useBookSearch();
  const isOpen = Boolean(useCommand("book_status", {}).data?.book);
  return isOpen && features.map((usePalette, at) => <FeaturePalette key={at} use={usePalette} />);
}

function FeaturePalette({ use: usePalette }: { use: () => void }) {
  usePalette();
  return null;
}

function useFrameActions(): void {
  const { t } = useTranslation(["palette", "frame", "shortcuts"]);
  const navigate = useNavigate();
  const { undo, redo } = useUndo();
  const book = useBookActions();
  const status = useCommand("book_status", {}).data;
  const isOpen = Boolean(status?.book);
  const places: Action[] = navigation
    .flatMap((group) => group.items)
    .map((item) => ({
      id: `go.${item.id}`,
      title: t("go", { place: t(`frame:nav.${item.id}`) }),
      icon: item.icon,
      shortcut: item.shortcut,
      run: () => void navigate({ to: item.to }),
    }));
  const theme = () => setPreferences({ theme: nextTheme(preferences().theme) });
  const inBook: Action[] = [
    ...places,
    { id: "go.settings", title: t("go", { place: t("frame:nav.settings") }), icon: Settings, shortcut: "settings", run: () => void navigate({ to: "/settings" }) },
    { id: "undo", title: t("shortcuts:undo"), icon: Undo2, shortcut: "undo", run: undo },
    { id: "redo", title: t("shortcuts:redo"), icon: Redo2, shortcut: "redo", run: redo },
    { id: "book.backup", title: t("frame:book.backup"), icon: CopyPlus, run: book.backup },
    ...(status?.book?.sample ? [{ id: "book.removeSample", title: t("frame:book.removeSample"), icon: Trash2, run: askRemoveSample }] : []),
  ];
  useActions([
    ...(isOpen ? inBook : [{ id: "book.sample", title: t("frame:book.openSample"), icon: BookOpen, run: book.openSample }]),
    { id: "book.open", title: t("frame:book.open"), icon: FolderOpen, run: () => void book.open() },
    { id: "book.create", title: t("frame:book.create"), icon: FilePlus2, run: () => void book.create() },
    { id: "theme", title: t("shortcuts:theme"), icon: SunMoon, shortcut: "theme", keywords: t("themeWords"), run: theme },
    { id: "shortcuts", title: t("shortcuts:help"), icon: Keyboard, shortcut: "help", run: openShortcuts },
  ]);
}
