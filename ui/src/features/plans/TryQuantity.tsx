import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { DecimalField } from "../../components/DecimalField";
import { Money } from "../../components/Money";
import { Quantity } from "../../components/Quantity";
import { UnitPrice } from "../../components/UnitPrice";
import type { ChargeText, QuoteText } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { isZero, type DecimalString } from "../../lib/decimal";
import { priceSteps } from "../../lib/price-steps";
import { useFormats } from "../../lib/use-formats";
import { isPriced } from "./document";
import { countsTokens } from "./model";
import styles from "./Plans.module.css";
import { usePaused } from "./use-paused";

interface TryQuantityProps {
  charge: ChargeText;
  currency: string;
  /** Quantity shown before one is typed. */
  start?: DecimalString;
}

/** What a quantity would cost under a charge, tier by tier, as the invoice will reckon it. */
export function TryQuantity({ charge, currency, start }: TryQuantityProps) {
  const { t } = useTranslation("plans");
  const [typed, setTyped] = useState<DecimalString | null>(null);
  const usual = start ?? ((countsTokens(charge.meter) ? "1000000" : "1000") as DecimalString);
  const quantity = typed ?? usual;
  // As text, so that an equal charge is the same one.
  const asked = usePaused(JSON.stringify({ charge: { ...charge, name: "" }, currency, quantities: [quantity] }), 200);
  const request = JSON.parse(asked) as { charge: ChargeText; currency: string; quantities: DecimalString[] };
  const reply = useCommand("charge_quote", request, { enabled: isPriced(request.charge), keepPrevious: true });
  const quote = isPriced(charge) ? reply.data?.quotes[0] : undefined;
  if (charge.model === "cost_plus" || charge.kind !== "usage") return null;
  return (
    <div className={styles.try} role="group" aria-label={t("try.title")}>
      <div className={styles.tryHead}>
        <DecimalField label={t("try.title")} value={quantity} maxPlaces={6} onChange={setTyped} className={styles.tryField} />
        <output className={styles.tryAmount} aria-label={t("try.amount")}>
          {reply.error && isPriced(charge) ? (
            <span className="loss small">{errorText(reply.error).text}</span>
          ) : quote ? (
            <Money value={quote.amount} size="large" />
          ) : (
            !isPriced(charge) && <span className="muted small">{t("try.waits")}</span>
          )}
        </output>
      </div>
      {!reply.error && quote && quote.tiers.length > 0 && <Derivation quote={quote} currency={currency} />}
      {!reply.error && quote && quote.steps.length > 0 && <PriceDerivation quote={quote} currency={currency} />}
    </div>
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

/** How a price document comes to its amount, step by step. */
function PriceDerivation({ quote, currency }: { quote: QuoteText; currency: string }) {
  const formats = useFormats();
  return (
    <ol className={styles.steps}>
      {priceSteps(quote.steps, currency, formats.setting).map((step, index) => (
        <li key={index} className={styles.priceStep}>
          <span>{step.title}</span>
          <span className="num">{step.figure}</span>
          {step.source && <span className="muted">{step.source}</span>}
        </li>
      ))}
    </ol>
  );
}
