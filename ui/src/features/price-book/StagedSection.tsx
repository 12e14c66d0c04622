import { useTranslation } from "react-i18next";
import { InspectorSection } from "../../components/Inspector";
import { UnitPrice } from "../../components/UnitPrice";
import type { PriceCell } from "../../ipc/generated/types";
import { places } from "../../lib/decimal";
import { useFormats, useFormatSetting } from "../../lib/use-formats";
import { DraftEffect } from "./DraftEffect";
import { toLocal } from "./formula-text";
import styles from "./PriceBook.module.css";
import { scopeWord } from "./words";

/** What the draft makes of a cell, and what it would have done to the last full month. */
export function StagedSection({ cell, currency }: { cell: PriceCell; currency: string }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const { locale } = useFormatSetting();
  const { staged } = cell;
  if (staged === null) return null;
  const how = staged.own?.typed
    ? toLocal(staged.own.typed, locale)
    : staged.own?.price
      ? t("formula.price", { price: formats.unitPrice(staged.own.price, staged.own.currency) })
      : staged.markupPercent !== null
        ? formats.percent(staged.markupPercent, { places: places(staged.markupPercent), sign: "always" })
        : t("atCost");
  return (
    <InspectorSection title={t("draft.section")} tone="pencil">
      <dl className={styles.pairs}>
        <dt>{staged.rule ? t("draft.rule", { rule: scopeWord(staged.rule) }) : t("draft.noRule")}</dt>
        <dd className={staged.own?.typed ? "mono" : "num"}>{how}</dd>
        <dt>{t("draft.was")}</dt>
        <dd>
          <UnitPrice value={cell.sell} currency={currency} />
        </dd>
        <dt>{t("draft.willBe")}</dt>
        <dd>
          <UnitPrice value={staged.sell} currency={currency} className="strong" tone={staged.belowCost ? "loss" : "pencil"} />
        </dd>
      </dl>
      <DraftEffect cell={cell} />
    </InspectorSection>
  );
}
