import { useNavigate } from "@tanstack/react-router";
import { BookOpen, FileDown, FileUp, ListTree, TrendingDown, UserPen } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useActions } from "../../app/actions";
import { useBookFiles } from "./use-book-files";

/** The views of the price book and its rules. */
export function usePalette(): void {
  const { t } = useTranslation("price-book");
  const navigate = useNavigate();
  const { exportBook, importBook } = useBookFiles();
  const go = (search: Record<string, string>) => () => void navigate({ to: "/prices", search });
  useActions([
    { id: "prices.all", title: t("palette.all"), icon: BookOpen, keywords: t("palette.words"), run: go({ show: "all" }) },
    { id: "prices.own", title: t("palette.own"), icon: UserPen, keywords: t("palette.words"), run: go({ show: "own" }) },
    { id: "prices.below", title: t("palette.below"), icon: TrendingDown, keywords: t("palette.words"), run: go({ show: "below_cost", view: "margin" }) },
    { id: "prices.table", title: t("import.action"), icon: FileDown, keywords: t("palette.words"), run: () => void navigate({ to: "/prices/import", search: {} }) },
    { id: "prices.rules", title: t("palette.rules"), icon: ListTree, keywords: t("palette.words"), run: go({ sheet: "rules" }) },
    { id: "prices.export", title: t("files.export"), icon: FileDown, keywords: t("palette.words"), run: exportBook },
    { id: "prices.import", title: t("files.import"), icon: FileUp, keywords: t("palette.words"), run: importBook },
  ]);
}
