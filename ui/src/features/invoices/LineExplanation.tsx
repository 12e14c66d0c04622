import { useNavigate } from "@tanstack/react-router";
import { ArrowLeft, BookOpen } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { ExplanationChain, Inspector, InspectorSection, type Step } from "../../components/Inspector";
import { Money } from "../../components/Money";
import { KeyValues } from "../../components/Panel";
import { Percent, Quantity } from "../../components/Quantity";
import { UnitPrice } from "../../components/UnitPrice";
import type { InvoiceGetReply, InvoiceLineText } from "../../ipc/generated/types";
import { sign } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import { explain } from "./explain";
import styles from "./Invoices.module.css";
import { lineSubtitle, lineTitle } from "./words";

export interface LineExplanationProps {
  line: InvoiceLineText;
  invoice: InvoiceGetReply;
  onBack: () => void;
  children: ReactNode;
}

/** Quantity × price = amount, then the walk back to the events, then what only we see. */
export function LineExplanation({ line, invoice, onBack, children }: LineExplanationProps) {
  const { t } = useTranslation("invoices");
  const formats = useFormats();
  const steps: Step[] = explain(line, formats.setting).map((step) => ({
    title: step.title,
    figure: step.figure,
    figureText: step.figure,
    source: step.source,
    overruled: step.overruled,
    depth: step.depth,
    tone: step.code === "rounded" ? "result" : undefined,
  }));
  const events = eventCount(line);
  const all = events === null ? steps : [eventStep(events), ...steps];

  function eventStep(count: string): Step {
    return {
      title: t("step.events"),
      figure: <EventLink count={count} line={line} invoice={invoice} />,
      figureText: count,
      source: formats.period(invoice.from, invoice.to),
    };
  }

  return (
    <Inspector
      title={lineTitle(line)}
      subtitle={lineSubtitle(line)}
      tag={<IconButton size="small" icon={ArrowLeft} label={t("wholeInvoice")} onPress={onBack} />}
      head={<Equation line={line} />}
    >
      <ExplanationChain steps={all} />
      <OnlyForYou line={line} />
      {children}
    </Inspector>
  );
}

function eventCount(line: InvoiceLineText): string | null {
  const quantity = line.steps.find((step) => step.code === "quantity");
  return quantity?.facts.find((fact) => fact.key === "events")?.value ?? null;
}

function EventLink({ count, line, invoice }: { count: string; line: InvoiceLineText; invoice: InvoiceGetReply }) {
  const { t } = useTranslation("invoices");
  const formats = useFormats();
  const navigate = useNavigate();
  const search = {
    from: invoice.from,
    to: invoice.to,
    customer: invoice.row.customerId,
    group: "model" as const,
    at: line.model ?? undefined,
  };
  return (
    <Button size="small" kind="ghost" className={styles.events} onPress={() => void navigate({ to: "/usage", search })}>
      <span className="ink">{t("events", { count: 2, events: formats.quantity(count) })}</span>
    </Button>
  );
}

function Equation({ line }: { line: InvoiceLineText }) {
  const { t } = useTranslation("invoices");
  const { currency } = line.amount;
  if (line.unitPrice === null || line.unit === "flat") {
    return (
      <p style={{ marginTop: 6 }}>
        <Money value={line.amount} size="headline" />
      </p>
    );
  }
  return (
    <div className={styles.equation}>
      <div>
        <b>
          <Quantity value={line.quantity} short />
        </b>
        <small>{line.unit === "per_million" ? t("tokens") : t("units")}</small>
      </div>
      <span aria-hidden>×</span>
      <div>
        <b>
          <UnitPrice value={line.unitPrice} currency={currency} />
        </b>
        <small>{t(line.unit === "per_million" ? "perMillion" : "perUnit")}</small>
      </div>
      <span aria-hidden>=</span>
      <div>
        <b>
          <Money value={line.amount} />
        </b>
        <small>{t("amount")}</small>
      </div>
    </div>
  );
}

function OnlyForYou({ line }: { line: InvoiceLineText }) {
  const { t } = useTranslation("invoices");
  const navigate = useNavigate();
  const loss = line.margin !== null && sign(line.margin) < 0;
  const showPrice = () =>
    void navigate({ to: "/prices", search: { model: line.model ?? undefined, dimension: line.description } });
  return (
    <InspectorSection title={t("onlyForYou")} aside={<span className="small">{t("notPrinted")}</span>}>
      <KeyValues
        items={[
          { key: t("cost"), value: line.cost ? <Money value={line.cost} /> : <span className="dim">{t("notKnown")}</span> },
          {
            key: t("markup"),
            value: line.markup === null ? <span className="dim">{t("notKnown")}</span> : <Percent value={line.markup} sign="always" />,
          },
          {
            key: t("margin"),
            value: line.margin === null ? <span className="dim">{t("notKnown")}</span> : <Percent value={line.margin} tone={loss ? "loss" : "gain"} />,
          },
        ]}
      />
      {line.model && (
        <div className={styles.buttons}>
          <Button
            size="small"
            icon={BookOpen}
            onPress={showPrice}
          >
            {t("showPrice")}
          </Button>
        </div>
      )}
    </InspectorSection>
  );
}
