import { useState } from "react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { InspectorSection } from "../../components/Inspector";
import { Money } from "../../components/Money";
import { Percent, Quantity } from "../../components/Quantity";
import type { DecimalString, ModelSales } from "../../ipc/generated/types";
import { cx } from "../../lib/cx";
import { useFormats } from "../../lib/use-formats";
import styles from "./PriceBook.module.css";

const FEW = 6;

/** Who bought the model in the last 30 days: how much, for how much, and what remained. */
export function Buyers({ sales }: { sales: ModelSales | null }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const [isWhole, setWhole] = useState(false);
  if (sales === null) return null;
  const { all, buyers, currency } = sales;
  const some = isWhole ? buyers : buyers.slice(0, FEW);
  const calls = (count: number) => t("callCount", { count, calls: formats.quantity(String(count)) });
  return (
    <InspectorSection title={t("buyers")} aside={<span className="small">{t("buyersDays", { from: formats.date(sales.from), to: formats.date(sales.to) })}</span>}>
      {buyers.length === 0 ? (
        <p className="small muted">{t("noBuyers")}</p>
      ) : (
        <>
          <p className={cx("small", "num", styles.sums)}>
            <span>
              <Quantity value={all.tokens} short className="strong" /> {t("tokens").toLowerCase()}
            </span>
            <span>{calls(all.requests)}</span>
            <span>
              <Revenue value={all.revenue} currency={currency} className="strong" /> {t("revenueWord")}
            </span>
            {all.margin !== null && (
              <span>
                <Percent value={all.margin} lossWhenNegative className="strong" /> {t("marginWord")}
              </span>
            )}
          </p>
          <table className={styles.table}>
            <thead>
              <tr>
                <th>{t("customer")}</th>
                <th>{t("tokens")}</th>
                <th>{t("revenue")}</th>
                <th>{t("view.margin")}</th>
              </tr>
            </thead>
            <tbody>
              {some.map(({ customerId, name, bought }) => (
                <tr key={customerId}>
                  <td>
                    <Link to="/customers/$id" params={{ id: customerId }} className={cx("truncate", styles.cut, styles.buyer)} title={name}>
                      {name}
                    </Link>
                    <span className="dim tiny">{calls(bought.requests)}</span>
                  </td>
                  <td>
                    <Quantity value={bought.tokens} short />
                  </td>
                  <td>
                    <Revenue value={bought.revenue} currency={currency} />
                  </td>
                  <td>{bought.margin === null ? <span className="dim">·</span> : <Percent value={bought.margin} lossWhenNegative />}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
      {buyers.length > some.length && (
        <Button size="small" kind="ghost" onPress={() => setWhole(true)}>
          {t("moreBuyers", { count: buyers.length - some.length })}
        </Button>
      )}
    </InspectorSection>
  );
}

/** Nothing is no zero: some of the usage has no price. */
function Revenue({ value, currency, className }: { value: DecimalString | null; currency: string; className?: string }) {
  const { t } = useTranslation("price-book");
  if (value === null) return <span className="pencil">{t("notKnown")}</span>;
  return <Money value={{ amount: value, currency }} className={className} />;
}
