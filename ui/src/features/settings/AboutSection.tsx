import { useTranslation } from "react-i18next";
import { KeyValues, Panel } from "../../components/Panel";
import { useCommand } from "../../ipc/query";
import { useFormats } from "../../lib/use-formats";
import styles from "./Settings.module.css";

/** Names and licences of what others made: the same in every language. */
const FONTS = [
  { key: "Inter", value: "SIL Open Font License 1.1" },
  { key: "JetBrains Mono", value: "SIL Open Font License 1.1" },
  { key: "Noto Sans", value: "SIL Open Font License 1.1" },
];
const DATA = [
  { key: "LiteLLM", value: "MIT" },
  { key: "genai-prices", value: "MIT" },
  { key: "Azure LLM inference trace 2023", value: "CC BY 4.0" },
];
const LICENCE = "Apache-2.0 OR MIT";

/** The program, what it stands on, and what it knows from the start. */
export function AboutSection() {
  const { t } = useTranslation("settings");
  const formats = useFormats();
  const status = useCommand("book_status", {}).data;
  return (
    <div className={styles.panels}>
      <Panel title={t("about.program")}>
        <div className="selectable">
          <KeyValues
            items={[
              { key: t("about.version"), value: status?.version ?? "" },
              { key: t("about.licence"), value: LICENCE },
              ...(status
                ? [
                    {
                      key: t("about.prices"),
                      value: t("about.pricesText", {
                        models: formats.quantity(String(status.builtIn.models)),
                        providers: formats.quantity(String(status.builtIn.providers)),
                        date: formats.date(status.builtIn.seenOn),
                      }),
                    },
                  ]
                : []),
            ]}
          />
        </div>
      </Panel>
      <Panel title={t("about.fonts")}>
        <KeyValues items={FONTS} />
      </Panel>
      <Panel title={t("about.data")} aside={t("about.dataNote")}>
        <KeyValues items={DATA} />
      </Panel>
    </div>
  );
}
