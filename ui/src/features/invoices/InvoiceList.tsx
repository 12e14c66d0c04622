import { Check, CircleAlert, CircleCheck, CircleSlash, Flag as FlagIcon, Lock, TrendingUp } from "lucide-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { PaymentTag } from "../../app/PaymentTag";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { Keycap } from "../../components/Keycap";
import { Money } from "../../components/Money";
import { Percent } from "../../components/Quantity";
import { Segmented } from "../../components/Segmented";
import { NoResult } from "../../components/States";
import { Checkbox } from "../../components/Switch";
import { SearchField } from "../../components/TextField";
import { comboOf } from "../../app/shortcuts";
import { useShortcut } from "../../app/use-shortcut";
import type { InvoiceRow } from "../../ipc/generated/types";
import { cx } from "../../lib/cx";
import { addMonths } from "../../lib/dates";
import { sign } from "../../lib/decimal";
import { formatMonthShort } from "./words";
import { useFormats } from "../../lib/use-formats";
import styles from "./Invoices.module.css";
import { canMark, counts, isMarked, isUnusual, rowKey, sections, type Marks, type Section, type Show } from "./model";
import { flagShort } from "./draft/flags";
import { heldReason } from "./words";

export interface InvoiceListProps {
  rows: readonly InvoiceRow[];
  /** What is looked for; null where a field is of no use. */
  find: string | null;
  onFind: (find: string) => void;
  show: Show;
  selected: InvoiceRow | undefined;
  marks: Marks;
  onShow: (show: Show) => void;
  onSelect: (key: string) => void;
  onMark: (row: InvoiceRow) => void;
}

const ICONS: Record<Section, { icon: typeof Check; tone: string }> = {
  held: { icon: CircleAlert, tone: "loss" },
  unusual: { icon: TrendingUp, tone: "pencil" },
  ready: { icon: Check, tone: "gain" },
  final: { icon: Lock, tone: "ink" },
  void: { icon: CircleSlash, tone: "dim" },
};

/** The documents of the month, held ones first; what is ticked is made final together. */
export function InvoiceList({ rows, find, onFind, show, selected, marks, onShow, onSelect, onMark }: InvoiceListProps) {
  const { t } = useTranslation(["invoices", "common"]);
  const formats = useFormats();
  const field = useRef<HTMLInputElement>(null);
  useShortcut("filter", () => field.current?.focus(), { enabled: find !== null });
  const count = counts(rows);
  const shown = sections(rows, show);
  const segments = (["all", "held", "ready", "final"] as const).map((value) => ({
    value,
    label: t(`show.${value}`),
    note: formats.quantity(String(count[value])),
  }));
  return (
    <section className={styles.list} aria-label={t("documents")}>
      <div className={styles.listBar}>
        <Segmented<Show> label={t("filter")} segments={segments} value={show} onChange={onShow} />
      </div>
      <div className={styles.scroll}>
        {find !== null && (
          <SearchField
            className={styles.find}
            size="small"
            label={t("find")}
            placeholder={t("find")}
            value={find}
            onChange={onFind}
            keys={comboOf("filter")}
            inputRef={field}
          />
        )}
        {shown.length === 0 && (
          <NoResult
            title={find ? t("noneFound", { find }) : t(`none.${show}`)}
            action={find && <Button onPress={() => onFind("")}>{t("common:clearFilter")}</Button>}
          />
        )}
        {shown.map(({ section, rows: some }) => (
          <div key={section} role="group" aria-label={t(`section.${section}`)}>
            <h2 className={styles.heading}>
              <Icon icon={ICONS[section].icon} size="s" className={ICONS[section].tone} />
              {t(`section.${section}`)}
              <span className="num grow right dim">{formats.quantity(String(some.length))}</span>
            </h2>
            <ul>
              {some.map((row) => (
                <Row
                  key={rowKey(row)}
                  row={row}
                  on={row === selected}
                  marked={isMarked(row, marks)}
                  onSelect={() => onSelect(rowKey(row))}
                  onMark={() => onMark(row)}
                />
              ))}
            </ul>
          </div>
        ))}
      </div>
      <footer className={styles.keys}>
        <span>
          <Keycap combo={comboOf("nextRow")} />
          <Keycap combo={comboOf("previousRow")} />
          {t("keys.move")}
        </span>
        <span>
          <Keycap combo={comboOf("approve")} />
          {t("keys.approve")}
        </span>
        <span>
          <Keycap combo={comboOf("hold")} />
          {t("keys.hold")}
        </span>
        <span>
          <Keycap combo={comboOf("adjust")} />
          {t("keys.adjust")}
        </span>
        <span>
          <Keycap combo={comboOf("note")} />
          {t("keys.note")}
        </span>
        <span>
          <Keycap combo={comboOf("mark")} />
          {t("keys.mark")}
        </span>
        <span>
          <Keycap combo="tab" />
          {t("keys.lines")}
        </span>
        <span>
          <Keycap combo={comboOf("help")} />
          {t("keys.all")}
        </span>
      </footer>
    </section>
  );
}

