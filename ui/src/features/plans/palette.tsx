import { useNavigate } from "@tanstack/react-router";
import { FileText, Gauge, Layers } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useActions } from "../../app/actions";
import { useImport } from "./use-plan-text";

/** What can be done with plans from anywhere. */
export function usePalette(): void {
  const { t } = useTranslation("plans");
  const navigate = useNavigate();
  const importText = useImport();
  useActions([
    { id: "plans.new", title: t("new"), icon: Layers, keywords: t("palette.newWords"), run: () => void navigate({ to: "/plans", search: { create: true } }) },
    { id: "plans.meters", title: t("palette.meters"), icon: Gauge, keywords: t("palette.metersWords"), run: () => void navigate({ to: "/plans", search: { meters: true } }) },
    { id: "plans.import", title: t("text.palette"), icon: FileText, keywords: t("text.paletteWords"), run: () => void importText() },
  ]);
}
