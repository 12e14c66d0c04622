import { useTranslation } from "react-i18next";
import { UnitPrice } from "../../components/UnitPrice";
import type { PriceManyReply, PricePlace } from "../../ipc/generated/types";
import { useFormats } from "../../lib/use-formats";
import styles from "./PriceBook.module.css";
import { faultWords, placeWords } from "./words";

const SHOWN = 12;

/** What many changes at once would do: how many cells, some before and after, and every fault. */
export function ManyPreview({ reply, isOld }: { reply: PriceManyReply; isOld: boolean }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const count = (key: string, value: number) => (value > 0 ? t(key, { count: value, cells: formats.quantity(String(value)) }) : null);
  const name = (place: PricePlace) => [place.model, placeWords({ level: "book", owner: null, ...place })].join(", ");
  return (
    <section className={styles.many} aria-label={t("many.title")} aria-busy={isOld}>
      <p role="status">
        {[count("many.changed", reply.changed), count("many.unchanged", reply.unchanged), count("many.skipped", reply.skipped)].filter(Boolean).join(", ") || t("many.none")}
        {reply.belowCost > 0 && <span className="loss"> {count("many.below", reply.belowCost)}</span>}
      </p>
      {reply.faults.length > 0 && (
        <div role="alert" className={styles.manyFaults}>
          <p className="medium">{t("many.faults", { count: reply.faultCount, faults: formats.quantity(String(reply.faultCount)) })}</p>
          <ul>
            {reply.faults.slice(0, SHOWN).map((one, index) => (
              <li key={index}>
                <span className="muted">{one.row > 0 ? t("many.at", { row: one.row, column: one.column }) : null}</span> {name(one.place)}: {faultWords(one.fault)}
              </li>
            ))}
          </ul>
          {reply.faultCount > SHOWN && <p className="small">{t("many.moreFaults", { count: reply.faultCount - SHOWN })}</p>}
        </div>
      )}
      {reply.examples.length > 0 && (
        <table className={styles.table}>
          <thead>
            <tr>
              <th>{t("many.price")}</th>
              <th>{t("review.was")}</th>
              <th>{t("review.willBe")}</th>
            </tr>
          </thead>
          <tbody>
            {reply.examples.slice(0, SHOWN).map((one, index) => (
              <tr key={index}>
                <td>{name(one.place)}</td>
                <td>
                  <UnitPrice value={one.was} className="muted" />
                </td>
                <td>
                  <UnitPrice value={one.willBe} tone="pencil" className="medium" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
