import { useTranslation } from "react-i18next";
import { Percent } from "../../components/Quantity";
import { UnitPrice } from "../../components/UnitPrice";
import type { MarkupScopeText, MarkupText, PriceCell } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { useFormats } from "../../lib/use-formats";
import styles from "./PriceBook.module.css";
import { useSettled } from "./use-prices";
import { dimensionName } from "./words";

interface MarkupExampleProps {
  scope: MarkupScopeText;
  markup: MarkupText;
  provider: string;
  model: string;
  cell: PriceCell;
  currency: string;
}

/** What one price of the model would be under the markup that is typed, with all other rules. */
export function MarkupExample({ scope, markup, provider, model, cell, currency }: MarkupExampleProps) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const rule = { scope, markup, validFrom: null };
  const asked = JSON.parse(useSettled(JSON.stringify(rule), 60)) as typeof rule;
  const reply = useCommand("markup_cell", { rule: asked, provider, model, dimension: cell.dimension, at: null }, { keepPrevious: true, brief: true });
  const then = reply.error ? null : reply.data?.cell;
  if (!then || then.sell === null) return null;
  return (
    <div className={styles.now} role="status" aria-label={t("example.label")} data-then>
      <span>
        {t("example.then", { dimension: dimensionName(cell.dimension) })} <UnitPrice value={then.sell} currency={currency} className="strong" tone={then.belowCost ? "loss" : undefined} />
      </span>
      <span className="right">{then.margin !== null && <Percent value={then.margin} lossWhenNegative />} {t("marginWord")}</span>
      <span className="muted">{cell.sell !== null && t("cellEditor.was", { price: formats.unitPrice(cell.sell, currency) })}</span>
      {then.belowCost && <span className="loss right">{t("belowCost")}</span>}
    </div>
  );
}
