import type { ReactNode } from "react";
import { Outlet } from "@tanstack/react-router";
import { I18nProvider } from "react-aria-components";
import { useTranslation } from "react-i18next";
import type { OpenBook } from "../../ipc/generated/types";
import { usePreferences } from "../../lib/preferences";
import { FormatContext, PLAIN_SETTING } from "../../lib/use-formats";
import { FramePalette } from "../FramePalette";
import { Palette } from "../palette/Palette";
import { ShortcutSheet } from "../ShortcutSheet";
import { FileDrop } from "./FileDrop";
import { Jobs } from "./Jobs";
import styles from "./Frame.module.css";
import { SampleDialog } from "./SampleDialog";
import { Sidebar } from "./Sidebar";
import { StatusBar } from "./StatusBar";
import { Toasts } from "./Toasts";
import { useBook } from "./use-book";
import { useFrameKeys } from "./use-frame-keys";

/** What surrounds every screen: sidebar, status bar, palette, messages, running jobs. */
export function Frame() {
  const { t } = useTranslation("frame");
  const book = useBook();
  useFrameKeys(book !== undefined);
  return (
    <Setting book={book}>
      <div className={styles.frame}>
        <a className={styles.skip} href="#content" onClick={skipToContent}>
          {t("skip")}
        </a>
        <Sidebar book={book} />
        <div className={styles.main}>
          <Outlet />
        </div>
        <StatusBar book={book} />
      </div>
      <FramePalette />
      <FileDrop enabled={book !== undefined} />
      <Jobs />
      <Toasts />
      <Palette />
      <ShortcutSheet />
      <SampleDialog book={book} />
    </Setting>
  );
}

/** Locale and zone for all figures, fields and dates below. */
function Setting({ book, children }: { book: OpenBook | undefined; children: ReactNode }) {
  const own = usePreferences().locale;
  const setting = book ? { locale: book.locale, timeZone: book.zone } : PLAIN_SETTING;
  return (
    <I18nProvider locale={own ?? setting.locale}>
      <FormatContext value={setting}>{children}</FormatContext>
    </I18nProvider>
  );
}

function skipToContent(event: { preventDefault(): void }) {
  // The hash is the address of the screen, so the link moves the focus by hand.
  event.preventDefault();
  document.getElementById("content")?.focus();
}
