import { useTranslation } from "react-i18next";
import { Percent } from "../../components/Quantity";
import { UnitPrice } from "../../components/UnitPrice";
import type { MarkupText, OwnPriceText } from "../../ipc/generated/types";
import { places } from "../../lib/decimal";
import { useFormatSetting } from "../../lib/use-formats";
import { toLocal } from "./formula-text";

/** What a rule says: a percent, a list price, or its formula. */
export function RuleFigure({ rule }: { rule: { markup: MarkupText | null; own: OwnPriceText | null } }) {
  const { t } = useTranslation("price-book");
  const { locale } = useFormatSetting();
  const { own, markup } = rule;
  if (own?.typed) return <span className="mono small">{toLocal(own.typed, locale)}</span>;
  if (own?.price) return <UnitPrice value={own.price} currency={own.currency} className="strong" />;
  if (markup === null) return <span className="muted">{t("ended_")}</span>;
  return <Percent value={markup.percent} places={places(markup.percent)} sign="always" className="strong" />;
}
