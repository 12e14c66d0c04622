import { Filter, Pencil } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Inspector, InspectorSection } from "../../components/Inspector";
import { KeyValues } from "../../components/Panel";
import { Percent, Quantity } from "../../components/Quantity";
import type { ProviderRow } from "../../ipc/generated/types";
import { places } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import styles from "./PriceBook.module.css";
import { providerName } from "./words";

interface ProviderInspectorProps {
  provider: ProviderRow;
  onEdit: () => void;
  onOnly: () => void;
}

/** A provider's models, markup and age of prices. */
export function ProviderInspector({ provider, onEdit, onOnly }: ProviderInspectorProps) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const { markupPercent } = provider;
  return (
    <Inspector title={providerName(provider.provider)} subtitle={t("provider")}>
      <InspectorSection>
        <KeyValues
          items={[
            { key: t("modelsMatching"), value: <Quantity value={provider.matching} /> },
            { key: t("modelsAll"), value: <Quantity value={provider.models} /> },
            {
              key: t("view.markup"),
              value: markupPercent === null ? t("atCost") : <Percent value={markupPercent} places={places(markupPercent)} sign="always" />,
            },
            { key: t("pricesSeen"), value: provider.seenOn ? formats.date(provider.seenOn) : t("notKnown") },
          ]}
        />
      </InspectorSection>
      <div className={styles.buttons}>
        <Button size="small" icon={Pencil} onPress={onEdit}>
          {t("editMarkupShort")}
        </Button>
        <Button size="small" icon={Filter} onPress={onOnly}>
          {t("onlyThis")}
        </Button>
      </div>
    </Inspector>
  );
}
