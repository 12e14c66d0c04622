import { CircleAlert, FolderOpen, RotateCw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import type { BookActions } from "../../app/use-book-actions";
import { Button } from "../../components/Button";
import { Note } from "../../components/States";
import type { NotOpened } from "../../ipc/generated/types";
import { ApiError } from "../../ipc/errors";
import styles from "./FirstRun.module.css";

/** The book that should have been open by now: why it is not, and what can be done. */
export function NotOpenedNote({ notOpened, actions }: { notOpened: NotOpened; actions: BookActions }) {
  const { t } = useTranslation("first-run");
  const { name, path, error } = notOpened;
  const reason = error.params.reason ?? "";
  const { text } = errorText(new ApiError(error));
  return (
    <div className={styles.notOpened} role="alert">
      <Note tone="loss" icon={CircleAlert}>
        <p className="strong">{t("notOpened.title", { name })}</p>
        <p className="selectable">{t(`notOpened.why.${reason}`, { path, defaultValue: text })}</p>
        <div className={styles.choices}>
          <Button size="small" icon={RotateCw} onPress={() => actions.openPath(path)}>
            {t("notOpened.again")}
          </Button>
          <Button size="small" icon={FolderOpen} onPress={() => void actions.open()}>
            {t("open.action")}
          </Button>
        </div>
      </Note>
    </div>
  );
}
