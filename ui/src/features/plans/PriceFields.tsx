import { ChartSpline } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { issueAt } from "../../app/issues";
import { Button } from "../../components/Button";
import { DecimalField } from "../../components/DecimalField";
import { Segmented } from "../../components/Segmented";
import { Select } from "../../components/Select";
import type { MeterText } from "../../ipc/generated/types";
import { BUILT_IN_METERS, countsTokens } from "../../app/pricing/charge";
import type { ChargeFieldsProps } from "../../app/pricing/fields";
import styles from "./Plans.module.css";
import { FORM_MODELS, isTiered, type FormModel } from "../../app/pricing/price";
import { PriceForm } from "../../app/pricing/PriceForm";
import { TierEditor } from "./TierEditor";
import { meterName } from "./words";

/** What a fee costs and when it is charged. */
export function FeeFields({ charge, path, currency, error, onEdit }: ChargeFieldsProps) {
  const { t } = useTranslation("plans");
  const segments = (["advance", "arrears"] as const).map((value) => ({ value, label: t(`timing.${value}`) }));
  const pers = (["subscription", "seat"] as const).map((value) => ({ value, label: t(`per.${value}`) }));
  return (
    <>
      <DecimalField
        label={t(charge.perSeat ? "field.amountPerSeat" : "field.amount")}
        unit={currency}
        value={charge.amount}
        onChange={(amount) => onEdit({ do: "charge", charge: charge.key, part: { amount } })}
        onProblem={(has) => onEdit({ do: "problem", field: `${charge.key}.amount`, has })}
        error={issueAt(error, `${path}.amount`)}
      />
      <Segmented
        className={styles.kind}
        label={t("field.timing")}
        segments={segments}
        value={charge.timing}
        onChange={(timing) => onEdit({ do: "charge", charge: charge.key, part: { timing } })}
      />
      <Segmented
        className={styles.kind}
        label={t("field.per")}
        segments={pers}
        value={charge.perSeat ? "seat" : "subscription"}
        onChange={(per) => onEdit({ do: "charge", charge: charge.key, part: { perSeat: per === "seat" } })}
      />
    </>
  );
}

/** A fee that is charged once, or the least that usage comes to in a period. */
export function AmountField({ charge, path, currency, error, onEdit }: ChargeFieldsProps) {
  const { t } = useTranslation("plans");
  return (
    <DecimalField
      label={t(charge.kind === "minimum" ? "field.amountMinimum" : "field.amountOnce")}
      unit={currency}
      value={charge.amount}
      onChange={(amount) => onEdit({ do: "charge", charge: charge.key, part: { amount } })}
      onProblem={(has) => onEdit({ do: "problem", field: `${charge.key}.amount`, has })}
      error={issueAt(error, `${path}.amount`) ?? issueAt(error, `${path}.kind`)}
    />
  );
}

/** What usage is counted by and how it is priced. */
export function UsageFields({ meters, ...props }: ChargeFieldsProps & { meters: readonly MeterText[] }) {
  const { t } = useTranslation("plans");
  const { charge, path, error, onEdit } = props;
  const models: FormModel[] = FORM_MODELS.filter((model) => model !== "cost_plus" || charge.meter === "model_calls");
  // A price that the form cannot show stays chosen until another one is.
  if (charge.document !== null) models.push("document");
  const meter = (
    <Select
      label={t("field.meter")}
      value={charge.meter}
      options={useMeterOptions(meters, charge.meter)}
      onChange={(meter) => onEdit({ do: "charge", charge: charge.key, part: { meter } })}
      error={issueAt(error, `${path}.meter`)}
    />
  );
  const hasCurve = isTiered(charge.model) || charge.model === "package";
  return <PriceForm {...props} models={models} lead={meter} tools={hasCurve && <TierEditorButton {...props} meters={meters} />} />;
}

/** Opens the curves of the price. */
function TierEditorButton({ meters, ...of }: ChargeFieldsProps & { meters: readonly MeterText[] }) {
  const { t } = useTranslation("plans");
  const [isOpen, setOpen] = useState(false);
  const { meter, name } = of.charge;
  const unit = countsTokens(meter) ? t("editor.tokens") : (meters.find((one) => one.id === meter)?.unit ?? "");
  return (
    <>
      <Button icon={ChartSpline} className={styles.start} onPress={() => setOpen(true)}>
        {t("editor.open")}
      </Button>
      {isOpen && <TierEditor {...of} title={name || meterName(meter, meters)} unit={unit} onClose={() => setOpen(false)} />}
    </>
  );
}

function useMeterOptions(meters: readonly MeterText[], chosen: string | null) {
  const { t } = useTranslation("plans");
  const builtIn = BUILT_IN_METERS.map((value) => ({ value: value as string, label: t(`meter.${value}`), group: t("meterGroup.builtIn") }));
  const own = meters
    .filter((meter) => !meter.archived || meter.id === chosen)
    .map((meter) => ({ value: meter.id, label: meter.name, group: t("meterGroup.own") }));
  const all = [...builtIn, ...own];
  // A meter that the book lacks stays chosen, so that its fault can be seen.
  const isKnown = chosen === null || all.some((option) => option.value === chosen);
  return isKnown ? all : [...all, { value: chosen, label: t("meterUnknown"), group: t("meterGroup.own") }];
}
