import { useNavigate } from "@tanstack/react-router";
import { Archive, UserPlus } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useActions } from "../../app/actions";

/** What can be done with customers from anywhere. */
export function usePalette(): void {
  const { t } = useTranslation("customers");
  const navigate = useNavigate();
  useActions([
    { id: "customers.new", title: t("new"), icon: UserPlus, keywords: t("palette.newWords"), run: () => void navigate({ to: "/customers", search: { create: true } }) },
    { id: "customers.archived", title: t("palette.archived"), icon: Archive, run: () => void navigate({ to: "/customers", search: { archived: true } }) },
  ]);
}
