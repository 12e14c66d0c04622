import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { DecimalField } from "../../components/DecimalField";
import { FieldRow } from "../../components/Form";
import { Select } from "../../components/Select";
import { Switch } from "../../components/Switch";
import type { ChangeText, ChargeText } from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";
import { issueAt } from "../issues";
import { changed, newCharge, readCharge, writeCharge, type ChargeDraft } from "./charge";
import { PriceForm } from "./PriceForm";
import styles from "./Pricing.module.css";
import { FORM_MODELS, type FormModel } from "./price";
import { keptOf } from "./problems";

export interface ChangeFieldsProps {
  value: ChangeText;
  /** Of the plan version. */
  charges: readonly ChargeText[];
  currency: string;
  error: unknown;
  /** Of the change in the request: `overrides[0]`. */
  path: string;
  /** Charges that are changed elsewhere in the same list. */
  taken: readonly string[];
  /** Fields that hold something unreadable: their names begin with the path. */
  problems: readonly string[];
  onProblems: (problems: readonly string[]) => void;
  onChange: (next: ChangeText) => void;
  /** Stands at the end of the row of the charge. */
  end?: ReactNode;
}

/** What is different about one charge: its amount, its price, what is included, the least it comes to. */
export function ChangeFields(of: ChangeFieldsProps) {
  const { t } = useTranslation("plans");
  const { value, charges, path, error, taken, problems, onProblems, onChange, end } = of;
  const charge = charges.find((one) => one.name === value.charge);
  const options = charges.filter((one) => one.kind !== "credit" && !taken.includes(one.name)).map((one) => ({ value: one.name, label: one.name }));
  // A charge that the version does not have stays chosen, with its fault.
  if (!charge) options.unshift({ value: value.charge, label: value.charge });
  const choose = (name: string) => {
    onProblems(problems.filter((field) => !field.startsWith(`${path}.`)));
    onChange({ charge: name });
  };
  return (
    <div className={styles.fields}>
      <FieldRow columns="minmax(0, 1fr) auto">
        <Select
          label={t("change.charge")}
          value={value.charge}
          options={options}
          onChange={choose}
          error={issueAt(error, `${path}.charge`) ?? issueAt(error, path)}
        />
        {end}
      </FieldRow>
      <Switch isSelected={value.off === true} onChange={(off) => onChange(off ? { charge: value.charge, off } : { charge: value.charge })}>
        {t("change.off")}
      </Switch>
      {value.off !== true && (charge?.kind === "usage" ? <OfUsage {...of} charge={charge} /> : <ChangeNumber of={of} name="amount" unit />)}
    </div>
  );
}

function ChangeNumber({ of, name, unit }: { of: ChangeFieldsProps; name: "amount" | "included" | "minimum"; unit?: boolean }) {
  const { t } = useTranslation("plans");
  const { value, currency, error, path, problems, onProblems, onChange } = of;
  const field = `${path}.${name}`;
  return (
    <DecimalField
      label={t(`change.${name}`)}
      unit={unit ? currency : undefined}
      maxPlaces={12}
      value={value[name] ?? null}
      onChange={(next: DecimalString | null) => onChange({ ...value, [name]: next })}
      onProblem={(has) => onProblems([...problems.filter((one) => one !== field), ...(has ? [field] : [])])}
      error={issueAt(error, field)}
    />
  );
}

function OfUsage(of: ChangeFieldsProps & { charge: ChargeText }) {
  const { t } = useTranslation("plans");
  const { value, charge, onChange, problems, onProblems, path } = of;
  const own = value.price ?? null;
  const toggle = (has: boolean) => {
    onProblems(problems.filter((field) => !field.startsWith(`${path}.price.`)));
    // It begins as the plan has it.
    onChange({ ...value, price: has ? writeCharge({ ...readCharge(charge, 0), name: "" }) : null });
  };
  return (
    <>
      <Switch isSelected={own !== null} onChange={toggle}>
        {t("change.price")}
      </Switch>
      {own !== null && <OwnPrice {...of} own={own} />}
      {(own ?? charge).model !== "cost_plus" && (
        <FieldRow columns="1fr 1fr">
          <ChangeNumber of={of} name="included" />
          <ChangeNumber of={of} name="minimum" unit />
        </FieldRow>
      )}
    </>
  );
}

function OwnPrice({ own, charge, ...of }: ChangeFieldsProps & { own: ChargeText; charge: ChargeText }) {
  const { value, currency, error, problems, onProblems, onChange } = of;
  const path = `${of.path}.price`;
  const [held, setHeld] = useState<ChargeDraft>(() => readCharge(own, 0));
  const written = (draft: ChargeDraft) => writeCharge({ ...draft, kind: "usage", name: "", meter: charge.meter });
  // What was typed stays as it is, unless another price came from elsewhere.
  const isHeld = JSON.stringify(written(held)) === JSON.stringify({ ...own, name: "", meter: charge.meter });
  const draft = { ...newCharge(0, "usage"), ...(isHeld ? held : readCharge(own, 0)), meter: charge.meter };
  const models: FormModel[] = FORM_MODELS.filter((model) => model !== "cost_plus" || charge.model === "cost_plus");
  if (draft.document !== null) models.push("document");
  return (
    <div className={styles.inner}>
      <PriceForm
        charge={draft}
        path={path}
        currency={currency}
        error={error}
        models={models}
        onEdit={(action) => {
          if (action.do === "problem") {
            const field = `${path}.${action.field}`;
            onProblems([...problems.filter((one) => one !== field), ...(action.has ? [field] : [])]);
            return;
          }
          const next = changed(draft, action);
          setHeld(next);
          onProblems(keptOf(draft, `${path}.0.`, problems, action));
          onChange({ ...value, price: written(next) });
        }}
      />
    </div>
  );
}
