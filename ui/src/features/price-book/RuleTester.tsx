import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { Button } from "../../components/Button";
import { DateField } from "../../components/DateField";
import { FieldRow } from "../../components/Form";
import { Select } from "../../components/Select";
import { Sheet } from "../../components/Sheet";
import { ErrorState, Skeleton } from "../../components/States";
import { Switch } from "../../components/Switch";
import { Tag } from "../../components/Tag";
import { UnitPrice } from "../../components/UnitPrice";
import type { RuleCandidate, RuleTestReply } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { useFormats } from "../../lib/use-formats";
import { isTokens } from "./model";
import styles from "./PriceBook.module.css";
import { RuleFigure } from "./RuleFigure";
import { columnWords, faultWords, ownerName, placeWords, problemWords, scopeNames } from "./words";
import { wholeDay } from "../../lib/dates";
import { readColumn } from "./columns";

interface RuleTesterProps {
  provider: string;
  model: string;
  /** Id of the column. */
  column: string;
  /** Key of the cell's conditions; empty for none. */
  conditions: string;
  onClose: () => void;
}

const ANYBODY = "*";

/** Which rule wins for a customer on a day, and why the others do not. */
export function RuleTester({ provider, model, column, conditions, onClose }: RuleTesterProps) {
  const { t } = useTranslation(["price-book", "common"]);
  const { dimension } = readColumn(column);
  const [customer, setCustomer] = useState<string>(ANYBODY);
  const [subscription, setSubscription] = useState<string | null>(null);
  const [day, setDay] = useState<string | null>(null);
  const asked = wholeDay(day);
  const [drafted, setDrafted] = useState(true);
  const customers = useCommand("customer_names", {}).data?.rows ?? [];
  const found = useCommand("customer_get", { id: customer }, { enabled: customer !== ANYBODY });
  const contracts = customer === ANYBODY ? [] : (found.data?.subscriptions ?? []);
  const chosen = subscription ?? contracts[0]?.id ?? null;
  const test = useCommand(
    "rule_test",
    { subscriptionId: customer === ANYBODY ? null : chosen, planId: null, provider, model, dimension, conditions: conditions || null, at: asked && `${asked}T12:00:00Z`, drafted },
    { keepPrevious: true },
  );
  return (
    <Sheet isOpen onClose={onClose} title={t("tester.title")} closeLabel={t("common:close")} width={520}>
      <div className={styles.form}>
        <p>
          <span className="strong">{model}</span> <span className="muted">{columnWords(column)}</span>
        </p>
        <FieldRow columns="1fr 1fr">
          <Select
            label={t("customer")}
            value={customer}
            options={[{ value: ANYBODY, label: t("tester.anybody") }, ...customers.filter((one) => !one.archived).map((one) => ({ value: one.id, label: one.name }))]}
            onChange={(next) => {
              setCustomer(next);
              setSubscription(null);
            }}
          />
          <DateField label={t("tester.day")} value={day} onChange={setDay} hint={t("tester.dayHint")} />
        </FieldRow>
        {customer !== ANYBODY && contracts.length > 1 && (
          <Select label={t("level.subscription")} value={chosen} options={contracts.map((one) => ({ value: one.id, label: one.planName, detail: one.startsOn }))} onChange={setSubscription} />
        )}
        {customer !== ANYBODY && found.data && contracts.length === 0 && <p className="small muted">{t("tester.noContract")}</p>}
        <Switch isSelected={drafted} onChange={setDrafted}>
          {t("tester.drafted")}
        </Switch>
        {test.error ? (
          <ErrorState title={errorText(test.error).text} action={<Button onPress={() => void test.refetch()}>{t("common:again")}</Button>} />
        ) : !test.data ? (
          <Skeleton rows={5} height={40} />
        ) : (
          <Outcome reply={test.data} dimension={dimension} />
        )}
      </div>
    </Sheet>
  );
}

function Outcome({ reply, dimension }: { reply: RuleTestReply; dimension: string }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  return (
    <>
      <p role="status" className={styles.price}>
        {reply.sell !== null ? (
          <>
            <UnitPrice value={reply.sell} currency={reply.currency} size="headline" />
            <span className="muted">{t(isTokens(dimension) ? "perMillion" : "perUnit")}</span>
          </>
        ) : (
          <span className="pencil">{reply.fault ? faultWords(reply.fault) : reply.problem ? problemWords(reply.problem) : t("notKnown")}</span>
        )}
        {reply.cost !== null && <span className="muted">{t("costIs", { price: formats.unitPrice(reply.cost, reply.currency) })}</span>}
      </p>
      {reply.candidates.length === 0 ? (
        <p className="muted">{t("noRule")}</p>
      ) : (
        <ol className={styles.candidates} aria-label={t("tester.rules")}>
          {reply.candidates.map((candidate, at) => (
            <Candidate key={at} candidate={candidate} />
          ))}
        </ol>
      )}
    </>
  );
}

function Candidate({ candidate }: { candidate: RuleCandidate }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const wins = candidate.outcome === "wins";
  const facts = Object.fromEntries(candidate.facts.map(({ key, value }) => [key, value]));
  const place = candidate.scope.model ? [candidate.scope.model, placeWords(candidate.scope)].join(", ") : scopeNames(candidate.scope);
  const name = <span className={wins ? "strong" : undefined}>{place}</span>;
  return (
    <li data-wins={wins || undefined}>
      <span>
        {wins ? name : <s>{name}</s>} <span className="muted">{ownerName(candidate.scope, candidate.ownerName)}</span>
      </span>
      <RuleFigure rule={candidate.rule} />
      <span className="small muted">
        {wins ? <Tag tone="ink">{t("tester.outcome.wins")}</Tag> : t(`tester.outcome.${candidate.outcome}`, facts)}
        {candidate.staged && <Tag tone="pencil">{t("staged")}</Tag>} {candidate.validFrom && t("more.from", { day: formats.date(candidate.validFrom.slice(0, 10)) })}
      </span>
    </li>
  );
}