interface RowProps {
  row: InvoiceRow;
  on: boolean;
  marked: boolean;
  onSelect: () => void;
  onMark: () => void;
}

function Row({ row, on, marked, onSelect, onMark }: RowProps) {
  const { t } = useTranslation("invoices");
  const line = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (on) line.current?.scrollIntoView?.({ block: "nearest" });
  }, [on]);
  const showsBox = canMark(row) && row.state !== "held";
  return (
    <li ref={line} className={styles.row} data-on={on || undefined}>
      <span className={styles.box}>
        {showsBox && <Checkbox aria-label={t("markOne", { name: row.customer })} isSelected={marked} onChange={onMark} />}
      </span>
      <button type="button" className={styles.open} aria-current={on || undefined} onClick={onSelect}>
        <span className={styles.names}>
          <span className={cx("medium truncate", row.state === "void" && "struck")}>
            {row.approved && <Icon icon={CircleCheck} size="xs" className="gain" label={t("approvedMark")} />} {row.customer}
          </span>
          <Cause row={row} />
        </span>
        <span className={styles.figures}>
          <Money value={row.total} className="medium" />
          {row.payment ? <PaymentTag payment={row.payment} /> : <Change row={row} />}
        </span>
      </button>
    </li>
  );
}

function Cause({ row }: { row: InvoiceRow }) {
  const { t } = useTranslation("invoices");
  if (row.state === "held") {
    // What a person said comes before what was computed.
    const first = row.held.includes("on_hold") ? "on_hold" : row.held[0];
    return (
      <span className={cx(styles.cause, "loss")}>
        <Icon icon={CircleAlert} size="xs" />
        <span className="truncate" title={row.fault ?? undefined}>
          {first === "on_hold" && row.hold ? row.hold : first ? heldReason(first) : t("heldWord")}
          {row.held.length > 1 && ` ${t("andMore", { count: row.held.length - 1 })}`}
        </span>
      </span>
    );
  }
  if (row.flags.length > 0) {
    const flags = row.flags.map(flagShort).join(", ");
    return (
      <span className={styles.cause} title={flags}>
        <Icon icon={FlagIcon} size="xs" className="pencil" />
        <span className="truncate">{flags}</span>
      </span>
    );
  }
  const words = row.number ? [row.number, row.state === "void" ? t("state.void") : ""] : [row.plan];
  return <span className={cx(styles.cause, "truncate", row.number && "id")}>{words.filter(Boolean).join(", ")}</span>;
}

function Change({ row }: { row: InvoiceRow }) {
  const { t } = useTranslation("invoices");
  const { setting } = useFormats();
  if (row.change === null) return null;
  const tone = isUnusual(row) ? (sign(row.change) < 0 ? "loss" : "pencil") : "dim";
  const before = formatMonthShort(addMonths(row.month, -1), setting);
  return (
    <span className={cx(styles.change, tone)} title={t("onMonth", { month: before })}>
      {row.changeAmount && (
        <>
          <Money value={row.changeAmount} sign="always" />,{" "}
        </>
      )}
      <Percent value={row.change} places={0} sign="always" /> {!row.changeAmount && t("onMonth", { month: before })}
    </span>
  );
}
