import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ComboBox } from "../../components/ComboBox";
import { FieldRow, FormSection } from "../../components/Form";
import { Select } from "../../components/Select";
import type { MarkupScopeText, ScopeWord } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { useSettled } from "./use-prices";
import { dimensionName, providerName } from "./words";

interface ScopeFieldsProps {
  scope: MarkupScopeText;
  onChange: (scope: MarkupScopeText) => void;
}

const ALL = "*";
const LEVELS: readonly ScopeWord[] = ["book", "plan", "contract"];

/** For whom and for what a rule holds. */
export function ScopeFields({ scope, onChange }: ScopeFieldsProps) {
  const { t } = useTranslation("price-book");
  const providers = useCommand("price_grid", { search: "", provider: null, filter: "all", offset: 0, limit: 0, at: null }).data?.providers ?? [];
  const dimensions = useCommand("choices", {}).data?.dimensions ?? [];
  return (
    <FormSection title={t("rules.where")}>
      <FieldRow columns="1fr 1fr">
        <Select
          label={t("level.label")}
          value={scope.level}
          options={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))}
          onChange={(level) => onChange({ ...scope, level, owner: null })}
        />
        {scope.level === "plan" && <PlanOwner scope={scope} onChange={onChange} />}
        {scope.level === "contract" && <ContractOwner scope={scope} onChange={onChange} />}
      </FieldRow>
      <FieldRow columns="1fr 1fr">
        <Select
          label={t("provider")}
          value={scope.provider ?? ALL}
          options={[{ value: ALL, label: t("allProviders") }, ...providers.map((one) => ({ value: one.provider, label: providerName(one.provider) }))]}
          onChange={(value) => onChange({ ...scope, provider: value === ALL ? null : value, model: null })}
        />
        <Select
          label={t("dimensionLabel")}
          value={scope.dimension ?? ALL}
          options={[{ value: ALL, label: t("allDimensions") }, ...dimensions.map((name) => ({ value: name, label: dimensionName(name) }))]}
          onChange={(value) => onChange({ ...scope, dimension: value === ALL ? null : value })}
        />
      </FieldRow>
      {scope.provider && <ModelField key={scope.provider} provider={scope.provider} scope={scope} onChange={onChange} />}
    </FormSection>
  );
}

function ModelField({ provider, scope, onChange }: ScopeFieldsProps & { provider: string }) {
  const { t } = useTranslation("price-book");
  const [text, setText] = useState(scope.model ?? "");
  const search = useSettled(text === scope.model ? "" : text, 150);
  const rows = useCommand("price_grid", { search, provider, filter: "all", offset: 0, limit: 30, at: null }, { keepPrevious: true }).data?.rows ?? [];
  return (
    <ComboBox
      label={t("model")}
      optional={t("allModels")}
      value={scope.model}
      options={rows.map((row) => ({ value: row.model, label: row.model }))}
      input={text}
      onInput={(next) => {
        setText(next);
        if (next === "" && scope.model !== null) onChange({ ...scope, model: null });
      }}
      onChange={(model) => {
        setText(model);
        onChange({ ...scope, model });
      }}
      none={t("noModel")}
    />
  );
}

function PlanOwner({ scope, onChange }: ScopeFieldsProps) {
  const { t } = useTranslation("price-book");
  const plans = useCommand("plan_list", {}).data?.plans ?? [];
  return (
    <Select
      label={t("level.plan")}
      placeholder={t("level.choosePlan")}
      value={scope.owner}
      options={plans.map((plan) => ({ value: plan.id, label: plan.name }))}
      onChange={(owner) => onChange({ ...scope, owner })}
    />
  );
}

/** A contract is one subscription of a customer. */
function ContractOwner({ scope, onChange }: ScopeFieldsProps) {
  const { t } = useTranslation("price-book");
  const [customer, setCustomer] = useState<string | null>(null);
  const customers = useCommand("customer_names", {}).data?.rows ?? [];
  const found = useCommand("customer_get", { id: customer ?? "" }, { enabled: customer !== null });
  const subscriptions = customer === null ? [] : (found.data?.subscriptions ?? []);
  return (
    <div className="col" style={{ gap: 8 }}>
      <Select
        label={t("customer")}
        placeholder={t("level.chooseCustomer")}
        value={customer}
        options={customers.filter((one) => !one.archived).map((one) => ({ value: one.id, label: one.name }))}
        onChange={(id) => {
          setCustomer(id);
          onChange({ ...scope, owner: null });
        }}
      />
      {customer !== null && found.data && (
        <Select
          label={t("level.subscription")}
          placeholder={subscriptions.length === 0 ? t("level.noSubscription") : t("level.chooseSubscription")}
          isDisabled={subscriptions.length === 0}
          value={scope.owner}
          options={subscriptions.map((one) => ({ value: one.id, label: one.planName, detail: one.startsOn }))}
          onChange={(owner) => onChange({ ...scope, owner })}
        />
      )}
    </div>
  );
}
