import { useTranslation } from "react-i18next";
import { Screen } from "../../app/Screen";

export function UsageScreen() {
  const { t } = useTranslation("usage");
  return <Screen title={t("title")}>{null}</Screen>;
}
