import { useBlocker } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { LeaveDialog } from "../../app/LeaveDialog";
import { comboOf } from "../../app/shortcuts";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import styles from "./Settings.module.css";

interface SaveBarProps {
  isDirty: boolean;
  canSave: boolean;
  onSave: () => void;
  onRevert: () => void;
  /** In place of Save. */
  saveLabel?: string;
}

/** Save and Revert while something differs; leaving asks first. */
export function SaveBar({ isDirty, canSave, onSave, onRevert, saveLabel }: SaveBarProps) {
  const { t } = useTranslation(["settings", "common"]);
  useShortcut("primary", onSave, { enabled: canSave });
  const leaving = useBlocker({ shouldBlockFn: () => isDirty, withResolver: true, enableBeforeUnload: isDirty });
  return (
    <>
      {isDirty && (
        <div className={styles.saveBar} role="group" aria-label={t("unsaved")}>
          <span className="pencil medium grow">{t("unsaved")}</span>
          <Button onPress={onRevert}>{t("revert")}</Button>
          <Button kind="primary" keys={comboOf("primary")} isDisabled={!canSave} onPress={onSave}>
            {saveLabel ?? t("common:save")}
          </Button>
        </div>
      )}
      <LeaveDialog
        isOpen={leaving.status === "blocked"}
        onStay={() => leaving.reset?.()}
        onDiscard={() => {
          onRevert();
          leaving.proceed?.();
        }}
      />
    </>
  );
}
