import { useNavigate } from "@tanstack/react-router";
import { Banknote, CircleAlert, Lock, ReceiptText } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useActions } from "../../app/actions";
import { useCommand } from "../../ipc/query";
import { useFormats } from "../../lib/use-formats";

/** The bill runs of the last months, and the ways to held and final ones. */
export function usePalette(): void {
  const { t } = useTranslation("invoices");
  const formats = useFormats();
  const navigate = useNavigate();
  const months = useCommand("book_status", {}).data?.book?.months ?? [];
  const keywords = t("palette.words");
  useActions([
    ...months.slice(0, 3).map((month) => ({
      id: `invoices.run.${month}`,
      title: t("palette.run", { month: formats.month(month) }),
      icon: ReceiptText,
      keywords,
      run: () => void navigate({ to: "/invoices", search: { month } }),
    })),
    { id: "invoices.held", title: t("palette.held"), icon: CircleAlert, run: () => void navigate({ to: "/invoices", search: { show: "held" } }) },
    { id: "invoices.open", title: t("palette.open"), icon: Banknote, keywords: t("palette.openWords"), run: () => void navigate({ to: "/invoices/open" }) },
    { id: "invoices.final", title: t("palette.final"), icon: Lock, run: () => void navigate({ to: "/invoices", search: { show: "final" } }) },
  ]);
}
