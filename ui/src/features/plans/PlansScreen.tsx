import { useTranslation } from "react-i18next";
import { Screen } from "../../app/Screen";

export function PlansScreen() {
  const { t } = useTranslation("plans");
  return <Screen title={t("title")}>{null}</Screen>;
}
