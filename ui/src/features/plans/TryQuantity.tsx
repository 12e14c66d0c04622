import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { DecimalField } from "../../components/DecimalField";
import { Money } from "../../components/Money";
import { Percent, Quantity } from "../../components/Quantity";
import { Select } from "../../components/Select";
import { UnitPrice } from "../../components/UnitPrice";
import type { ChargeText, MeterUsageRow, QuoteText } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { isZero, type DecimalString } from "../../lib/decimal";
import { unnamed } from "./curve";
import { isPriced, readPrice } from "../../app/pricing/document";
import { countsTokens } from "../../app/pricing/charge";
import type { PublishedCharge } from "./published";
import styles from "./Plans.module.css";
import { PriceDerivation } from "./PriceDerivation";
import { TryAmount } from "./TryAmount";
import { TryUsage } from "./TryUsage";
import { kindOf, needsUsage } from "./usage";
import { usePaused } from "./use-paused";

interface TryQuantityProps {
  charge: ChargeText;
  currency: string;
  /** Quantity shown before one is typed. */
  start?: DecimalString;
  /** Adds what the quantity cost before, and its margin. */
  published?: PublishedCharge | null;
  unitCost?: DecimalString | null;
  /** Whose quantity can be taken. */
  customers?: readonly MeterUsageRow[];
}

/** More names than this are no help in a list. */
const MOST_NAMES = 200;

/** What usage would cost under a charge, step by step, as the invoice will reckon it. */
export function TryQuantity(props: TryQuantityProps) {
  const { charge, currency } = props;
  if (charge.model === "cost_plus" || charge.kind !== "usage") return null;
  return needsUsage(readPrice(charge)) ? <TryUsage charge={charge} currency={currency} /> : <TryOne {...props} />;
}

function TryOne(props: TryQuantityProps) {
  const { charge, currency, start, customers = [] } = props;
  const { t } = useTranslation("plans");
  // Undefined: nothing was typed yet. Null: the field was emptied.
  const [typed, setTyped] = useState<DecimalString | null | undefined>(undefined);
  const [isUnreadable, setUnreadable] = useState(false);
  const usual = start ?? ((countsTokens(charge.meter) ? "1000000" : "1000") as DecimalString);
  const quantity = typed === undefined ? usual : typed;
  const isAsked = quantity !== null && !isUnreadable && isPriced(charge);
  // As text, so that an equal charge is the same one.
  const asked = usePaused(JSON.stringify({ charge: unnamed(charge), currency, quantities: [quantity ?? usual] }), 200);
  const request = JSON.parse(asked) as { charge: ChargeText; currency: string; quantities: DecimalString[] };
  const reply = useCommand("charge_quote", request, { enabled: isPriced(request.charge), keepPrevious: true });
  const quote = isAsked && !reply.error ? reply.data?.quotes[0] : undefined;
  const isMoney = kindOf(readPrice(charge)) === "money";
  const like = customers.slice(0, MOST_NAMES).map((row) => ({ value: row.customerId, label: row.customer }));
  return (
    <div className={styles.try} role="group" aria-label={t("try.title")}>
      <div className={styles.tryHead} data-like={like.length > 0 || undefined}>
        <DecimalField
          label={t(isMoney ? "try.kind.money" : "try.title")}
          unit={isMoney ? currency : undefined}
          value={quantity}
          maxPlaces={6}
          grouped
          onChange={(value) => setTyped(value)}
          onProblem={setUnreadable}
          className={styles.tryField}
        />
        {like.length > 0 && (
          <Select
            label={t("try.like")}
            value={customers.find((row) => row.quantity === quantity)?.customerId ?? null}
            options={like}
            onChange={(id) => {
              setUnreadable(false);
              setTyped(customers.find((row) => row.customerId === id)?.quantity);
            }}
          />
        )}
        {like.length > 0 && <span className={styles.tryNow}>{t("try.now")}</span>}
        <TryAmount amount={quote?.amount} fault={reply.error && isAsked ? errorText(reply.error).text : null} isPriced={isPriced(charge)} />
      </div>
      {quote && <Against {...props} quantity={quote.quantity} />}
      {quote && quote.tiers.length > 0 && <Derivation quote={quote} currency={currency} />}
      {quote && quote.steps.length > 0 && <PriceDerivation quote={quote} currency={currency} />}
    </div>
  );
}

/** What it cost before, and what it leaves. */
function Against({ charge, currency, published, unitCost, quantity }: TryQuantityProps & { quantity: DecimalString }) {
  const { t } = useTranslation("plans");
  const before = published && isPriced(published.charge) ? published.charge : null;
  const isWanted = published !== undefined && (before !== null || (unitCost ?? null) !== null);
  const request = { charge: unnamed(charge), before: before && unnamed(before), currency, customers: [], unitCost: unitCost ?? null, quantities: [quantity] };
  const reply = useCommand("charge_compare", request, { enabled: isWanted && isPriced(charge), keepPrevious: true });
  const tried = isWanted ? reply.data?.tried[0] : undefined;
  if (!tried) return null;
  return (
    <dl className={styles.against}>
      {published && tried.before && (
        <>
          <dt>{t("versions.published", { number: published.number })}</dt>
          <dd>
            <Money value={tried.before} />
          </dd>
          <dt>{t("effect.change")}</dt>
          <dd>
            <Money value={tried.change} sign="always" />
          </dd>
        </>
      )}
      {tried.cost && (
        <>
          <dt>{t("try.cost")}</dt>
          <dd>
            <Money value={tried.cost} />
          </dd>
          <dt>{t("effect.margin")}</dt>
          <dd>
            <Percent value={tried.margin} lossWhenNegative />
          </dd>
        </>
      )}
    </dl>
  );
}

function Derivation({ quote, currency }: { quote: QuoteText; currency: string }) {
  const { t } = useTranslation("plans");
  return (
    <ol className={styles.steps}>
      {quote.tiers.map((part) => (
        <li key={part.tier} className={styles.step}>
          <span className="muted">{t("try.tier", { number: part.tier })}</span>
          <span className="grow">
            <Quantity value={part.quantity} /> × <UnitPrice value={part.unitPrice} currency={currency} />
            {!isZero(part.flatFee) && (
              <>
                {" + "}
                <UnitPrice value={part.flatFee} currency={currency} />
              </>
            )}
          </span>
          <Money value={part.amount} />
        </li>
      ))}
    </ol>
  );
}
