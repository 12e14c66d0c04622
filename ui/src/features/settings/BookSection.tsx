import { CopyPlus, FilePlus2, FolderOpen, Save, Trash2, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { askRemoveSample } from "../../app/frame/SampleDialog";
import { useBookActions } from "../../app/use-book-actions";
import { Button } from "../../components/Button";
import { Panel } from "../../components/Panel";
import { useCommand } from "../../ipc/query";
import { useFormats } from "../../lib/use-formats";
import { SettingRow } from "./SettingRow";
import styles from "./Settings.module.css";

/** The book as a file: where it is, its copies, other books. */
export function BookSection() {
  const { t } = useTranslation("settings");
  const formats = useFormats();
  const actions = useBookActions();
  const book = useCommand("book_status", {}).data?.book;
  if (!book) return null;
  const others = actions.recent.filter((recent) => recent.path !== book.path);
  return (
    <div className={styles.panels}>
      {book.sample && (
        <Panel flush>
          <SettingRow title={t("book.sample")} hint={t("book.sampleHint")}>
            <Button kind="danger" icon={Trash2} onPress={askRemoveSample}>
              {t("book.removeSample")}
            </Button>
          </SettingRow>
        </Panel>
      )}
      <Panel title={book.name} flush>
        <SettingRow title={t("book.file")} hint={<span className={styles.path}>{book.path}</span>} />
        <SettingRow
          title={t("book.backup")}
          hint={book.backupAt ? t("book.backedUpAt", { time: formats.instant(book.backupAt) }) : t("book.neverBackedUp")}
        >
          <Button icon={Save} onPress={() => void actions.backupTo()}>
            {t("book.backupTo")}
          </Button>
          <Button icon={CopyPlus} onPress={actions.backup}>
            {t("book.backupNow")}
          </Button>
        </SettingRow>
        <SettingRow title={t("book.close")} hint={t("book.closeHint")}>
          <Button icon={X} onPress={actions.close}>
            {t("book.close")}
          </Button>
        </SettingRow>
      </Panel>
      <Panel
        title={t("book.others")}
        flush
        actions={
          <>
            <Button kind="ghost" size="small" icon={FilePlus2} onPress={() => void actions.create()}>
              {t("book.create")}
            </Button>
            <Button kind="ghost" size="small" icon={FolderOpen} onPress={() => void actions.open()}>
              {t("book.open")}
            </Button>
          </>
        }
      >
        {others.length === 0 && <p className={styles.none}>{t("book.noOthers")}</p>}
        {others.map((recent) => (
          <SettingRow key={recent.path} title={recent.name} hint={<span className={styles.path}>{recent.path}</span>}>
            {recent.present ? (
              <Button size="small" onPress={() => actions.openPath(recent.path)}>
                {t("book.openThis")}
              </Button>
            ) : (
              <span className="dim">{t("book.gone")}</span>
            )}
          </SettingRow>
        ))}
      </Panel>
    </div>
  );
}
