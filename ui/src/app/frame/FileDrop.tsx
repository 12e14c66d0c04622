import { useNavigate } from "@tanstack/react-router";
import { FileUp } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon";
import { host, type DropEvent } from "../../ipc/host";
import styles from "./FileDrop.module.css";

/** A file dropped anywhere on the window is looked at on the import screen. */
export function FileDrop({ enabled }: { enabled: boolean }) {
  const { t } = useTranslation("usage");
  const navigate = useNavigate();
  const [over, setOver] = useState(false);
  const heard = useEffectEvent((event: DropEvent) => {
    setOver(event.kind === "over");
    const path = event.kind === "drop" ? event.paths[0] : undefined;
    if (path) void navigate({ to: "/usage/import", search: { path } });
  });
  useEffect(() => (enabled ? host().onFileDrop((event) => heard(event)) : undefined), [enabled]);
  if (!over || !enabled) return null;
  return (
    <div className={styles.cover}>
      <div className={styles.card}>
        <Icon icon={FileUp} size="l" />
        <p className="strong">{t("import.dropAnywhere")}</p>
        <p className="muted small">{t("import.dropNote")}</p>
      </div>
    </div>
  );
}
