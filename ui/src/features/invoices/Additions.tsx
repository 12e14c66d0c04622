import { useTranslation } from "react-i18next";
import { InspectorSection } from "../../components/Inspector";
import { KeyValues } from "../../components/Panel";
import type { InvoiceGetReply } from "../../ipc/generated/types";

/** References, notes and reasons of a document, as far as it has any. */
export function Additions({ invoice }: { invoice: InvoiceGetReply }) {
  const { t } = useTranslation("invoices");
  const all = [
    { key: t("purchaseOrder"), value: invoice.purchaseOrder },
    { key: t("buyerReference"), value: invoice.buyerReference },
    { key: t("note"), value: invoice.note },
    { key: t("internalNote"), value: invoice.internalNote },
    { key: t("finalizedBecause"), value: invoice.finalizedReason },
  ];
  const items = all.filter((item) => item.value !== "").map((item) => ({ ...item, value: <span className="selectable">{item.value}</span> }));
  if (items.length === 0) return null;
  return (
    <InspectorSection title={t("references")}>
      <KeyValues items={items} />
    </InspectorSection>
  );
}
