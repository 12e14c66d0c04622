import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { FormIssues } from "../../components/Form";
import { Select } from "../../components/Select";
import { Switch } from "../../components/Switch";
import { CapacityTable } from "./CapacityTable";
import { CostPlusFields } from "./CostPlusFields";
import { faultAt, strayFaults } from "./faults";
import { BucketFields, LineFields } from "./InnerFields";
import { BlockTable, FlatField, OverageFields, PackageFields, UnitPriceField } from "./ModelFields";
import { PercentageFields, RateTable } from "./MoneyFields";
import styles from "./Pricing.module.css";
import { groupOf, INNER_MODELS, type FormModel } from "./price";
import type { ChargeFieldsProps } from "./fields";
import { RawDocument } from "./RawDocument";
import { TermsFields } from "./TermsFields";
import { TierTable } from "./TierTable";

interface PriceFormProps extends ChargeFieldsProps {
  models: readonly FormModel[];
  /** Stands before the model, in one row with it. */
  lead?: ReactNode;
  /** Stands before the numbers of the model. */
  tools?: ReactNode;
}

/** How a price comes about, with its numbers and with all that is agreed around it. */
export function PriceForm({ models, lead, tools, ...of }: PriceFormProps) {
  const { t } = useTranslation("plans");
  const { charge, error, path, inside = "", onEdit } = of;
  return (
    <>
      <div className={styles.pair}>
        {lead}
        <Select
          label={t("field.model")}
          hint={t(`modelHint.${charge.model}`)}
          value={charge.model}
          options={models.map((value) => ({ value, label: t(`model.${value}`), group: t(`modelGroup.${groupOf(value)}`) }))}
          onChange={(model) => onEdit({ do: "charge", charge: charge.key, part: { model } })}
          error={faultAt(error, path, `${inside}model`)}
        />
      </div>
      {inside === "" && <FormIssues texts={strayFaults(error, path, charge)} />}
      {tools}
      <ModelFields {...of} />
      {charge.model === "cost_plus" ? <CostPlusFields {...of} /> : charge.model !== "document" && <TermsFields {...of} />}
    </>
  );
}

const innerForm = (inside: ChargeFieldsProps) => <PriceForm {...inside} models={INNER_MODELS} />;

/** The numbers of the model itself. */
function ModelFields(of: ChargeFieldsProps) {
  const { charge } = of;
  switch (charge.model) {
    case "per_unit":
      return <UnitPriceField {...of} />;
    case "overage":
      return <OverageFields {...of} />;
    case "package":
      return <PackageFields {...of} />;
    case "blocks":
      return <BlockTable {...of} />;
    case "flat":
      return <FlatField {...of} />;
    case "graduated":
    case "volume":
      return <Tiers {...of} />;
    case "percentage":
      return <PercentageFields {...of} />;
    case "graduated_percentage":
      return <RateTable {...of} />;
    case "bucketed":
      return <BucketFields {...of} form={innerForm} />;
    case "line_sum":
      return <LineFields {...of} form={innerForm} />;
    case "capacity":
      return <CapacityTable {...of} />;
    case "document":
      return <RawDocument text={charge.document ?? ""} />;
    case "dynamic":
    case "cost_plus":
      return null;
  }
}

function Tiers(of: ChargeFieldsProps) {
  const { t } = useTranslation("plans");
  const { charge, onEdit } = of;
  return (
    <>
      <TierTable {...of} />
      <Switch
        isSelected={charge.chargeFlatAtZero}
        onChange={(chargeFlatAtZero) => onEdit({ do: "charge", charge: charge.key, part: { chargeFlatAtZero } })}
      >
        {t("flatAtZero")}
      </Switch>
    </>
  );
}
