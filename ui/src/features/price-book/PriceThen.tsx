import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { DateField } from "../../components/DateField";
import { InspectorSection } from "../../components/Inspector";
import { UnitPrice } from "../../components/UnitPrice";
import { useCommand } from "../../ipc/query";
import { type DateString, wholeDay } from "../../lib/dates";
import { useFormatSetting } from "../../lib/use-formats";
import { conditionWords } from "./words";

/** What a call cost on another day, as the book knew it then or knows it now, and by which row. */
export function PriceThen({ provider, model, dimension }: { provider: string; model: string; dimension: string }) {
  const { t } = useTranslation("price-book");
  const setting = useFormatSetting();
  const [day, setDay] = useState<DateString | null>(null);
  const [asOfDay, setAsOfDay] = useState<DateString | null>(null);
  const [at, asOf] = [wholeDay(day), wholeDay(asOfDay)];
  const request = { provider, model, at, asOf, dimension, marks: [], contextTokens: 0 };
  const reply = useCommand("price_at", request, { enabled: at !== null || asOf !== null, keepPrevious: true });
  const row = at !== null || asOf !== null ? reply.data?.prices[0] : undefined;
  const how = row && [
    ...row.conditions.map((condition) => conditionWords(condition, setting)),
    row.source,
    ...row.fallbacks.map((rule) => t("thenCost.rule", { value: rule.value, rules: row.rules ?? "" })),
    ...row.factors.map((factor) => `${factor.key} × ${factor.value}`),
  ];
  return (
    <InspectorSection title={t("thenCost.title")}>
      <div className="col">
        <DateField label={t("thenCost.at")} value={day} onChange={setDay} />
        <DateField label={t("thenCost.asOf")} value={asOfDay} onChange={setAsOfDay} />
        {reply.error && <p className="small loss">{errorText(reply.error).text}</p>}
        {row && (
          <p className="small">
            {row.price !== null && row.currency !== null ? <UnitPrice value={row.price} currency={row.currency} className="medium" /> : <span className="pencil">{row.problem}</span>}{" "}
            <span className="dim">{how?.filter(Boolean).join(", ")}</span>
          </p>
        )}
      </div>
    </InspectorSection>
  );
}
