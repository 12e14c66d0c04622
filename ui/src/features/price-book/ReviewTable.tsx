import { RotateCcw } from "lucide-react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../components/IconButton";
import { Money } from "../../components/Money";
import { Percent } from "../../components/Quantity";
import { Checkbox } from "../../components/Switch";
import { UnitPrice } from "../../components/UnitPrice";
import type { PriceChangeRow, RateChange } from "../../ipc/generated/types";
import { places } from "../../lib/decimal";
import { useFormats, useFormatSetting } from "../../lib/use-formats";
import { toLocal } from "./formula-text";
import styles from "./Review.module.css";
import { faultWords, placeWords, scopeNames } from "./words";

interface ReviewTableProps {
  rows: readonly PriceChangeRow[];
  total: number;
  month: string;
  currency: string;
  /** Keys of those that are left out. */
  left: ReadonlySet<string>;
  onTick: (key: string) => void;
  onAll: (isOn: boolean) => void;
  onRevert: (row: PriceChangeRow) => void;
}

/** Each change: was, will be, rule, margin before and after, and what it does to the month. */
export function ReviewTable({ rows, total, month, currency, left, onTick, onAll, onRevert }: ReviewTableProps) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const isAll = rows.every((row) => !left.has(row.key));
  return (
    <>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>
              <Checkbox aria-label={t("review.all")} isSelected={isAll} isIndeterminate={!isAll && left.size < rows.length} onChange={onAll} />
            </th>
            <th>{t("review.price", { currency })}</th>
            <th>{t("review.rule")}</th>
            <th data-figure>{t("review.was")}</th>
            <th data-figure>{t("review.willBe")}</th>
            <th data-figure>{t("review.change")}</th>
            <th data-figure>{t("view.margin")}</th>
            <th data-figure>{t("review.on", { month: formats.month(month).split(" ")[0] })}</th>
            <th>
              <span className="visually-hidden">{t("revert")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.key} row={row} currency={currency} isIn={!left.has(row.key)} onTick={() => onTick(row.key)} onRevert={() => onRevert(row)} />
          ))}
        </tbody>
      </table>
      {total > rows.length && <p className={styles.more}>{t(left.size === 0 ? "review.more" : "review.moreStay", { count: total - rows.length, changes: formats.quantity(String(total - rows.length)) })}</p>}
    </>
  );
}

interface RowProps {
  row: PriceChangeRow;
  currency: string;
  isIn: boolean;
  onTick: () => void;
  onRevert: () => void;
}

function Row({ row, currency, isIn, onTick, onRevert }: RowProps) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const name = row.rate ? t("review.rate", { base: row.rate.base, quote: row.rate.quote }) : (row.scope.model ?? scopeNames(row.scope));
  const detail = [row.rate && t("review.exchange"), row.scope.model && placeWords(row.scope), row.ownerName, row.customers > 0 && t("review.customers", { count: row.customers, customers: formats.quantity(String(row.customers)) })];
  return (
    <tr data-left={!isIn || undefined}>
      <td>
        <Checkbox aria-label={t("review.take", { name: [name, ...detail].filter(Boolean).join(", ") })} isSelected={isIn} onChange={onTick} />
      </td>
      <td>
        <span className="medium id">{name}</span>
        <span className={styles.under}>{detail.filter(Boolean).join(", ")}</span>
      </td>
      <td>
        <RuleWords row={row} />
        <span className={styles.under}>{row.fault ? <span className="loss">{faultWords(row.fault)}</span> : row.note}</span>
      </td>
      <td data-figure>
        {row.was !== null && (
          <s className="muted">
            <UnitPrice value={row.was} />
          </s>
        )}
        {row.rate && <span className={styles.under}><RateSource rate={row.rate.was} /></span>}
      </td>
      <td data-figure>{row.willBe !== null && <UnitPrice value={row.willBe} className="strong" tone={row.belowCost ? "loss" : "pencil"} />}</td>
      <td data-figure>{row.change !== null && <Percent value={row.change} sign="always" />}</td>
      <td data-figure>
        {row.marginBefore !== null && <Percent value={row.marginBefore} lossWhenNegative />} {row.marginAfter !== null && <span className="muted">{t("review.to")}</span>}{" "}
        {row.marginAfter !== null && <Percent value={row.marginAfter} lossWhenNegative />}
      </td>
      <td data-figure>{row.effect !== null && <Money value={{ amount: row.effect, currency }} sign="always" lossWhenNegative />}</td>
      <td>
        <IconButton icon={RotateCcw} size="small" label={t("review.revertOf", { name: [name, detail[0]].filter(Boolean).join(", ") })} onPress={onRevert} />
      </td>
    </tr>
  );
}

/** What the rule will say: a formula, a price, a percent, or that it ends. */
function RuleWords({ row }: { row: PriceChangeRow }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const { locale } = useFormatSetting();
  if (row.rate) return <RateSource rate={row.rate.willBe} />;
  if (row.own?.typed) {
    const typed = toLocal(row.own.typed, locale);
    return <span className="mono small">{typed.trimStart().startsWith("=") ? typed : `= ${typed}`}</span>;
  }
  if (row.own?.price) return <span>{t("formula.price", { price: formats.unitPrice(row.own.price, row.own.currency) })}</span>;
  if (row.markup) return <span>{t("review.markup", { percent: formats.percent(row.markup.percent, { places: places(row.markup.percent), sign: "always" }) })}</span>;
  return <span>{t("review.ends")}</span>;
}

/** Who published a rate, for which day. */
function RateSource({ rate }: { rate: RateChange["was"] }) {
  const formats = useFormats();
  if (rate === null) return null;
  return <span>{[rate.source, formats.date(rate.on)].filter(Boolean).join(", ")}</span>;
}
