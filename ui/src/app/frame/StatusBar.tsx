import { useNavigate } from "@tanstack/react-router";
import { Check, HardDrive, SunMoon, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon, type LucideIcon } from "../../components/Icon";
import type { OpenBook } from "../../ipc/generated/types";
import { nextTheme, setPreferences, usePreferences } from "../../lib/preferences";
import { useFormats } from "../../lib/use-formats";
import styles from "./StatusBar.module.css";
import { stepName } from "../steps";
import { askRemoveSample } from "./SampleDialog";
import { useUndo } from "./use-undo";

/** Saved state, undo step, backup, time zone and currency: the file is yours. */
export function StatusBar({ book }: { book: OpenBook | undefined }) {
  const { t } = useTranslation("frame");
  const { theme } = usePreferences();
  const themeName = t(`theme.${theme}`);
  return (
    <footer className={styles.bar} aria-label={t("status")}>
      {book ? <BookState book={book} /> : <Fact icon={HardDrive}>{t("local")}</Fact>}
      <button
        type="button"
        className={styles.item}
        title={t("theme.switch", { theme: themeName })}
        aria-label={t("theme.switch", { theme: themeName })}
        onClick={() => setPreferences({ theme: nextTheme(theme) })}
      >
        <Icon icon={SunMoon} size="s" />
      </button>
    </footer>
  );
}

function BookState({ book }: { book: OpenBook }) {
  const { t } = useTranslation("frame");
  const formats = useFormats();
  const navigate = useNavigate();
  const { undo } = useUndo();
  const toSettings = () => void navigate({ to: "/settings" });
  return (
    <>
      <Fact icon={Check}>
        {t("saved")}
        {book.savedAt && <span className="num">{formats.time(book.savedAt, true)}</span>}
      </Fact>
      {book.undo && (
        <button type="button" className={styles.item} onClick={undo}>
          <Icon icon={Undo2} size="s" />
          <span className="truncate">
            {t("undo", { step: stepName(book.undo) })}
          </span>
        </button>
      )}
      <span className="grow" />
      {book.sample && (
        <button type="button" className={styles.sample} onClick={askRemoveSample} title={t("sample.remove")}>
          {t("sample.tag")}
          <span className={styles.sampleAction}>{t("sample.short")}</span>
        </button>
      )}
      {book.backupAt && (
        <Fact icon={HardDrive}>
          {t("backup")}
          <span className="num">{formats.time(book.backupAt)}</span>
        </Fact>
      )}
      <button type="button" className={styles.item} onClick={toSettings} title={t("timeZone")}>
        {book.zone}
      </button>
      <button type="button" className={styles.item} onClick={toSettings} title={t("currency")}>
        {book.currency}
      </button>
    </>
  );
}

function Fact({ icon, children }: { icon: LucideIcon; children: ReactNode }) {
  return (
    <span className={styles.item}>
      <Icon icon={icon} size="s" />
      {children}
    </span>
  );
}
