import { Search } from "lucide-react";
import { useState, type KeyboardEvent } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon";
import { Keycap } from "../../components/Keycap";
import { useAllActions } from "../actions";
import { useShortcut } from "../use-shortcut";
import { moved, sections, type Entry } from "./model";
import styles from "./Palette.module.css";
import { PaletteList } from "./PaletteList";
import { closePalette, openPalette, recentIds, remember, usePaletteOpen } from "./state";
import { useFound } from "./use-found";

/** Ctrl K: every action and every thing, found as you type. */
export function Palette() {
  const isOpen = usePaletteOpen();
  useShortcut("palette", openPalette);
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && closePalette()}
      isDismissable
      className={styles.scrim}
      data-modal
    >
      <Modal className={styles.modal}>
        <PaletteDialog />
      </Modal>
    </ModalOverlay>
  );
}

function PaletteDialog() {
  const { t } = useTranslation("palette");
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const [recent] = useState(recentIds);
  const actions = useAllActions();
  const { sections: found, busy } = useFound(query);
  useShortcut("palette", closePalette, { scope: "modal" });

  const listed = sections(query, actions, found, recent, { recent: t("recent"), actions: t("actions") });
  const entries = listed.flatMap((section) => section.entries);
  const index = Math.min(at, Math.max(0, entries.length - 1));
  const selected = entries[index];

  function choose(entry: Entry | undefined) {
    if (!entry) return;
    remember(entry.id);
    closePalette();
    entry.item.run();
  }

  function onKeyDown(event: KeyboardEvent) {
    const by: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 6, PageUp: -6 };
    const step = by[event.key];
    if (step !== undefined) setAt(moved(index, step, entries.length));
    else if (event.key === "Enter") choose(selected);
    else return;
    event.preventDefault();
  }

  return (
    <Dialog className={styles.dialog} aria-label={t("title")}>
      <div className={styles.field}>
        <Icon icon={Search} size="l" />
        <input
          className={styles.input}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog exists to be typed into
          autoFocus
          role="combobox"
          aria-expanded
          aria-controls="palette-list"
          aria-activedescendant={selected ? `palette-${index}` : undefined}
          aria-label={t("title")}
          placeholder={t("placeholder")}
          spellCheck={false}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Keycap combo="esc" />
      </div>
      <div className={styles.columns}>
        <PaletteList sections={listed} index={index} onHover={setAt} onChoose={choose} />
        <Preview entry={selected} />
      </div>
      {entries.length === 0 && (
        <p className={styles.none}>{busy ? t("searching") : t("none", { query })}</p>
      )}
      <footer className={styles.foot}>
        <Keycap combo="up" />
        <Keycap combo="down" />
        <span>{t("move")}</span>
        <Keycap combo="enter" />
        <span>{t("open")}</span>
        <span className="grow" />
        <span role="status">{t("count", { count: entries.length })}</span>
      </footer>
    </Dialog>
  );
}

function Preview({ entry }: { entry: Entry | undefined }) {
  const preview = entry && "preview" in entry.item ? entry.item.preview : undefined;
  if (!preview) return null;
  return <div className={styles.preview}>{preview()}</div>;
}
