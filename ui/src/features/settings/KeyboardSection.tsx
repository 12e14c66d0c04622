import { Keyboard, Search } from "lucide-react";
import { useTranslation } from "react-i18next";
import { openPalette } from "../../app/palette/state";
import { openShortcuts } from "../../app/ShortcutSheet";
import { comboOf } from "../../app/shortcuts";
import { Button } from "../../components/Button";
import { Panel } from "../../components/Panel";
import { SettingRow } from "./SettingRow";

/** Everything works without a mouse: where the keys are listed. */
export function KeyboardSection() {
  const { t } = useTranslation("settings");
  return (
    <Panel flush>
      <SettingRow title={t("keys.all")} hint={t("keys.allHint")}>
        <Button icon={Keyboard} keys={comboOf("help")} onPress={openShortcuts}>
          {t("keys.show")}
        </Button>
      </SettingRow>
      <SettingRow title={t("keys.palette")} hint={t("keys.paletteHint")}>
        <Button icon={Search} keys={comboOf("palette")} onPress={openPalette}>
          {t("keys.open")}
        </Button>
      </SettingRow>
    </Panel>
  );
}
