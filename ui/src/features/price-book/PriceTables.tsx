import { useTranslation } from "react-i18next";
import { InspectorSection } from "../../components/Inspector";
import { Percent } from "../../components/Quantity";
import { Tag } from "../../components/Tag";
import { UnitPrice } from "../../components/UnitPrice";
import type { MarkupRuleText, ModelPrice, NameMatch } from "../../ipc/generated/types";
import { cx } from "../../lib/cx";
import { useFormats, useFormatSetting } from "../../lib/use-formats";
import styles from "./PriceBook.module.css";
import { RuleFigure } from "./RuleFigure";
import { conditionWords, ownerWords, scopeNames } from "./words";

/** Prices for long contexts, batches, tiers and times of day. */
export function Conditional({ prices, currency }: { prices: readonly ModelPrice[]; currency: string }) {
  const { t } = useTranslation("price-book");
  const setting = useFormatSetting();
  return (
    <InspectorSection title={t("conditional")}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>{t("when")}</th>
            <th>{t("costWord")}</th>
            <th>{t("view.sell")}</th>
            <th>{t("view.margin")}</th>
          </tr>
        </thead>
        <tbody>
          {prices.map((price, index) => (
            <tr key={index}>
              <td>{price.conditions.map((condition) => conditionWords(condition, setting)).join(", ")}</td>
              <td>
                <UnitPrice value={price.cell.costConverted ?? price.cell.cost} currency={price.cell.costConverted === null ? price.cell.costCurrency : currency} />
              </td>
              <td>
                <UnitPrice value={price.cell.sell} currency={currency} className="medium" tone={price.cell.belowCost ? "loss" : undefined} />
              </td>
              <td>
                <Percent value={price.cell.margin} lossWhenNegative />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </InspectorSection>
  );
}

/** The rules that concern the model, the one that wins first. */
export function Rules({ rules }: { rules: readonly MarkupRuleText[] }) {
  const { t } = useTranslation("price-book");
  return (
    <InspectorSection title={t("rulesHere")}>
      {rules.length === 0 ? (
        <p className="small muted">{t("noRule")}</p>
      ) : (
        <ul className={styles.ruleList}>
          {rules.map((rule, index) => (
            <li key={index}>
              <span>
                {scopeNames(rule.scope)} <span className="dim">{rule.scope.level !== "book" && ownerWords(rule)}</span>
              </span>
              <RuleFigure rule={rule} />
            </li>
          ))}
        </ul>
      )}
    </InspectorSection>
  );
}

/** Prices of other times and what was replaced, the newest first, with their sources. */
export function History({ prices, now }: { prices: readonly ModelPrice[]; now: ModelPrice | undefined }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const setting = useFormatSetting();
  const since = (price: ModelPrice) => (price.validFrom ? formats.date(price.validFrom.slice(0, 10)) : t("sinceEver"));
  return (
    <InspectorSection title={t("history")}>
      <table className={styles.table}>
        <tbody>
          {prices.map((price, index) => (
            <tr key={index}>
              <td>
                {since(price)} {price === now && <Tag tone="ink">{t("inForce")}</Tag>}
                <span className={cx("dim", "tiny", "col")}>
                  {[
                    ...price.conditions.map((condition) => conditionWords(condition, setting)),
                    price.manual ? t("source.manual") : price.source,
                    price.seenOn && t("source.seen", { day: formats.date(price.seenOn) }),
                  ]
                    .filter(Boolean)
                    .join(", ")}
                </span>
              </td>
              <td>
                {price.cell.cost === "" ? <span className="dim">{t("ended_")}</span> : <UnitPrice value={price.cell.cost} currency={price.cell.costCurrency} className="medium" />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </InspectorSection>
  );
}

/** What usage calls the model, and why that is known to be it. */
export function Names({ matched }: { matched: readonly NameMatch[] }) {
  const { t } = useTranslation("price-book");
  if (matched.length === 0) return null;
  const why = (one: NameMatch) => [t(`match.${one.by}`, { rule: one.rule }), ...one.steps.map((step) => t(`match.${step}`))].join(", ");
  return (
    <InspectorSection title={t("aliases")}>
      <ul className={styles.ruleList}>
        {matched.slice(0, 12).map((one) => (
          <li key={one.name}>
            <span className="selectable">
              {one.name} <span className="dim tiny col">{why(one)}</span>
            </span>
          </li>
        ))}
      </ul>
    </InspectorSection>
  );
}
