import { Pencil, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { Sheet } from "../../components/Sheet";
import { EmptyState, ErrorState, Skeleton } from "../../components/States";
import type { MarkupRuleText } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { cx } from "../../lib/cx";
import { places } from "../../lib/decimal";
import { type useFormats as Formats, useFormats } from "../../lib/use-formats";
import styles from "./Rules.module.css";
import { RuleForm } from "./RuleForm";
import type { Staging } from "./use-staging";
import { RuleFigure } from "./RuleFigure";
import { ownerWords, providerName, scopeNames } from "./words";

interface RulesSheetProps {
  staging: Staging;
  /** Of the book: fixed amounts are in it. */
  currency: string;
  onClose: () => void;
}

/** All markup rules in force: the most specific one wins. */
export function RulesSheet({ staging, currency, onClose }: RulesSheetProps) {
  const { t } = useTranslation(["price-book", "common"]);
  const list = useCommand("markup_list", {});
  const [editing, setEditing] = useState<MarkupRuleText | "new" | null>(null);
  const open = (rule: MarkupRuleText | "new") => {
    setEditing(rule);
  };
  const rules = list.data?.rules ?? [];
  return (
    <Sheet
      isOpen
      // From a form Esc and the cross lead back to the list.
      onClose={editing === null ? onClose : () => setEditing(null)}
      title={editing === null ? t("rules.title") : editing === "new" ? t("rules.new") : t("rules.edit")}
      closeLabel={t("common:close")}
      width={560}
      flush={editing === null}
      actions={
        editing === null && (
          <Button size="small" icon={Plus} onPress={() => open("new")}>
            {t("rules.add")}
          </Button>
        )
      }
    >
      {editing !== null ? (
        <RuleForm rule={editing === "new" ? null : editing} staging={staging} currency={currency} onDone={() => setEditing(null)} />
      ) : list.error ? (
        <ErrorState title={errorText(list.error).text} action={<Button onPress={() => void list.refetch()}>{t("common:again")}</Button>} />
      ) : !list.data ? (
        <Skeleton rows={5} height={48} />
      ) : rules.length === 0 ? (
        <EmptyState title={t("rules.empty")} action={<Button onPress={() => open("new")}>{t("rules.add")}</Button>} />
      ) : (
        <>
          <p className={styles.rulesNote}>{t("rules.note")}</p>
          <ul className={styles.rules}>
            {rules.map((rule) => (
              <RuleRow key={JSON.stringify([rule.scope, rule.validFrom])} rule={rule} onEdit={() => open(rule)} onEnd={() => void staging.end(rule.scope, t("act.end", { names: scopeNames(rule.scope) }))} />
            ))}
          </ul>
        </>
      )}
    </Sheet>
  );
}

function RuleRow({ rule, onEdit, onEnd }: { rule: MarkupRuleText; onEdit: () => void; onEnd: () => void }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const name = scopeNames(rule.scope);
  const provider = rule.scope.model && rule.scope.provider ? providerName(rule.scope.provider) : null;
  const details = [rule.scope.level === "book" ? null : ownerWords(rule), provider, ...moreWords(rule, t, formats)];
  return (
    <li className={styles.rule}>
      <div className="col">
        <span className={cx("medium", "truncate", styles.ruleName)} data-model={rule.scope.model !== null || undefined}>{name}</span>
        <span className="dim small">{details.filter(Boolean).join(", ") || t("sinceEver")}</span>
      </div>
      <RuleFigure rule={rule} />
      <span className={styles.ruleButtons}>
        {rule.own === null && <IconButton icon={Pencil} label={t("rules.editOf", { name })} onPress={onEdit} />}
        <IconButton icon={Trash2} label={t("rules.endOf", { name })} onPress={onEnd} />
      </span>
    </li>
  );
}

/** Parts of a rule beside the percent, in words. */
function moreWords(rule: MarkupRuleText, t: (key: string, values?: Record<string, unknown>) => string, formats: ReturnType<typeof Formats>) {
  const { markup, validFrom } = rule;
  const price = (value: string) => formats.unitPrice(value, null);
  return [
    markup.fixedPerUnit !== null && t("more.perUnit", { price: price(markup.fixedPerUnit) }),
    markup.fixedPerRequest !== null && t("more.perRequest", { price: price(markup.fixedPerRequest) }),
    markup.minimumMargin !== null && t("more.margin", { percent: formats.percent(markup.minimumMargin, { places: places(markup.minimumMargin) }) }),
    markup.roundTo !== null && t("more.roundTo", { price: price(markup.roundTo) }),
    validFrom !== null && t("more.from", { day: formats.instant(validFrom).split(",")[0] ?? "" }),
  ];
}
