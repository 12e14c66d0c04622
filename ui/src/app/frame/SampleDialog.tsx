import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Dialog } from "../../components/Dialog";
import type { OpenBook } from "../../ipc/generated/types";
import { createStore, useStore } from "../../lib/store";
import { useBookActions } from "../use-book-actions";

const asking = createStore(false);
const close = () => asking.set(false);

/** Asks before the sample book goes away; the dialog names the file. */
export function askRemoveSample(): void {
  asking.set(true);
}

export function SampleDialog({ book }: { book: OpenBook | undefined }) {
  const { t } = useTranslation(["frame", "common"]);
  const isOpen = useStore(asking);
  const { removeSample } = useBookActions();
  const remove = () => {
    close();
    removeSample();
  };
  return (
    <Dialog
      isOpen={isOpen && book?.sample === true}
      onClose={close}
      alert
      title={t("sample.title", { name: book?.name })}
      footer={
        <>
          <Button onPress={close}>{t("common:cancel")}</Button>
          <Button kind="danger" onPress={remove}>
            {t("sample.remove")}
          </Button>
        </>
      }
    >
      <p>{t("sample.text", { count: book?.customers ?? 0 })}</p>
      <p className="small dim selectable">{book?.path}</p>
    </Dialog>
  );
}
