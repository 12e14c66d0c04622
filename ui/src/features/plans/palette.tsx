import { useNavigate } from "@tanstack/react-router";
import { Gauge, Layers } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useActions } from "../../app/actions";

/** What can be done with plans from anywhere. */
export function usePalette(): void {
  const { t } = useTranslation("plans");
  const navigate = useNavigate();
  useActions([
    { id: "plans.new", title: t("new"), icon: Layers, keywords: t("palette.newWords"), run: () => void navigate({ to: "/plans", search: { create: true } }) },
    { id: "plans.meters", title: t("palette.meters"), icon: Gauge, keywords: t("palette.metersWords"), run: () => void navigate({ to: "/plans", search: { meters: true } }) },
  ]);
}
