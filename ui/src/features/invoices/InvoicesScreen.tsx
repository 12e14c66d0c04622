import { useTranslation } from "react-i18next";
import { Screen } from "../../app/Screen";

export function InvoicesScreen() {
  const { t } = useTranslation("invoices");
  return <Screen title={t("title")}>{null}</Screen>;
}
