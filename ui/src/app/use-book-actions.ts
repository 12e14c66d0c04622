import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { host, type FileFilter } from "../ipc/host";
import type { RecentBook } from "../ipc/generated/types";
import { useCommand, useMutation } from "../ipc/query";
import { fileName } from "../lib/paths";
import { showError } from "./errors";
import { showToast } from "./toasts";

export interface BookActions {
  recent: readonly RecentBook[];
  /** Asks for a file and opens it. */
  open: () => Promise<void>;
  openPath: (path: string) => void;
  /** Asks where, and makes an empty book there. */
  create: (basics?: { currency: string; country: string }) => Promise<void>;
  openSample: () => void;
  removeSample: () => void;
  backup: () => void;
  /** Asks where, and copies the book there. */
  backupTo: () => Promise<void>;
  close: () => void;
}

/** What can be done with the book as a file: for the menu, the palette and the first run. */
export function useBookActions(): BookActions {
  const { t } = useTranslation("frame");
  const status = useCommand("book_status", {}).data;
  const opening = useMutation("book_open");
  const creating = useMutation("book_create");
  const sampling = useMutation("book_sample_open");
  const removing = useMutation("book_sample_remove");
  const backing = useMutation("backup_create");
  const closing = useMutation("book_close");
  const filters: FileFilter[] = [{ name: t("book.files"), extensions: ["ratebook"] }];
  const navigate = useNavigate();
  const onError = showError;
  // Another book has other customers and invoices: an address inside the old one means nothing.
  const onSuccess = () => void navigate({ to: "/" });
  const openPath = (path: string) => opening.mutate({ path }, { onError, onSuccess });
  const copyTo = (path: string | null) =>
    backing.mutate(
      { path },
      {
        onError,
        onSuccess: (copy) => showToast({ text: t("book.backedUp", { file: fileName(copy.path) }), tone: "gain" }),
      },
    );

  return {
    recent: status?.recent ?? [],
    openPath,
    async open() {
      const [path] = await host().openFiles({ title: t("book.open"), filters });
      if (path) openPath(path);
    },
    async create(basics) {
      const path = await host().saveFile({
        title: t("book.create"),
        filters,
        suggestedName: t("book.suggestedName"),
      });
      const book = status?.book;
      const request = { currency: book?.currency ?? "EUR", country: "DE", ...basics, path };
      if (path) creating.mutate(request, { onError, onSuccess });
    },
    openSample: () => sampling.mutate({}, { onError, onSuccess }),
    removeSample: () =>
      removing.mutate(
        {},
        {
          onError,
          onSuccess() {
            showToast({ text: t("book.sampleRemoved") });
            onSuccess();
          },
        },
      ),
    close: () => closing.mutate({}, { onError, onSuccess }),
    backup: () => copyTo(null),
    async backupTo() {
      const path = await host().saveFile({ title: t("book.backup"), filters, suggestedName: status?.book?.name });
      if (path) copyTo(path);
    },
  };
}
