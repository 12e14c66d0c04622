import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { issueAt, otherIssues } from "../../app/issues";
import { Button } from "../../components/Button";
import { DateField } from "../../components/DateField";
import { DecimalField } from "../../components/DecimalField";
import { FieldRow, FormIssues, FormSection } from "../../components/Form";
import type { MarkupRuleText, MarkupSaveRequest, MarkupScopeText, MarkupText } from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";
import { useFormatSetting } from "../../lib/use-formats";
import { Effect } from "./Effect";
import styles from "./PriceBook.module.css";
import { dayOf, sameScope } from "./markup";
import { isTokens } from "./model";
import { ScopeFields } from "./ScopeFields";
import type { MarkupActions } from "./use-markup-actions";
import { ownerWords, scopeNames } from "./words";

interface RuleFormProps {
  currency: string;
  /** Null for a new rule. */
  rule: MarkupRuleText | null;
  actions: MarkupActions;
  onDone: () => void;
}

type Draft = Omit<MarkupText, "percent"> & { percent: DecimalString | null };

const EVERYBODY: MarkupScopeText = { level: "book", owner: null, provider: null, model: null, dimension: null, conditions: null };
const FIELDS = ["markup.percent", "markup.fixedPerUnit", "markup.fixedPerRequest", "markup.minimumMargin", "markup.roundTo", "validFrom", "scope.*"];

/** One rule with all its parts, and what it would do to the drafts. */
export function RuleForm({ rule, actions, currency, onDone }: RuleFormProps) {
  const { t } = useTranslation(["price-book", "common"]);
  const { timeZone } = useFormatSetting();
  const [scope, setScope] = useState<MarkupScopeText>(rule?.scope ?? EVERYBODY);
  const [draft, setDraft] = useState<Draft>(
    rule?.markup ?? { percent: null, fixedPerUnit: null, fixedPerRequest: null, minimumMargin: null, roundTo: null },
  );
  const [from, setFrom] = useState<string | null>(dayOf(rule?.validFrom ?? null, timeZone));
  const [unreadable, setUnreadable] = useState<ReadonlySet<string>>(new Set());
  const first = useRef<HTMLInputElement>(null);
  // The button that opened the form is gone: the focus must not be lost with it.
  useEffect(() => first.current?.focus(), []);
  const { percent } = draft;
  const waits = scope.level !== "book" && !scope.owner;
  const request: MarkupSaveRequest | null =
    percent === null || unreadable.size > 0 || waits ? null : { scope, markup: { ...draft, percent }, validFrom: from };
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
    error: issueAt(actions.error, `markup.${key}`),
  });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (request) actions.save(request, onDone);
      }}
    >
      <FormIssues texts={otherIssues(actions.error, FIELDS)} />
      {rule && sameScope(rule.scope, scope) ? (
        <p>
          <span className="strong">{scopeNames(scope)}</span> <span className="muted">{ownerWords(rule)}</span>
        </p>
      ) : (
        <ScopeFields scope={scope} onChange={setScope} error={actions.error} />
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
          <DateField
            label={t("validFrom")}
            optional={t("common:optional")}
            hint={t("validFromHint")}
            value={from}
            onChange={setFrom}
            error={issueAt(actions.error, "validFrom")}
          />
        </FieldRow>
      </FormSection>
      <Effect request={request} />
      <div className="row">
        <span className="grow" />
        <Button onPress={onDone}>{t("common:cancel")}</Button>
        <Button kind="primary" type="submit" isDisabled={request === null || actions.busy}>
          {t("common:save")}
        </Button>
      </div>
    </form>
  );
}
