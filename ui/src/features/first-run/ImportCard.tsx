import { useNavigate } from "@tanstack/react-router";
import { FileUp, FolderOpen } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { showError } from "../../app/errors";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { Tag } from "../../components/Tag";
import { host, type DropEvent } from "../../ipc/host";
import { useMutation } from "../../ipc/query";
import type { Basics } from "./BasicsFields";
import { Card } from "./Card";
import styles from "./FirstRun.module.css";

/** Formats by their own names, which are no words. */
const FORMATS = ["CSV", "JSON Lines", "LiteLLM", "OpenRouter", "Stripe"];

/** A usage file first: the book for it is made on the way, and the file is shown before anything is stored. */
export function ImportCard({ basics }: { basics: Basics }) {
  const { t } = useTranslation("first-run");
  const navigate = useNavigate();
  const creating = useMutation("book_create");
  const [over, setOver] = useState(false);
  const take = (file: string | undefined) => {
    if (!file || creating.isPending) return;
    creating.mutate(
      { ...basics, path: null },
      { onError: showError, onSuccess: () => void navigate({ to: "/usage/import", search: { path: file } }) },
    );
  };
  const choose = async () => {
    const [file] = await host().openFiles({ title: t("import.action") });
    take(file);
  };
  const heard = useEffectEvent((event: DropEvent) => {
    setOver(event.kind === "over");
    if (event.kind === "drop") take(event.paths[0]);
  });
  useEffect(() => host().onFileDrop((event) => heard(event)), []);
  return (
    <Card
      picture={
        <div className={styles.drop} data-over={over || undefined}>
          <Icon icon={FileUp} />
          <span className="strong">{t("import.drop")}</span>
          <span className="small muted">{t("import.note")}</span>
        </div>
      }
      title={t("import.title")}
      text={t("import.text")}
    >
      <div className={styles.formats}>
        {FORMATS.map((format) => (
          <Tag key={format} tone="outline">
            {format}
          </Tag>
        ))}
      </div>
      <Button size="large" icon={FolderOpen} isDisabled={creating.isPending} onPress={() => void choose()}>
        {t("import.action")}
      </Button>
    </Card>
  );
}
