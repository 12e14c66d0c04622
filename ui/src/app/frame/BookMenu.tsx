import { ChevronsUpDown } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon";
import type { BookStatus } from "../../ipc/generated/types";
import { cx } from "../../lib/cx";
import { fileName } from "../../lib/paths";
import styles from "./BookMenu.module.css";
import { Mark } from "./Mark";

/** The open book at the top left. */
export function BookMenu({ book }: { book: BookStatus | undefined }) {
  const { t } = useTranslation("frame");
  return (
    <button type="button" className={styles.book}>
      <Mark />
      <span className={cx(styles.words, "grow")}>
        <b className={cx(styles.name, "truncate")}>{book?.name ?? t("book.none")}</b>
        <small className={cx(styles.file, "truncate")}>{book ? fileName(book.file) : ""}</small>
      </span>
      <Icon icon={ChevronsUpDown} size="s" className={styles.arrows} />
    </button>
  );
}
