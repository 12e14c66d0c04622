import { useTranslation } from "react-i18next";
import { readPrice } from "../../app/pricing/document";
import { KeyValues, Panel } from "../../components/Panel";
import type { ChangeText, PhaseText } from "../../ipc/generated/types";
import { useFormats } from "../../lib/use-formats";
import styles from "./Plans.module.css";

/** The phases of a published version: when, and what is different. */
export function PhaseFacts({ phases, currency }: { phases: readonly PhaseText[]; currency: string }) {
  const { t } = useTranslation("plans");
  const formats = useFormats();
  const end = (phase: PhaseText, text: string) => (phase.by === "days" ? formats.date(text) : text);
  const said = useChangeWords(currency);
  return (
    <Panel title={t("phases.title")}>
      <div className={styles.fields}>
        {phases.map((phase) => (
          <section key={phase.name} aria-label={phase.name}>
            <p>
              <span className="medium">{phase.name}</span>{" "}
              <span className="muted">{t(`phases.span.${phase.by}`, { first: end(phase, phase.first), last: end(phase, phase.last) })}</span>
            </p>
            <KeyValues items={phase.changes.map((change) => ({ key: change.charge, value: said(change) }))} />
          </section>
        ))}
      </div>
    </Panel>
  );
}

function useChangeWords(currency: string): (change: ChangeText) => string {
  const { t } = useTranslation("plans");
  const formats = useFormats();
  return ({ off, amount, price, included, minimum }) => {
    if (off) return t("change.isOff");
    const unitPrice = price?.model === "per_unit" ? price.unitPrice : null;
    const parts = [
      amount && formats.money(amount, currency),
      price && (unitPrice ? t("change.saysPrice", { price: formats.unitPrice(unitPrice, currency) }) : t(`model.${readPrice(price).model}`)),
      included && t("change.saysIncluded", { count: formats.quantity(included) }),
      minimum && t("change.saysMinimum", { amount: formats.money(minimum, currency) }),
    ];
    return parts.filter(Boolean).join(", ");
  };
}
