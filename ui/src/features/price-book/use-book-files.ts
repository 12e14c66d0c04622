import { useTranslation } from "react-i18next";
import { showError } from "../../app/errors";
import { useUndo } from "../../app/frame/use-undo";
import { showToast } from "../../app/toasts";
import type { PriceBookImportReply } from "../../ipc/generated/types";
import { host } from "../../ipc/host";
import { useMutation } from "../../ipc/query";
import { fileName } from "../../lib/paths";

const EXTENSIONS = ["toml", "csv", "xlsx"];

/** The price book to a file, and what a file says into the draft. */
export function useBookFiles() {
  const { t } = useTranslation(["price-book", "priceFaults", "common"]);
  const { undo } = useUndo();
  const write = useMutation("price_book_export");
  const read = useMutation("price_book_import");
  async function exportBook() {
    const path = await host().saveFile({ title: t("files.export"), suggestedName: "price-book.toml", filters: [{ name: t("files.kinds"), extensions: EXTENSIONS }] });
    if (!path) return;
    write.mutate({ path }, { onError: showError, onSuccess: ({ rules }) => showToast({ text: t("files.exported", { count: rules, file: fileName(path) }) }) });
  }
  async function importBook() {
    const [path] = await host().openFiles({ title: t("files.import"), filters: [{ name: t("files.kinds"), extensions: EXTENSIONS }] });
    if (!path) return;
    const tell = (reply: PriceBookImportReply) => {
      const [first] = reply.faults;
      if (first) {
        const what = t(`priceFaults:${first.fault.code}`, { word: first.fault.word, defaultValue: first.fault.code });
        showToast({ text: t("files.faulty", { count: reply.faultCount, line: first.line, what }) });
      } else {
        showToast({ text: t("files.staged", { count: reply.changed, file: fileName(path) }), action: { label: t("common:undo"), run: undo } });
      }
    };
    read.mutate({ path, missing: "end" }, { onError: showError, onSuccess: tell });
  }
  return { exportBook: () => void exportBook(), importBook: () => void importBook() };
}
