import { useNavigate } from "@tanstack/react-router";
import { ArrowLeftRight, Building2, Database, Hash, Info, Palette as PaletteIcon } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useActions } from "../../app/actions";
import { useBookActions } from "../../app/use-book-actions";
import { useCommand } from "../../ipc/query";
import type { Section } from "./model";

const LISTED = [
  ["company", Building2],
  ["numbers", Hash],
  ["exchange", ArrowLeftRight],
  ["appearance", PaletteIcon],
  ["book", Database],
  ["about", Info],
] as const satisfies readonly (readonly [Section, unknown])[];

/** The sections of the settings, and closing the book. */
export function usePalette(): void {
  const { t } = useTranslation("settings");
  const navigate = useNavigate();
  const book = useBookActions();
  const isOpen = Boolean(useCommand("book_status", {}).data?.book);
  const keywords = t("palette.words");
  useActions(
    isOpen
      ? [
          ...LISTED.map(([section, icon]) => ({
            id: `settings.${section}`,
            title: t("palette.go", { section: t(`section.${section}`) }),
            icon,
            keywords,
            run: () => void navigate({ to: "/settings", search: { section } }),
          })),
          { id: "book.close", title: t("book.close"), icon: Database, run: book.close },
        ]
      : [],
  );
}
