import { ChevronsUpDown, CopyPlus, FilePlus2, FolderOpen, Trash2 } from "lucide-react";
import { Button } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon";
import { Menu, MenuItem, MenuSection, MenuSeparator } from "../../components/Menu";
import type { OpenBook } from "../../ipc/generated/types";
import { cx } from "../../lib/cx";
import { useBookActions } from "../use-book-actions";
import styles from "./BookMenu.module.css";
import { Mark } from "./Mark";
import { askRemoveSample } from "./SampleDialog";

/** The open book at the top left: recent books, open, new, backup. */
export function BookMenu({ book }: { book: OpenBook | undefined }) {
  const { t } = useTranslation("frame");
  const actions = useBookActions();
  const others = actions.recent.filter((recent) => recent.path !== book?.path);
  const name = book ? book.company || t("book.new") : t("book.none");
  const trigger = (
    <Button className={styles.book ?? ""} aria-label={`${name} ${book?.name ?? ""}`}>
      <Mark />
      <span className={cx(styles.words, "grow")}>
        <b className={cx(styles.name, "truncate")}>{name}</b>{" "}
        {book && <small className={cx(styles.file, "truncate")}>{book.name}</small>}
      </span>
      <Icon icon={ChevronsUpDown} size="s" className={styles.arrows} />
    </Button>
  );
  return (
    <Menu trigger={trigger} label={t("book.menu", { name })} width={260}>
      {others.length > 0 && (
        <MenuSection title={t("book.recent")}>
          {others.map((recent) => (
            <MenuItem
              key={recent.path}
              id={recent.path}
              isDisabled={!recent.present}
              detail={recent.present ? undefined : t("book.gone")}
              onAction={() => actions.openPath(recent.path)}
            >
              {recent.name}
            </MenuItem>
          ))}
        </MenuSection>
      )}
      {others.length > 0 && <MenuSeparator />}
      <MenuItem id="open" icon={FolderOpen} onAction={() => void actions.open()}>
        {t("book.open")}
      </MenuItem>
      <MenuItem id="new" icon={FilePlus2} onAction={() => void actions.create()}>
        {t("book.create")}
      </MenuItem>
      {book && (
        <MenuItem id="backup" icon={CopyPlus} onAction={actions.backup}>
          {t("book.backup")}
        </MenuItem>
      )}
      {book?.sample && (
        <MenuItem id="sample" icon={Trash2} danger onAction={askRemoveSample}>
          {t("book.removeSample")}
        </MenuItem>
      )}
    </Menu>
  );
}
