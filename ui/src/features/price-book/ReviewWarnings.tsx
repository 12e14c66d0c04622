import { Link } from "@tanstack/react-router";
import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Quantity } from "../../components/Quantity";
import { Note } from "../../components/States";
import { UnitPrice } from "../../components/UnitPrice";
import type { PriceReviewReply } from "../../ipc/generated/types";
import { useFormats, useFormatSetting } from "../../lib/use-formats";
import styles from "./Review.module.css";
import { columnName, conditionWords, problemWords } from "./words";

interface ReviewWarningsProps {
  reply: PriceReviewReply;
}

/** Usage that the draft would leave without a price: it would wait, and nobody would be billed. */
export function ReviewHeld({ reply }: ReviewWarningsProps) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const { held, heldTotal, heldEvents } = reply;
  if (heldTotal === 0) return null;
  const facts = (row: (typeof held)[number]) => row.facts.map(({ value }) => value).join(" → ");
  return (
    <section className={styles.warning}>
      <h3 className={styles.heading}>
        {t("review.waits")} <span className="muted">{t("review.waitsOf", { count: heldEvents, events: formats.quantity(String(heldEvents)), month: formats.month(reply.month) })}</span>
      </h3>
      <table className={styles.table} data-dense>
        <thead>
          <tr>
            <th>{t("customer")}</th>
            <th>{t("model")}</th>
            <th>{t("review.why")}</th>
            <th data-figure>{t("review.events")}</th>
          </tr>
        </thead>
        <tbody>
          {held.map((row) => (
            <tr key={[row.customerId, row.provider, row.model, row.dimension, row.reason].join("|")}>
              <td>
                <Link to="/customers/$id" params={{ id: row.customerId }} className={styles.link}>
                  {row.customer}
                </Link>
              </td>
              <td>
                <span className="id">{row.model}</span> <span className="dim">{columnName(row.dimension)}</span>
              </td>
              <td className="pencil">
                {problemWords(row.reason)} {row.reason === "no_exchange_rate" && <span className="dim">{facts(row)}</span>}
              </td>
              <td data-figure>
                <Quantity value={String(row.events)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {heldTotal > held.length && <p className={styles.more}>{t("review.moreRows", { count: heldTotal - held.length, rows: formats.quantity(String(heldTotal - held.length)) })}</p>}
    </section>
  );
}

/** Prices below cost that the rule of the price book does not let through. */
export function ReviewBlocks({ reply }: ReviewWarningsProps) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const setting = useFormatSetting();
  const { blocking, blockingTotal } = reply;
  if (!isBlocked(reply)) return null;
  return (
    <section>
      <h3 className={styles.heading}>{t("review.blocks")}</h3>
      <div className={styles.note}>
        <Note tone="loss" icon={CircleAlert}>
          {t("review.blocksWhy")}{" "}
          <Link to="/settings" search={{ section: "exchange" }} className={styles.link}>
            {t("toSettings")}
          </Link>
        </Note>
      </div>
      <table className={styles.table} data-dense>
        <thead>
          <tr>
            <th>{t("model")}</th>
            <th data-figure>{t("view.sell")}</th>
            <th data-figure>{t("costWord")}</th>
          </tr>
        </thead>
        <tbody>
          {blocking.map((row) => (
            <tr key={[row.provider, row.model, row.dimension, ...row.conditions].join("|")}>
              <td>
                <span className="id">{row.model}</span>{" "}
                <span className="dim">{[columnName(row.dimension), ...row.conditions.map((condition) => conditionWords(condition, setting))].join(", ")}</span>
              </td>
              <td data-figure>
                <UnitPrice value={row.sell} currency={row.currency} tone="loss" />
              </td>
              <td data-figure>
                <UnitPrice value={row.cost} currency={row.currency} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {blockingTotal > blocking.length && <p className={styles.more}>{t("review.moreRows", { count: blockingTotal - blocking.length, rows: formats.quantity(String(blockingTotal - blocking.length)) })}</p>}
    </section>
  );
}

/** The rule of the price book refuses what is ticked. */
export function isBlocked({ belowCostBlocks, blockingTotal }: PriceReviewReply): boolean {
  return belowCostBlocks && blockingTotal > 0;
}
