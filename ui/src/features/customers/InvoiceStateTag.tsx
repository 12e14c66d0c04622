import { CircleAlert, CircleSlash, Lock } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Tag } from "../../components/Tag";
import type { InvoiceState } from "../../ipc/generated/types";

/** The state of a document: pencil can still change, ink is final. */
export function InvoiceStateTag({ state }: { state: InvoiceState }) {
  const { t } = useTranslation("customers");
  switch (state) {
    case "held":
      return <Tag tone="loss" icon={CircleAlert}>{t("state.held")}</Tag>;
    case "finalized":
      return <Tag tone="ink" icon={Lock}>{t("state.finalized")}</Tag>;
    case "void":
      return <Tag tone="outline" icon={CircleSlash}>{t("state.void")}</Tag>;
    default:
      return <Tag tone="pencil">{t("state.draft")}</Tag>;
  }
}
