import type { QuoteText } from "../../ipc/generated/types";
import { priceSteps } from "../../lib/price-steps";
import { useFormats } from "../../lib/use-formats";
import styles from "./Plans.module.css";

/** How a price document comes to its amount, step by step; the steps of a part stand under it. */
export function PriceDerivation({ quote, currency }: { quote: QuoteText; currency: string }) {
  const formats = useFormats();
  return (
    <ol className={styles.steps}>
      {priceSteps(quote.steps, currency, formats.setting).map((step, index) => (
        <li key={index} className={styles.priceStep} data-inside={step.depth > 0 ? Math.min(step.depth, 3) : undefined}>
          <span>{step.title}</span>
          <span className="num">{step.figure}</span>
          {step.source && <span className="muted">{step.source}</span>}
        </li>
      ))}
    </ol>
  );
}
