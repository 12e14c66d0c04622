import { useEffect, useRef, useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Dialog, Popover } from "react-aria-components";
import { issueAt, otherIssues } from "../../app/issues";
import { DecimalField } from "../../components/DecimalField";
import { FormIssues } from "../../components/Form";
import { Keycap } from "../../components/Keycap";
import { Percent } from "../../components/Quantity";
import { Segmented } from "../../components/Segmented";
import { UnitPrice } from "../../components/UnitPrice";
import type { MarkupRuleText, MarkupSaveRequest, PriceCell } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { abs, type DecimalString, isZero, places, sign, subtract } from "../../lib/decimal";
import { useFormats, useFormatSetting } from "../../lib/use-formats";
import { Effect } from "./Effect";
import styles from "./PriceBook.module.css";
import { hasMore, percentRequest, type Reach, reachesOf, ruleAt, scopeOf, type Target } from "./markup";
import { isTokens } from "./model";
import type { MarkupActions } from "./use-markup-actions";
import { useSettled } from "./use-prices";
import { dimensionName, providerName } from "./words";

export interface Editing {
  anchor: HTMLElement;
  target: Target;
  /** What the cell says now; null for a provider's row. */
  cell: PriceCell | null;
  currency: string;
  /** The sign that opened the editor: it is the first character typed. */
  sign?: string;
}

interface MarkupEditorProps {
  editing: Editing;
  actions: MarkupActions;
  onClose: () => void;
}

/** The markup of one cell, its model, its provider or the book, with what it would change. */
export function MarkupEditor({ editing, actions, onClose }: MarkupEditorProps) {
  const { t } = useTranslation("price-book");
  const anchor = useRef(editing.anchor);
  const rules = useCommand("markup_list", {}).data?.rules;
  const { target } = editing;
  const title = target.model ?? (target.provider ? providerName(target.provider) : t("scope.book"));
  return (
    <Popover
      isOpen
      onOpenChange={(open) => !open && onClose()}
      triggerRef={anchor as RefObject<HTMLElement>}
      placement="bottom start"
      offset={2}
      className={styles.editor ?? ""}
    >
      <Dialog className={styles.editorDialog} aria-label={t("editMarkup", { name: title })}>
        {rules && <EditorForm editing={editing} rules={rules} actions={actions} onClose={onClose} />}
      </Dialog>
    </Popover>
  );
}

function EditorForm({ editing, rules, actions, onClose }: MarkupEditorProps & { rules: readonly MarkupRuleText[] }) {
  const { t } = useTranslation("price-book");
  const { timeZone } = useFormatSetting();
  const { target, cell } = editing;
  const reaches = reachesOf(target);
  const [reach, setReach] = useState<Reach>(reaches[0] ?? "book");
  const scope = scopeOf(target, reach);
  const rule = ruleAt(rules, scope);
  const [typed, setTyped] = useState<{ value: DecimalString | null } | null>(null);
  const [unreadable, setUnreadable] = useState(editing.sign !== undefined);
  const value = typed ? typed.value : (rule?.markup.percent ?? cell?.markupPercent ?? null);
  const request = value === null || unreadable ? null : percentRequest(scope, value, rule, timeZone);
  const input = useRef<HTMLInputElement>(null);
  // The rules may come anew while it opens: what is then written into the field is selected again.
  const untouched = typed === null && editing.sign === undefined ? value : null;
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    if (untouched !== null) input.current?.select();
  }, [untouched]);

  const save = () => {
    if (!request) return;
    actions.save(request, onClose);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className={styles.editorTop}>
        <DecimalField
          aria-label={t("markupPercent")}
          inputRef={input}
          unit="%"
          size="large"
          value={value}
          startText={editing.sign}
          allowNegative
          onProblem={setUnreadable}
          onChange={(next) => setTyped({ value: next })}
          onKeyDown={(event) => {
            // Esc belongs to the popover.
            if (event.key !== "Enter") return event.continuePropagation();
            event.preventDefault();
            save();
          }}
          error={issueAt(actions.error, "markup.percent")}
        />
        <Segmented label={t("reach.label")} segments={reaches.map((one) => ({ value: one, label: t(`reach.${one}`) }))} value={reach} onChange={setReach} />
        <p className="small muted">{reachText(reach, target, t)}</p>
      </div>
      {cell && <Now cell={cell} currency={editing.currency} />}
      {cell && target.provider && target.model && request && (
        <Then cell={cell} provider={target.provider} model={target.model} request={request} currency={editing.currency} />
      )}
      <FormIssues texts={otherIssues(actions.error, ["markup.percent"])} />
      {rule && hasMore(rule.markup) && <p className={styles.keeps}>{t("keepsMore")}</p>}
      <Effect request={request} />
      <footer className={styles.editorFoot}>
        <span>
          <Keycap combo="enter" /> {t("keySave")}
        </span>
        <span>
          <Keycap combo="esc" /> {t("keyCancel")}
        </span>
        {rule && (
          <button type="button" className={styles.endRule} onClick={() => actions.end(scope, onClose)}>
            {t("endRule")}
          </button>
        )}
      </footer>
    </form>
  );
}

