import { useTranslation } from "react-i18next";
import { Screen } from "../../app/Screen";

export function CustomersScreen() {
  const { t } = useTranslation("customers");
  return <Screen title={t("title")}>{null}</Screen>;
}
