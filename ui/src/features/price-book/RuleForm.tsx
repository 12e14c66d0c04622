import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { DecimalField } from "../../components/DecimalField";
import { FieldRow, FormIssues, FormSection } from "../../components/Form";
import type { MarkupRuleText, MarkupScopeText, MarkupText, PriceFault } from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";
import { places } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import { Effect } from "./Effect";
import styles from "./PriceBook.module.css";
import { sameScope } from "./markup";
import { isTokens } from "./model";
import { ScopeFields } from "./ScopeFields";
import type { Staging } from "./use-staging";
import { faultWords, ownerWords, scopeNames } from "./words";

interface RuleFormProps {
  currency: string;
  /** Null for a new rule. */
  rule: MarkupRuleText | null;
  staging: Staging;
  onDone: () => void;
}

type Draft = Omit<MarkupText, "percent"> & { percent: DecimalString | null };

const EVERYBODY: MarkupScopeText = { level: "book", owner: null, provider: null, model: null, dimension: null, conditions: null };

/** One rule with all its parts, and what it would do to the drafts. */
export function RuleForm({ rule, staging, currency, onDone }: RuleFormProps) {
  const { t } = useTranslation(["price-book", "common"]);
  const formats = useFormats();
  const [scope, setScope] = useState<MarkupScopeText>(rule?.scope ?? EVERYBODY);
  const [draft, setDraft] = useState<Draft>(
    rule?.markup ?? { percent: null, fixedPerUnit: null, fixedPerRequest: null, minimumMargin: null, roundTo: null },
  );
  const [fault, setFault] = useState<PriceFault | null>(null);
  const [unreadable, setUnreadable] = useState<ReadonlySet<string>>(new Set());
  const first = useRef<HTMLInputElement>(null);
  // The button that opened the form is gone: the focus must not be lost with it.
  useEffect(() => first.current?.focus(), []);
  const { percent } = draft;
  const waits = scope.level !== "book" && !scope.owner;
  const markup: MarkupText | null = percent === null || unreadable.size > 0 || waits ? null : { ...draft, percent };
  async function stage() {
    if (markup === null) return;
    const shown = formats.percent(markup.percent, { places: places(markup.percent), sign: "always" });
    const found = await staging.markup(scope, markup, t("act.markup", { names: scopeNames(scope), percent: shown }));
    if (found) setFault(found);
    else onDone();
  }
  const field = (key: keyof Draft, unit?: string) => ({
    label: t(`field.${key}`),
    hint: t(`fieldHint.${key}`, { per: t(scope.dimension && !isTokens(scope.dimension) ? "perUnit" : "perMillion") }),
    unit,
    value: draft[key],
    onChange: (value: DecimalString | null) => setDraft((now) => ({ ...now, [key]: value })),
    onProblem: (has: boolean) =>
      setUnreadable((now) => {
        const next = new Set(now);
        if (has) next.add(key);
        else next.delete(key);
        return next;
      }),
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        void stage();
      }}
    >
      <FormIssues texts={fault ? [faultWords(fault)] : []} />
      {rule && sameScope(rule.scope, scope) ? (
        <p>
          <span className="strong">{scopeNames(scope)}</span> <span className="muted">{ownerWords(rule)}</span>
        </p>
      ) : (
        <ScopeFields scope={scope} onChange={setScope} />
      )}
      <FormSection title={t("rules.what")}>
        <FieldRow columns="1fr 1fr">
          <DecimalField {...field("percent", "%")} inputRef={first} allowNegative />
          <DecimalField {...field("minimumMargin", "%")} optional={t("common:optional")} />
        </FieldRow>
        <FieldRow columns="1fr 1fr">
          <DecimalField {...field("fixedPerUnit", currency)} optional={t("common:optional")} allowNegative />
          <DecimalField {...field("fixedPerRequest", currency)} optional={t("common:optional")} allowNegative />
        </FieldRow>
        <FieldRow columns="1fr 1fr">
          <DecimalField {...field("roundTo", currency)} optional={t("common:optional")} />
        </FieldRow>
      </FormSection>
      <Effect scope={scope} markup={markup} />
      <div className="row">
        <span className="grow" />
        <Button onPress={onDone}>{t("common:cancel")}</Button>
        <Button kind="pencil" type="submit" isDisabled={markup === null || staging.busy}>
          {t("stageRule")}
        </Button>
      </div>
    </form>
  );
}
