import { useTranslation } from "react-i18next";
import { Figure } from "../../components/Figure";
import { Money } from "../../components/Money";
import { Percent } from "../../components/Quantity";
import { TileStrip } from "../../components/TileStrip";
import type { PriceReviewReply } from "../../ipc/generated/types";
import { useFormats } from "../../lib/use-formats";
import { dimensionName } from "./words";

/** Revenue, margin, bills and losses of the month, had the draft priced it. */
export function ReviewTiles({ reply }: { reply: PriceReviewReply }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const { currency } = reply;
  const count = (value: number) => formats.quantity(String(value));
  const losses = reply.belowCost.slice(0, 2).map(({ model, dimension }) => `${model} ${dimensionName(dimension).toLowerCase()}`);
  return (
    <TileStrip
      label={t("review.effect")}
      tiles={[
        {
          label: t("review.revenue", { month: formats.month(reply.month) }),
          figure: <Money value={{ amount: reply.revenueChange, currency }} sign="always" size="large" />,
          note: t("review.inPlace", {
            after: formats.money(reply.revenueAfter, currency),
            before: formats.money(reply.revenueBefore, currency),
          }),
        },
        {
          label: t("view.margin"),
          figure: <Percent value={reply.marginAfter} size="large" lossWhenNegative />,
          note: reply.marginBefore !== null && t("review.wasPercent", { percent: formats.percent(reply.marginBefore) }),
        },
        {
          label: t("review.bills"),
          figure: <Figure size="large">{t("review.upDown", { up: count(reply.billsUp), down: count(reply.billsDown) })}</Figure>,
          note: [t("review.same", { count: reply.billsUnchanged, bills: count(reply.billsUnchanged) }), reply.failed > 0 && t("review.failed", { count: reply.failed, bills: count(reply.failed) })]
            .filter(Boolean)
            .join(", "),
        },
        {
          label: t("review.below"),
          figure: <Figure size="large" tone={reply.belowCost.length > 0 ? "loss" : undefined}>{t("review.prices", { count: reply.belowCost.length, prices: count(reply.belowCost.length) })}</Figure>,
          note: losses.join(", "),
        },
      ]}
    />
  );
}
