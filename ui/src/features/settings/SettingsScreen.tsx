import { getRouteApi, Link } from "@tanstack/react-router";
import { ArrowLeftRight, Building2, Database, Hash, Info, Keyboard, Palette as PaletteIcon } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Screen } from "../../app/Screen";
import { Icon, type LucideIcon } from "../../components/Icon";
import { AboutSection } from "./AboutSection";
import { AppearanceSection } from "./AppearanceSection";
import { BookSection } from "./BookSection";
import { CompanySection } from "./CompanySection";
import { ExchangeSection } from "./ExchangeSection";
import { KeyboardSection } from "./KeyboardSection";
import { SECTIONS, type Section } from "./model";
import { NumbersSection } from "./NumbersSection";
import styles from "./Settings.module.css";

const route = getRouteApi("/settings");

const ICONS: Record<Section, LucideIcon> = {
  company: Building2,
  numbers: Hash,
  exchange: ArrowLeftRight,
  appearance: PaletteIcon,
  book: Database,
  keyboard: Keyboard,
  about: Info,
};

/** Settings of the book, and of this window. */
export function SettingsScreen() {
  const { t } = useTranslation("settings");
  const search = route.useSearch();
  const section = search.section ?? "company";
  const parts: Record<Section, () => ReactNode> = {
    company: () => <CompanySection />,
    numbers: () => <NumbersSection />,
    exchange: () => <ExchangeSection key={`${search.base} ${search.quote}`} wanted={{ base: search.base, quote: search.quote }} />,
    appearance: () => <AppearanceSection />,
    book: () => <BookSection />,
    keyboard: () => <KeyboardSection />,
    about: () => <AboutSection />,
  };
  return (
    <Screen title={t("title")} fill>
      <div className={styles.settings}>
        <nav className={styles.nav} aria-label={t("sections")}>
          {SECTIONS.map((one) => (
            <Link
              key={one}
              to="/settings"
              search={{ section: one }}
              className={styles.link}
              data-on={one === section || undefined}
              aria-current={one === section ? "true" : undefined}
            >
              <Icon icon={ICONS[one]} />
              {t(`section.${one}`)}
            </Link>
          ))}
        </nav>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it */}
        <section className={styles.scroll} aria-label={t(`section.${section}`)} tabIndex={0}>
          <div className={styles.page}>
            <header className={styles.head}>
              <h2 className={styles.title}>{t(`section.${section}`)}</h2>
              <p className="muted">{t(`lead.${section}`)}</p>
            </header>
            {parts[section]()}
          </div>
        </section>
      </div>
    </Screen>
  );
}
