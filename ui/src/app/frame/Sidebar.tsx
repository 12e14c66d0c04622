import { Link } from "@tanstack/react-router";
import { Keyboard, Search, Settings } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Badge } from "../../components/Tag";
import { Icon } from "../../components/Icon";
import { Keycap } from "../../components/Keycap";
import type { OpenBook } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { cx } from "../../lib/cx";
import { useFormats } from "../../lib/use-formats";
import { navigation, type NavItem } from "../navigation";
import { openPalette } from "../palette/state";
import { openShortcuts } from "../ShortcutSheet";
import { comboOf } from "../shortcuts";
import { BookMenu } from "./BookMenu";
import styles from "./Sidebar.module.css";

export function Sidebar({ book }: { book: OpenBook | undefined }) {
  const { t } = useTranslation("frame");
  return (
    <nav className={styles.side} aria-label={t("main")}>
      <BookMenu book={book} />
      <button type="button" className={styles.find} onClick={openPalette}>
        <Icon icon={Search} size="s" />
        <span className={cx(styles.words, "grow")}>{t("search")}</span>
        <Keycap combo={comboOf("palette")} className={styles.words} />
      </button>
      {navigation.map((group) => (
        <div key={group.id} role="group" aria-label={t(`group.${group.id}`)}>
          <p className={styles.group} aria-hidden>
            <span className={styles.words}>{t(`group.${group.id}`)}</span>
          </p>
          {group.items.map((item) => (
            <NavLink key={item.id} item={item} book={book} />
          ))}
        </div>
      ))}
      <span className="grow" />
      <NavPlace to="/settings" isOff={!book} title={t("nav.settings")}>
        <Icon icon={Settings} />
        <span className={styles.words}>{t("nav.settings")}</span>
      </NavPlace>
      <button type="button" className={styles.nav} onClick={openShortcuts} title={t("nav.shortcuts")}>
        <Icon icon={Keyboard} />
        <span className={styles.words}>{t("nav.shortcuts")}</span>
        <span className={styles.count}>
          <Keycap combo={comboOf("help")} />
        </span>
      </button>
    </nav>
  );
}

function NavLink({ item, book }: { item: NavItem; book: OpenBook | undefined }) {
  const { t } = useTranslation("frame");
  return (
    <NavPlace to={item.to} isOff={!book} title={t(`nav.${item.id}`)}>
      <Icon icon={item.icon} />
      <span className={styles.words}>{t(`nav.${item.id}`)}</span>
      {book && <NavCount item={item} book={book} />}
    </NavPlace>
  );
}

interface NavPlaceProps {
  to: NavItem["to"] | "/settings";
  /** Without a book there is nowhere to go. */
  isOff: boolean;
  title: string;
  children: ReactNode;
}

function NavPlace({ to, isOff, title, children }: NavPlaceProps) {
  return (
    <Link to={to} disabled={isOff} className={styles.nav} title={title}>
      {children}
    </Link>
  );
}

function NavCount({ item, book }: { item: NavItem; book: OpenBook }) {
  const { t } = useTranslation("frame");
  const formats = useFormats();
  const counted = useCommand("book_counts", {}).data;
  const draft = useCommand("price_draft_get", {}).data?.draft;
  const counts: Partial<Record<NavItem["id"], number>> = {
    prices: draft?.staged ?? 0,
    usage: counted?.inbox ?? 0,
    customers: book.customers,
    invoices: counted?.drafts ?? 0,
  };
  const count = counts[item.id] ?? 0;
  if (count === 0) return null;
  return (
    <span className={styles.count} title={t(`count.${item.id}`, { count })}>
      <Badge count={formats.quantity(String(count))} tone={item.id === "usage" ? "loss" : item.id === "prices" ? "pencil" : "plain"} />
    </span>
  );
}
