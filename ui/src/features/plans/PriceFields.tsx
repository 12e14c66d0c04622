import { ChartSpline } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { issueAt } from "../../app/issues";
import { Button } from "../../components/Button";
import { DecimalField } from "../../components/DecimalField";
import { FieldRow, FormIssues } from "../../components/Form";
import { Segmented } from "../../components/Segmented";
import { Select } from "../../components/Select";
import { Switch } from "../../components/Switch";
import type { MeterText } from "../../ipc/generated/types";
import { shift, type DecimalString } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import { faultAt, strayFaults } from "./faults";
import { BUILT_IN_METERS, countsTokens, emptyMarkup, type ChargeDraft, type Edit } from "./model";
import { BlockTable, FlatField, OverageFields, PackageFields } from "./ModelFields";
import { NumberField } from "./NumberField";
import styles from "./Plans.module.css";
import { FORM_MODELS, isTiered, type FormModel } from "./price";
import { RawDocument } from "./RawDocument";
import { TermsFields } from "./TermsFields";
import { TierEditor } from "./TierEditor";
import { TierTable } from "./TierTable";
import { meterName } from "./words";

export interface ChargeFieldsProps {
  charge: ChargeDraft;
  /** Of the charge in the request: `charges[2]`. */
  path: string;
  currency: string;
  error: unknown;
  /** The faults are those of the price as it is now, not of when it was saved. */
  isLive?: boolean;
  onEdit: (action: Edit) => void;
}

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
  const change = (part: Partial<Omit<ChargeDraft, "key" | "tiers">>) => onEdit({ do: "charge", charge: charge.key, part });
  const models: FormModel[] = FORM_MODELS.filter((model) => model !== "cost_plus" || charge.meter === "model_calls");
  // A price that the form cannot show stays chosen until another one is.
  if (charge.document !== null) models.push("document");
  return (
    <>
      <FieldRow columns="1fr 1fr">
        <Select
          label={t("field.meter")}
          value={charge.meter}
          options={useMeterOptions(meters, charge.meter)}
          onChange={(meter) => change({ meter })}
          error={issueAt(error, `${path}.meter`)}
        />
        <Select
          label={t("field.model")}
          value={charge.model}
          options={models.map((value) => ({ value, label: t(`model.${value}`) }))}
          onChange={(model) => change({ model })}
          error={faultAt(error, path, "model")}
        />
      </FieldRow>
      <FormIssues texts={strayFaults(error, path, charge)} />
      {charge.model === "per_unit" && <UnitPriceField {...props} />}
      {charge.model === "package" && <PackageFields {...props} />}
      {charge.model === "blocks" && <BlockTable {...props} />}
      {charge.model === "overage" && <OverageFields {...props} />}
      {charge.model === "flat" && <FlatField {...props} />}
      {charge.model === "document" && <RawDocument text={charge.document ?? ""} />}
      {(isTiered(charge.model) || charge.model === "package") && <TierEditorButton {...props} meters={meters} />}
      {isTiered(charge.model) && (
        <>
          <TierTable {...props} />
          <Switch isSelected={charge.chargeFlatAtZero} onChange={(chargeFlatAtZero) => change({ chargeFlatAtZero })}>
            {t("flatAtZero")}
          </Switch>
        </>
      )}
      {charge.model === "cost_plus" ? <CostPlusFields {...props} /> : charge.model !== "document" && <TermsFields {...props} />}
    </>
  );
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

function UnitPriceField(of: ChargeFieldsProps) {
  const { charge, currency, onEdit } = of;
  const { t } = useTranslation("plans");
  const formats = useFormats();
  const { unitPrice } = charge;
  const price = countsTokens(charge.meter) && unitPrice !== null ? formats.unitPrice(shift(unitPrice, 6), currency) : null;
  return (
    <NumberField
      of={of}
      at="unit_price"
      label={t("field.unitPrice")}
      unit={currency}
      hint={price === null ? undefined : t("perMillionHint", { price })}
      value={unitPrice}
      onChange={(value) => onEdit({ do: "charge", charge: charge.key, part: { unitPrice: value } })}
    />
  );
}

function CostPlusFields({ charge, path, currency, error, onEdit }: ChargeFieldsProps) {
  const { t } = useTranslation(["plans", "common"]);
  const { markup } = charge;
  const field = (key: "percent" | "fixedPerRequest", label: string) => ({
    label,
    allowNegative: true,
    value: markup?.[key] ?? null,
    onChange: (value: DecimalString | null) =>
      onEdit({ do: "charge", charge: charge.key, part: { markup: { ...(markup ?? emptyMarkup()), [key]: value } } }),
    onProblem: (has: boolean) => onEdit({ do: "problem", field: `${charge.key}.markup.${key}`, has }),
    error: issueAt(error, `${path}.markup.${key}`),
  });
  return (
    <>
      <Switch
        isSelected={markup !== null}
        onChange={(own) => onEdit({ do: "charge", charge: charge.key, part: { markup: own ? emptyMarkup() : null } })}
      >
        {t("ownMarkup")}
      </Switch>
      {markup && (
        <FieldRow columns="1fr 1fr">
          <DecimalField {...field("percent", t("field.markup"))} unit="%" />
          <DecimalField {...field("fixedPerRequest", t("field.fixedPerRequest"))} unit={currency} optional={t("common:optional")} />
        </FieldRow>
      )}
    </>
  );
}
