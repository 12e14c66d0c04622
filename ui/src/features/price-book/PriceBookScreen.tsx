import { useTranslation } from "react-i18next";
import { Screen } from "../../app/Screen";

export function PriceBookScreen() {
  const { t } = useTranslation("price-book");
  return <Screen title={t("title")}>{null}</Screen>;
}
