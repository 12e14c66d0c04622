import { useTranslation } from "react-i18next";
import { Keycap } from "../../components/Keycap";
import { Percent } from "../../components/Quantity";
import { UnitPrice } from "../../components/UnitPrice";
import type { Fact, PriceEdit, PriceFault, PriceTryReply } from "../../ipc/generated/types";
import { isDecimal } from "../../lib/decimal";
import { useFormats, useFormatSetting } from "../../lib/use-formats";
import styles from "./CellEditor.module.css";
import { argumentSign, hasComma, toLocal } from "./formula-text";
import type { View } from "./model";
import { faultWords } from "./words";

export interface EditorHint {
  insert: string;
  shown: string;
  /** What the name stands for; null for a function. */
  value: string | null;
  /** Key of its words. */
  what: string;
}

const FUNCTIONS = ["max", "min", "round"];

/** Names with their values and functions, those first that begin with the word being typed. */
export function hintsFor(word: string, names: readonly Fact[], locale: string): EditorHint[] {
  const known = new Map(names.map(({ key, value }) => [key, value]));
  const plain = ["cost", "list", "published", ...[...known.keys()].filter((key) => key.startsWith("row("))];
  const sign = argumentSign(locale);
  const all: EditorHint[] = [
    ...[...new Set(plain)].map((name) => ({ insert: name, shown: name, value: known.get(name) ?? null, what: name.startsWith("row(") ? "row" : name })),
    ...(plain.some((name) => name.startsWith("row(")) ? [] : [{ insert: "row()", shown: "row(input)", value: null, what: "row" }]),
    ...FUNCTIONS.map((name) => ({ insert: `${name}()`, shown: name === "round" ? `round(a${sign} 0${hasComma(locale) ? "," : "."}05)` : `${name}(a${sign} b)`, value: null, what: name })),
  ];
  const fits = word === "" ? all : all.filter(({ insert }) => insert.startsWith(word) && insert !== word);
  return fits.slice(0, 7);
}

interface EditorPopoverProps {
  id: string;
  text: string;
  fault: PriceFault | null;
  reply: PriceTryReply | undefined;
  isOld: boolean;
  typedEdit: Pick<PriceEdit, "what" | "text"> | null;
  view: View;
  currency: string;
  hints: readonly EditorHint[];
  chosen: number;
  onHint: (insert: string) => void;
}

/** Under the cell while it is typed: the price, the margin, what it was, and what can be written. */
export function EditorPopover({ id, text, fault, reply, isOld, typedEdit, view, currency, hints, chosen, onHint }: EditorPopoverProps) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const { locale } = useFormatSetting();
  const made = view === "margin" && typedEdit?.what === "formula" && !text.trimStart().startsWith("=") ? typedEdit.text : null;
  return (
    <div className={styles.popover}>
      <div id={`${id}-result`} className={styles.result} data-old={isOld || undefined} aria-live="polite">
        {fault ? (
          <Fault text={text} fault={fault} />
        ) : reply === undefined || reply.sell === null ? (
          <p className={styles.wide}>{t(view === "markup" ? "cellEditor.typePercent" : view === "margin" ? "cellEditor.typeMargin" : "cellEditor.type")}</p>
        ) : (
          <>
            <UnitPrice value={reply.sell} currency={currency} className={styles.big} tone={reply.belowCost ? "loss" : undefined} />
            <span className={styles.big}>{reply.margin !== null && <Percent value={reply.margin} lossWhenNegative />} {t("marginWord")}</span>
            <span className="muted">
              {reply.published === null ? t("cellEditor.noPublished") : t("cellEditor.was", { price: formats.unitPrice(reply.published, currency) })}{" "}
              {reply.change !== null && `(${formats.percent(reply.change, { sign: "always" })})`}
            </span>
            <span className="muted">
              {reply.cost !== null && t("cellEditor.cost", { price: formats.unitPrice(reply.cost, currency) })} {reply.belowCost && <span className="loss">{t("belowCost")}</span>}
            </span>
            {reply.atLeast !== null && <span className="muted">{t("cellEditor.atLeast", { units: formats.quantity(String(reply.atLeast)) })}</span>}
            {made && <span className={styles.wide}>{t("cellEditor.made", { formula: toLocal(made, locale) })}</span>}
          </>
        )}
      </div>
      {hints.length > 0 && (
        <div id={`${id}-hints`} role="listbox" aria-label={t("cellEditor.hints")} className={styles.hints}>
          {hints.map((hint, index) => (
            <div
              key={hint.shown}
              id={`${id}-hint-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === chosen}
              // The field keeps the focus.
              onPointerDown={(event) => event.preventDefault()}
              onClick={() => onHint(hint.insert)}
            >
              <span className="mono">{hint.shown}</span>
              <span className="num">
                {[t(`cellEditor.name.${hint.what}`), hint.value !== null && isDecimal(hint.value) && formats.unitPrice(hint.value, currency)].filter(Boolean).join(", ")}
              </span>
            </div>
          ))}
        </div>
      )}
      <footer className={styles.keys}>
        <span>
          <Keycap combo="enter" /> {t("cellEditor.stage")}
        </span>
        <span>
          <Keycap combo="esc" /> {t("cellEditor.cancel")}
        </span>
        {text.trimStart().startsWith("=") && hasComma(locale) && <span>{t("cellEditor.semicolon")}</span>}
      </footer>
    </div>
  );
}

/** What is wrong, and the place of it in what was typed. */
function Fault({ text, fault }: { text: string; fault: PriceFault }) {
  const { t } = useTranslation("price-book");
  const signs = Array.from(text);
  const at = fault.at === null ? null : Math.min(fault.at, signs.length);
  return (
    <>
      <p className={styles.wide} role="alert">
        <span className="loss medium">{faultWords(fault)}</span>
        {at !== null && text.trimStart().startsWith("=") && <span className="muted"> {t("fault.at", { place: at + 1 })}</span>}
      </p>
      {at !== null && text.trimStart().startsWith("=") && (
        <p className={styles.spot} aria-hidden>
          {signs.slice(0, at).join("")}
          <mark>{signs[at] ?? "\u00a0"}</mark>
          {signs.slice(at + 1).join("")}
        </p>
      )}
    </>
  );
}
