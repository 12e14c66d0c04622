import { Redo2, Undo2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useUndo } from "../../app/frame/use-undo";
import { comboOf } from "../../app/shortcuts";
import { stepName } from "../../app/steps";
import { IconButton } from "../../components/IconButton";
import { useCommand } from "../../ipc/query";

/** Undo and redo beside the grid, with the names of their steps. */
export function UndoButtons() {
  const { t } = useTranslation(["price-book", "common"]);
  const { undo, redo } = useUndo();
  const book = useCommand("book_status", {}).data?.book;
  return (
    <>
      <IconButton
        icon={Undo2}
        label={book?.undo ? t("undoStep", { step: stepName(book.undo) }) : t("common:undo")}
        keys={comboOf("undo")}
        isDisabled={!book?.undo}
        onPress={undo}
      />
      <IconButton
        icon={Redo2}
        label={book?.redo ? t("redoStep", { step: stepName(book.redo) }) : t("redo")}
        keys={comboOf("redo")}
        isDisabled={!book?.redo}
        onPress={redo}
      />
    </>
  );
}
