import { useNavigate } from "@tanstack/react-router";
import { Activity, FileClock, Inbox, Upload } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useActions } from "../../app/actions";
import { host } from "../../ipc/host";
import type { UsageGroup } from "../../ipc/generated/types";

/** The actions of usage, there on every screen. */
export function usePalette(): void {
  const { t } = useTranslation("usage");
  const navigate = useNavigate();
  async function choose() {
    const [path] = await host().openFiles({ title: t("import.choose") });
    if (path) void navigate({ to: "/usage/import", search: { path } });
  }
  const by = (group: UsageGroup) => ({
    id: `usage.by.${group}`,
    title: t(`palette.${group}`),
    icon: Activity,
    run: () => void navigate({ to: "/usage", search: { group } }),
  });
  useActions([
    { id: "usage.import", title: t("palette.import"), icon: Upload, keywords: t("palette.importWords"), run: () => void choose() },
    { id: "usage.inbox", title: t("palette.inbox"), icon: Inbox, run: () => void navigate({ to: "/usage/inbox" }) },
    { id: "usage.history", title: t("palette.history"), icon: FileClock, run: () => void navigate({ to: "/usage/import", search: {} }) },
    by("customer"),
    by("model"),
    by("provider"),
  ]);
}
