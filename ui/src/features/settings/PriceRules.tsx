import { useTranslation } from "react-i18next";
import { Panel } from "../../components/Panel";
import { Switch } from "../../components/Switch";
import { useCommand, useMutation } from "../../ipc/query";
import { SettingRow } from "./SettingRow";

/** Rules of the price book itself. */
export function PriceRules() {
  const { t } = useTranslation("settings");
  const rules = useCommand("price_settings_get", {}).data;
  const saving = useMutation("price_settings_save");
  return (
    <Panel title={t("prices.title")} flush>
      <SettingRow title={t("prices.belowCost")} hint={t("prices.belowCostHint")}>
        <Switch
          aria-label={t("prices.belowCost")}
          isSelected={rules?.belowCostBlocks ?? false}
          isDisabled={!rules || saving.isPending}
          onChange={(belowCostBlocks) => saving.mutate({ belowCostBlocks })}
        />
      </SettingRow>
    </Panel>
  );
}
