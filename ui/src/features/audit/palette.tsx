import { useNavigate } from "@tanstack/react-router";
import { ScrollText } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useActions } from "../../app/actions";

/** The way to the log. */
export function usePalette(): void {
  const { t } = useTranslation("audit");
  const navigate = useNavigate();
  useActions([
    { id: "audit", title: t("palette.open"), icon: ScrollText, keywords: t("palette.words"), run: () => void navigate({ to: "/audit" }) },
  ]);
}
