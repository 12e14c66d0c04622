import { useTranslation } from "react-i18next";
import { Money } from "../../components/Money";
import type { PriceCell } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { useFormats } from "../../lib/use-formats";
import styles from "./PriceBook.module.css";

/** What the draft would have done to the last full month: all changes, and the margin. */
export function DraftEffect({ cell }: { cell: PriceCell }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const review = useCommand("price_review", { month: null, only: null }, { keepPrevious: true }).data;
  if (!review) return <p className="small muted">{t("draft.wait")}</p>;
  const mine = review.changes.find(({ scope }) => scope.dimension === cell.dimension && (scope.conditions ?? "") === cell.conditionsKey && scope.model !== null);
  const money = (amount: string) => <Money value={{ amount: amount as never, currency: review.currency }} sign="always" className="strong" />;
  return (
    <dl className={styles.pairs}>
      <dt className="pencil medium">{t("draft.ifApplied", { version: review.draft.number, month: formats.month(review.month) })}</dt>
      <dd />
      {mine?.effect && (
        <>
          <dt>{t("draft.thisCell")}</dt>
          <dd>{money(mine.effect)}</dd>
        </>
      )}
      <dt>{t("draft.allChanges", { count: review.total, changes: formats.quantity(String(review.total)) })}</dt>
      <dd>{money(review.revenueChange)}</dd>
      {review.marginBefore !== null && review.marginAfter !== null && (
        <>
          <dt>{t("draft.margin")}</dt>
          <dd className="num strong">{t("draft.fromTo", { from: formats.percent(review.marginBefore), to: formats.percent(review.marginAfter) })}</dd>
        </>
      )}
    </dl>
  );
}