function reachText(reach: Reach, target: Target, t: (key: string, values?: Record<string, unknown>) => string): string {
  return t(`reachText.${reach}`, {
    model: target.model ?? "",
    provider: target.provider ? providerName(target.provider) : "",
    dimension: target.dimension ? dimensionName(target.dimension) : "",
  });
}

interface ThenProps {
  cell: PriceCell;
  provider: string;
  model: string;
  request: MarkupSaveRequest;
  currency: string;
}

/** What the price would be with what is typed: the program reckons it, with all other rules. */
function Then({ cell, provider, model, request, currency }: ThenProps) {
  const { t } = useTranslation("price-book");
  const asked = useSettled(request, 40) ?? request;
  const reply = useCommand("markup_cell", { rule: asked, provider, model, dimension: cell.dimension, at: null }, { keepPrevious: true });
  const then = reply.error ? null : (reply.data?.cell ?? null);
  if (then === null) return null;
  const change = then.sell !== null && cell.sell !== null ? subtract(then.sell, cell.sell) : null;
  return (
    <div className={styles.now} role="status" aria-label={t("then")} data-then>
      <span>
        {t("then")}{" "}
        {then.sell === null ? <span className="dim">{t("notKnown")}</span> : <UnitPrice value={then.sell} currency={currency} className="strong" />}{" "}
        <span className="dim">{t(isTokens(cell.dimension) ? "perMillion" : "perUnit")}</span>
      </span>
      <span className="right">{then.margin !== null && <Percent value={then.margin} lossWhenNegative />} {t("marginWord")}</span>
      {change !== null && (
        <span className="muted">
          {isZero(change) ? t("sameAsNow") : <Change value={change} currency={currency} />}
        </span>
      )}
      {then.belowCost && <span className="loss right">{t("belowCostWord")}</span>}
    </div>
  );
}

/** How far a price moves, with its sign. */
function Change({ value, currency }: { value: DecimalString; currency: string }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  return t(sign(value) < 0 ? "lower" : "higher", { price: formats.unitPrice(abs(value), currency) });
}

/** What the cell is now, so that the new markup can be judged. */
function Now({ cell, currency }: { cell: PriceCell; currency: string }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const cost = cell.costConverted ?? cell.cost;
  return (
    <div className={styles.now}>
      <span>
        {t("now")}{" "}
        {cell.sell === null ? <span className="dim">{t("notKnown")}</span> : <UnitPrice value={cell.sell} currency={currency} className="strong" />}{" "}
        <span className="dim">{t(isTokens(cell.dimension) ? "perMillion" : "perUnit")}</span>
      </span>
      <span className="right">{cell.margin !== null && <Percent value={cell.margin} lossWhenNegative />} {t("marginWord")}</span>
      <span className="muted">{t("costIs", { price: formats.unitPrice(cost, cell.costConverted === null ? cell.costCurrency : currency) })}</span>
      <span className="muted right">
        {cell.markupPercent === null ? t("atCost") : formats.percent(cell.markupPercent, { places: places(cell.markupPercent), sign: "always" })}
      </span>
    </div>
  );
}
