import { Monitor, Moon, Sun } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Money } from "../../components/Money";
import { Panel } from "../../components/Panel";
import { Segmented } from "../../components/Segmented";
import { Select } from "../../components/Select";
import { Switch } from "../../components/Switch";
import { useCommand } from "../../ipc/query";
import { localeName } from "../../lib/names";
import { setPreferences, usePreferences, type Density, type Theme } from "../../lib/preferences";
import { useFormats } from "../../lib/use-formats";
import { SettingRow } from "./SettingRow";

const BOOK = "book";

/** How this window looks. It is kept on this computer, not in the book. */
export function AppearanceSection() {
  const { t, i18n } = useTranslation(["settings", "frame"]);
  const formats = useFormats();
  const look = usePreferences();
  const locales = useCommand("choices", {}).data?.locales ?? [];
  const book = useCommand("book_status", {}).data?.book;
  const options = [
    { value: BOOK, label: t("look.asBook"), detail: book?.locale },
    ...locales.map((tag) => ({ value: tag, label: localeName(tag, i18n.language), detail: tag })),
  ];
  return (
    <Panel flush>
      <SettingRow title={t("look.theme")} hint={t("look.themeHint")}>
        <Segmented<Theme>
          label={t("look.theme")}
          value={look.theme}
          onChange={(theme) => setPreferences({ theme })}
          segments={[
            { value: "light", label: t("look.light"), icon: Sun },
            { value: "dark", label: t("look.dark"), icon: Moon },
            { value: "system", label: t("look.system"), icon: Monitor },
          ]}
        />
      </SettingRow>
      <SettingRow title={t("look.density")} hint={t("look.densityHint")}>
        <Segmented<Density>
          label={t("look.density")}
          value={look.density}
          onChange={(density) => setPreferences({ density })}
          segments={(["compact", "default", "comfortable"] as const).map((value) => ({ value, label: t(`look.${value}`) }))}
        />
      </SettingRow>
      <SettingRow
        title={t("look.locale")}
        hint={
          <>
            <Money value={{ amount: "1234567.89", currency: book?.currency ?? "EUR" }} />, {formats.date("2026-10-03")}
          </>
        }
      >
        <Select
          aria-label={t("look.locale")}
          value={look.locale ?? BOOK}
          options={options}
          onChange={(locale) => setPreferences({ locale: locale === BOOK ? null : locale })}
        />
      </SettingRow>
      <SettingRow title={t("look.inspector")} hint={t("look.inspectorHint")}>
        <Switch aria-label={t("look.inspector")} isSelected={look.inspector} onChange={(inspector) => setPreferences({ inspector })} />
      </SettingRow>
    </Panel>
  );
}
