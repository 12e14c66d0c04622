import { useNavigate } from "@tanstack/react-router";
import { FolderOpen, Upload } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useJob } from "../../../app/jobs";
import { Screen } from "../../../app/Screen";
import { showToast } from "../../../app/toasts";
import { useShortcut } from "../../../app/use-shortcut";
import { Button } from "../../../components/Button";
import { Panel } from "../../../components/Panel";
import { ErrorState, Note, Skeleton } from "../../../components/States";
import type { UsageImportPreviewReply } from "../../../ipc/generated/types";
import { useCommand } from "../../../ipc/query";
import { Cancelled } from "../../../ipc/errors";
import { fileName } from "../../../lib/paths";
import { useFormats } from "../../../lib/use-formats";
import { importError } from "../words";
import { CheckPanel } from "./CheckPanel";
import { ColumnsPanel } from "./ColumnsPanel";
import { FileCard } from "./FileCard";
import styles from "./Import.module.css";
import { ImportSteps } from "./ImportSteps";
import { canImport, FOUND, stepOf, type Choice } from "./model";

export interface FileImportProps {
  path: string;
  onChoose: () => void;
  onDone: (batch: string) => void;
  onBack: () => void;
}

/** One file before it is stored: what it is, what its columns mean, what would not be taken. */
export function FileImport({ path, onChoose, onDone, onBack }: FileImportProps) {
  const { t } = useTranslation(["usage", "common"]);
  const formats = useFormats();
  const [choice, setChoice] = useState<Choice>(FOUND);
  const preview = useCommand("usage_import_preview", { path, ...choice }, { keepPrevious: true });
  const work = useImport(path, onDone);
  const data = preview.data;
  const ready = data !== undefined && canImport(data) && !preview.isFetching && !preview.error && !work.running;
  useShortcut("close", onBack);

  return (
    <Screen
      title={t("import.title")}
      crumbs={[{ label: t("title"), to: "/usage" }]}
      tag={<ImportSteps current={stepOf(data)} />}
      note={fileName(path)}
      fill
      actions={
        <Button icon={FolderOpen} onPress={onChoose}>
          {t("import.other")}
        </Button>
      }
      primary={{
        label: data?.isPriceTable ? t("import.runPrices") : t("import.run"),
        icon: Upload,
        isDisabled: !ready,
        showKeys: true,
        onPress: () => data && void work.start(data),
      }}
    >
      {preview.error ? (
        <ErrorState
          title={importError(preview.error).text}
          detail={importError(preview.error).detail ?? t("import.nothingKept")}
          action={
            <>
              <Button onPress={onChoose}>{t("import.other")}</Button>
              {choice.format !== "auto" && <Button onPress={() => setChoice(FOUND)}>{t("import.detect")}</Button>}
            </>
          }
        />
      ) : !data ? (
        <Skeleton rows={8} height={40} />
      ) : (
        <div className={styles.columns}>
          <FileCard preview={data} choice={choice} onFormat={(format) => setChoice({ format, mapping: null })} />
          {data.isPriceTable ? (
            <Panel grow title={t("import.priceTable")}>
              <Note tone="ink">{t("import.priceTableHint")}</Note>
            </Panel>
          ) : (
            <>
              <ColumnsPanel
                preview={data}
                busy={preview.isFetching}
                onMapping={(mapping) => setChoice({ format: data.format, mapping })}
              />
              <CheckPanel preview={data} rows={formats.quantity(String(data.rows))} />
            </>
          )}
        </div>
      )}
    </Screen>
  );
}

/** The job behind the primary button. A price table is looked at in the price book. */
function useImport(path: string, onDone: (batch: string) => void) {
  const { t } = useTranslation("usage");
  const navigate = useNavigate();
  const runUsage = useJob("usage_import_run");
  const [running, setRunning] = useState(false);
  async function start(preview: UsageImportPreviewReply) {
    if (preview.isPriceTable) {
      void navigate({ to: "/prices/import", search: { place: path } });
      return;
    }
    const look = { title: t("import.running", { file: preview.name }), note: t("import.runningNote") };
    setRunning(true);
    try {
      const reply = await runUsage({ path, format: preview.format, mapping: preview.mapping }, look);
      if (reply === null) showToast({ text: t("import.stopped") });
      else onDone(reply.id);
    } catch (error) {
      if (!(error instanceof Cancelled)) showToast({ ...importError(error), tone: "loss" });
    } finally {
      setRunning(false);
    }
  }
  return { running, start };
}
