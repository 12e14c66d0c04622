import { Plus, X } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { issueUnder } from "../../app/issues";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { TextField } from "../../components/TextField";
import type { ChargeText } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { editDecimal } from "../../lib/decimal-input";
import type { DecimalString } from "../../lib/decimal";
import { useFormatSetting } from "../../lib/use-formats";
import { unnamed } from "./curve";
import { isPriced, readPrice } from "../../app/pricing/document";
import { countsTokens } from "../../app/pricing/charge";
import styles from "./Plans.module.css";
import { TryAmount } from "./TryAmount";
import { PriceDerivation } from "./PriceDerivation";
import { readUsage, usageFields, type TypedUsage, type UsageField } from "./usage";
import { usePaused } from "./use-paused";

interface TryUsageProps {
  charge: ChargeText;
  currency: string;
}

const START: TypedUsage = { texts: {}, buckets: 3, others: [] };
const SHARES = ["1", "0.4", "0.15"] as const;

/** What events, buckets, values or several units would cost, part by part. */
export function TryUsage({ charge, currency }: TryUsageProps) {
  const { t } = useTranslation(["plans", "errors"]);
  const { locale } = useFormatSetting();
  const [typed, setTyped] = useState(START);
  const price = readPrice(charge);
  const usual = useUsual(charge);
  const fields = usageFields(price, typed);
  const read = readUsage(price, typed, locale, usual);
  const isAsked = read.usage !== null && isPriced(charge);
  // As text, so that an equal question is the same one.
  const asked = usePaused(JSON.stringify({ charge: unnamed(charge), currency, quantities: [], usage: JSON.stringify(read.usage ?? {}) }), 200);
  const request = JSON.parse(asked) as { charge: ChargeText; currency: string; quantities: DecimalString[]; usage: string };
  const reply = useCommand("charge_quote", request, { enabled: isAsked && isPriced(request.charge), keepPrevious: true });
  const error = isAsked ? reply.error : null;
  const quote = isAsked && !error ? reply.data?.quotes[0] : undefined;
  const type = (id: string, text: string) => setTyped({ ...typed, texts: { ...typed.texts, [id]: text } });
  const setOthers = (others: TypedUsage["others"]) => setTyped({ ...typed, others });
  return (
    <div className={styles.try} role="group" aria-label={t("try.usage")}>
      <div className={styles.tryHead}>
        <span className="medium small grow">{t("try.usage")}</span>
        <TryAmount amount={quote?.amount} fault={error && fields.every((_, index) => faultOf(error, price.model, index) === null) ? errorText(error).text : null} isPriced={isPriced(charge)} />
      </div>
      <div className={styles.tryUsage}>
        {fields.map((field, index) => {
          const problem = read.problems[field.id];
          const other = field.isOther ? typed.others.find(({ key }) => `other${key}` === field.id) : undefined;
          return (
            <div key={field.id} className={styles.tryPart}>
              {other && (
                <TextField
                  label={t("try.other")}
                  value={other.value}
                  onChange={(value) => setOthers(typed.others.map((one) => (one === other ? { ...one, value } : one)))}
                  className={styles.tryOther}
                />
              )}
              <TextField
                label={labelOf(t, field, charge, price.per)}
                hint={field.kind === "events" ? t("try.eventsHint") : undefined}
                unit={field.kind === "quantity" ? undefined : currency}
                figures
                inputMode={field.kind === "events" ? "text" : "decimal"}
                value={typed.texts[field.id] ?? usual(field, index)}
                onChange={(text) => type(field.id, text)}
                live
                error={problem ? t(`errors:issue.${problem}`, { places: 12 }) : faultOf(error, price.model, index)}
                className={styles.tryField}
              />
              {other && <IconButton icon={X} size="small" label={t("try.removeOther", { value: other.value })} onPress={() => setOthers(typed.others.filter((one) => one !== other))} />}
            </div>
          );
        })}
        <div className={styles.tryMore}>
          {price.model === "bucketed" && (
            <>
              <Button kind="ghost" size="small" icon={Plus} onPress={() => setTyped({ ...typed, buckets: typed.buckets + 1 })}>
                {t(`bucket.add.${price.per}`)}
              </Button>
              <Button kind="ghost" size="small" icon={X} isDisabled={typed.buckets === 1} onPress={() => setTyped({ ...typed, buckets: typed.buckets - 1 })}>
                {t("bucket.fewer")}
              </Button>
            </>
          )}
          {price.model === "line_sum" && price.fallback !== null && (
            <Button kind="ghost" size="small" icon={Plus} onPress={() => setOthers([...typed.others, { key: Math.max(-1, ...typed.others.map((one) => one.key)) + 1, value: "" }])}>
              {t("try.addOther")}
            </Button>
          )}
        </div>
      </div>
      {quote && <PriceDerivation quote={quote} currency={currency} />}
    </div>
  );
}

/** What stands in a field before anything is typed. */
function useUsual(charge: ChargeText) {
  const { locale } = useFormatSetting();
  const isTokens = countsTokens(charge.meter);
  const thousands = (text: string) => editDecimal(text as DecimalString, locale);
  return (field: UsageField, index: number): string => {
    const share = SHARES[index % SHARES.length] ?? "1";
    if (field.kind === "events") return index === 0 ? "100 250 40" : "60 15";
    if (field.kind === "money") return thousands(share === "1" ? "10000" : share === "0.4" ? "4000" : "1500");
    if (field.id.startsWith("unit")) return "1";
    const base = isTokens ? "000000" : "00";
    return thousands(share === "1" ? `10${base}` : share === "0.4" ? `4${base}` : isTokens ? "1500000" : "150");
  };
}

/** The program's fault at a field: those of a usage name its part by number. */
function faultOf(error: unknown, model: string, index: number): string | null {
  const list = model === "bucketed" ? "buckets" : model === "line_sum" ? "lines" : null;
  return list === null ? issueUnder(error, "usage") : issueUnder(error, `usage.${list}[${index}]`);
}

function labelOf(t: ReturnType<typeof useTranslation<["plans", "errors"]>>["t"], field: UsageField, charge: ChargeText, per: "hour" | "day" | "group"): string {
  const what = t(`try.kind.${field.kind}`);
  if (field.of === null) return what;
  const of = typeof field.of === "number" ? t(`bucket.one.${per}`, { number: field.of }) : field.of || charge.name;
  return field.kind === "quantity" ? of : t("try.ofPart", { part: of, what });
}
