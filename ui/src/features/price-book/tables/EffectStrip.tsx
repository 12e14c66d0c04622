import { useTranslation } from "react-i18next";
import { Money } from "../../../components/Money";
import { Percent, Quantity } from "../../../components/Quantity";
import { TileStrip, type Tile } from "../../../components/TileStrip";
import type { PriceImportPreviewReply, PriceTakenReply } from "../../../ipc/generated/types";
import { useFormats } from "../../../lib/use-formats";
import { providerName } from "../words";

/** What the ticked lines would have done to 30 days of usage. */
export function EffectStrip({ preview, taken }: { preview: PriceImportPreviewReply; taken: PriceTakenReply }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const { effect } = taken;
  const lines = taken.kinds.reduce((sum, kind) => sum + kind.lines, 0);
  const tiles: Tile[] = [
    {
      label: t("import.differs"),
      figure: <Quantity value={lines} />,
      note: <span className="dim small">{t("import.ofModels", { count: preview.models, models: formats.quantity(String(preview.models)), format: t(`import.format.${preview.format}`, { defaultValue: preview.format }) })}</span>,
    },
  ];
  if (effect) {
    const span = t("import.span", { from: formats.date(effect.from), to: formats.date(effect.to) });
    const rows = effect.providers.slice(0, 3).map((row) => `${providerName(row.provider)} ${formats.money(row.costBefore, effect.currency)} → ${formats.money(row.costAfter, effect.currency)}`);
    tiles.push(
      {
        label: t("import.costBefore"),
        figure: <Money value={{ amount: effect.costBefore, currency: effect.currency }} />,
        note: <span className="dim small">{span}</span>,
      },
      {
        label: t("import.costAfter"),
        figure: <Money value={{ amount: effect.costAfter, currency: effect.currency }} />,
        note: <span className="dim small">{rows.length > 0 ? rows.join(", ") : t("import.sameCost")}</span>,
      },
      {
        label: t("import.margin"),
        figure: <Percent value={effect.marginAfter} lossWhenNegative />,
        note: (
          <span className="dim small">
            {t("import.marginWas")} <Percent value={effect.marginBefore} lossWhenNegative />
          </span>
        ),
      },
    );
  }
  return <TileStrip label={t("import.effect")} tiles={tiles} />;
}
