import { useTranslation } from "react-i18next";
import { Figure } from "../../components/Figure";
import { Money } from "../../components/Money";
import { Percent, Quantity } from "../../components/Quantity";
import type { ChargeCompareReply, MoneyText } from "../../ipc/generated/types";
import { isZero, sign } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import { furthest, largest, wayOf, type Affected } from "./effect";
import styles from "./Effect.module.css";
import { usePaused } from "./use-paused";

interface EffectProps {
  reply: ChargeCompareReply;
  all: readonly Affected[];
  month: string | null;
  unit: string;
  /** What it is compared with; null where nothing was published. */
  before: number | null;
}

/** What the edit would mean for the book's customers, each as if they were on this price. */
export function Effect({ reply, all, month, unit, before }: EffectProps) {
  const { t } = useTranslation("plans");
  const formats = useFormats();
  const { total } = reply;
  const label = t("effect.title", { month: month === null ? "" : formats.month(month) });
  return (
    <section className={styles.strip} aria-label={label}>
      <dl className={styles.tiles}>
        <Tile label={t("effect.revenue")} note={<Against change={total.change} before={before} />}>
          <Money value={total.after} size="large" />
        </Tile>
        <Tile label={t("effect.cost")} note={t(total.cost === null ? "effect.costUnknown" : "effect.unchanged")}>
          {total.cost === null ? <Figure size="large">–</Figure> : <Money value={total.cost} size="large" />}
        </Tile>
        <Tile label={t("effect.margin")} note={total.marginBefore !== null && t("effect.was", { value: formats.percent(total.marginBefore) })}>
          {total.margin === null ? <Figure size="large">–</Figure> : <Percent value={total.margin} size="large" lossWhenNegative />}
        </Tile>
        <Tile label={t("effect.less")} way="less" note={<Side reply={reply} all={all} way="less" hasBefore={before !== null} />}>
          <Count value={before === null ? null : reply.less.count} />
        </Tile>
        <Tile label={t("effect.more")} way="more" note={<Side reply={reply} all={all} way="more" hasBefore={before !== null} />}>
          <Count value={before === null ? null : reply.more.count} />
        </Tile>
        <Tile
          label={t("effect.belowCost")}
          note={reply.belowCost === null ? t("effect.costUnknown") : reply.belowCostBefore !== null && t("effect.was", { value: formats.quantity(String(reply.belowCostBefore)) })}
        >
          <Count value={reply.belowCost} isLoss />
        </Tile>
      </dl>
      <Spoken reply={reply} hasBefore={before !== null} />
      <Movers all={all} month={month} unit={unit} hasBefore={before !== null} />
    </section>
  );
}

/** One sentence for those who do not see the figures, when they have come to rest. */
function Spoken({ reply, hasBefore }: { reply: ChargeCompareReply; hasBefore: boolean }) {
  const { t } = useTranslation("plans");
  const formats = useFormats();
  const { total } = reply;
  const money = (value: MoneyText, sign?: "always") => formats.money(value.amount, value.currency, sign);
  const parts = [
    t("effect.saidRevenue", { amount: money(total.after) }),
    hasBefore && total.change !== null && t("effect.saidChange", { amount: money(total.change, "always") }),
    hasBefore && t("effect.saidMoved", { less: t("customers", { count: reply.less.count }), more: t("customers", { count: reply.more.count }) }),
  ];
  const text = usePaused(parts.filter(Boolean).join(" "), 500);
  return (
    <p role="status" className="visually-hidden">
      {text}
    </p>
  );
}

interface TileProps {
  label: string;
  way?: "less" | "more";
  note?: React.ReactNode;
  children: React.ReactNode;
}

function Tile({ label, way, note, children }: TileProps) {
  return (
    <div className={styles.tile}>
      <dt className={styles.label}>
        {way && <i className={styles.way} data-way={way} aria-hidden />}
        {label}
      </dt>
      <dd className={styles.figure}>{children}</dd>
      {note && <dd className={styles.note}>{note}</dd>}
    </div>
  );
}

function Count({ value, isLoss }: { value: number | null; isLoss?: boolean }) {
  const { t } = useTranslation("plans");
  if (value === null) return <Figure size="large">–</Figure>;
  return (
    <Figure size="large" tone={isLoss && value > 0 ? "loss" : undefined}>
      {t("customers", { count: value })}
    </Figure>
  );
}

function Against({ change, before }: { change: MoneyText | null; before: number | null }) {
  const { t } = useTranslation("plans");
  if (change === null || before === null) return t("effect.noBefore");
  return (
    <>
      {isZero(change.amount) ? t("effect.same") : <Money value={change} sign="always" toneBySign />} {t("effect.against", { number: before })}
    </>
  );
}

interface SideProps {
  reply: ChargeCompareReply;
  all: readonly Affected[];
  way: "less" | "more";
  hasBefore: boolean;
}

/** The change in the middle and the largest one. */
function Side({ reply, all, way, hasBefore }: SideProps) {
  const { t } = useTranslation("plans");
  const most = furthest(all, way)?.result.change ?? null;
  if (!hasBefore) return t("effect.noBefore");
  if (reply[way].median === null || most === null) return t("effect.nobody");
  return (
    <>
      {t("effect.median")} <Money value={reply[way].median} sign="always" />, {t("effect.most")} <Money value={most} sign="always" />
    </>
  );
}

interface MoversProps {
  all: readonly Affected[];
  month: string | null;
  unit: string;
  hasBefore: boolean;
}

function Movers({ all, month, unit, hasBefore }: MoversProps) {
  const { t } = useTranslation("plans");
  const formats = useFormats();
  const rows = largest(all, 12);
  const title = t(hasBefore ? "effect.movers" : "effect.payers", { month: month === null ? "" : formats.month(month) });
  if (rows.length === 0) return <p className={styles.none}>{t(all.length === 0 ? "editor.noCustomers" : "effect.nothing")}</p>;
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- so that the keyboard can scroll it
    <div className={styles.movers} tabIndex={0} role="region" aria-label={title}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            <th scope="col">{unit === "" ? t("effect.used") : unit}</th>
            {hasBefore && <th scope="col">{t("effect.before")}</th>}
            <th scope="col">{t("effect.after")}</th>
            {hasBefore && <th scope="col">{t("effect.change")}</th>}
            <th scope="col">{t("effect.margin")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((one) => {
            const { row, result } = one;
            const isLoss = result.margin !== null && sign(result.margin) < 0;
            return (
              <tr key={row.customerId}>
                <th scope="row">{row.customer}</th>
                <td className="muted">
                  <Quantity value={row.quantity} />
                </td>
                {hasBefore && (
                  <td className="muted">
                    <Money value={result.before} />
                  </td>
                )}
                <td className="medium">
                  <Money value={result.after} />
                </td>
                {hasBefore && (
                  <td className={styles.change} data-way={wayOf(one) ?? undefined}>
                    <Money value={result.change} sign="always" />
                  </td>
                )}
                <td className={isLoss ? "loss strong" : undefined}>
                  <Percent value={result.margin} />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
