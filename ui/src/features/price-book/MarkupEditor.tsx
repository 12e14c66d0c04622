import { useEffect, useRef, useState, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import { Dialog, Popover } from "react-aria-components";
import { DecimalField } from "../../components/DecimalField";
import { Keycap } from "../../components/Keycap";
import { Segmented } from "../../components/Segmented";
import type { MarkupRuleText, PriceCell, PriceFault } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { type DecimalString, places } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import { Effect } from "./Effect";
import { MarkupExample } from "./MarkupExample";
import styles from "./MarkupEditor.module.css";
import { hasMore, type Reach, reachesOf, ruleAt, scopeOf, type Target, withPercent } from "./markup";
import type { Staging } from "./use-staging";
import { faultWords, providerName, scopeNames } from "./words";

export interface Editing {
  anchor: HTMLElement;
  target: Target;
  /** A price of the model that shows what a markup makes of it; null at a provider. */
  example: PriceCell | null;
  currency: string;
  /** The sign that opened the editor: it is the first character typed. */
  sign?: string;
}

interface MarkupEditorProps {
  editing: Editing;
  staging: Staging;
  onClose: () => void;
}

/** The markup of a model, its provider or the book, with what it would change. Enter stages it. */
export function MarkupEditor({ editing, staging, onClose }: MarkupEditorProps) {
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
        {rules && <EditorForm editing={editing} rules={rules} staging={staging} onClose={onClose} />}
      </Dialog>
    </Popover>
  );
}

function EditorForm({ editing, rules, staging, onClose }: MarkupEditorProps & { rules: readonly MarkupRuleText[] }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const { target } = editing;
  const reaches = reachesOf(target);
  const [reach, setReach] = useState<Reach>(reaches[0] ?? "book");
  const scope = scopeOf(target, reach);
  const rule = ruleAt(rules, scope);
  const [typed, setTyped] = useState<{ value: DecimalString | null } | null>(null);
  const [unreadable, setUnreadable] = useState(editing.sign !== undefined);
  const [fault, setFault] = useState<PriceFault | null>(null);
  const value = typed ? typed.value : (rule?.own === null ? rule.markup.percent : null);
  const markup = value === null || unreadable ? null : withPercent(rule, value);
  const input = useRef<HTMLInputElement>(null);
  // The rules may come anew while it opens: what is then written into the field is selected again.
  const untouched = typed === null && editing.sign === undefined ? value : null;
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    if (untouched !== null) input.current?.select();
  }, [untouched]);

  async function stage() {
    if (markup === null || staging.busy) return;
    const told = t("act.markup", { names: scopeNames(scope), percent: formats.percent(markup.percent, { places: places(markup.percent), sign: "always" }) });
    const found = await staging.markup(scope, markup, told);
    if (found) setFault(found);
    else onClose();
  }
  async function end() {
    const found = await staging.end(scope, t("act.end", { names: scopeNames(scope) }));
    if (found) setFault(found);
    else onClose();
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void stage();
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
          onChange={(next) => {
            setFault(null);
            setTyped({ value: next });
          }}
          onKeyDown={(event) => {
            // Esc belongs to the popover.
            if (event.key !== "Enter") return event.continuePropagation();
            event.preventDefault();
            void stage();
          }}
          error={fault && faultWords(fault)}
          liveError
        />
        <Segmented label={t("reach.label")} segments={reaches.map((one) => ({ value: one, label: t(`reach.${one}`) }))} value={reach} onChange={setReach} />
        <p className="small muted">{reachText(reach, target, t)}</p>
      </div>
      {rule?.own === null && hasMore(rule.markup) && <p className={styles.keeps}>{t("keepsMore")}</p>}
      {editing.example && target.provider && target.model && markup && (
        <MarkupExample scope={scope} markup={markup} provider={target.provider} model={target.model} cell={editing.example} currency={editing.currency} />
      )}
      <Effect scope={scope} markup={markup} />
      <footer className={styles.editorFoot}>
        <span>
          <Keycap combo="enter" /> {t("cellEditor.stage")}
        </span>
        <span>
          <Keycap combo="esc" /> {t("cellEditor.cancel")}
        </span>
        {rule && (
          <button type="button" className={styles.endRule} onClick={() => void end()}>
            {t("endRule")}
          </button>
        )}
      </footer>
    </form>
  );
}

function reachText(reach: Reach, target: Target, t: (key: string, values?: Record<string, unknown>) => string): string {
  return t(`reachText.${reach}`, { model: target.model ?? "", provider: target.provider ? providerName(target.provider) : "" });
}
