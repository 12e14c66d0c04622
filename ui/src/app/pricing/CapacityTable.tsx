import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { TextField } from "../../components/TextField";
import type { DecimalString } from "../../lib/decimal";
import { faultAt } from "./faults";
import { NumberField } from "./NumberField";
import { openCapacity, type CapacityDraft, type CapacityTierDraft } from "./price";
import type { ChargeFieldsProps } from "./fields";
import styles from "./Pricing.module.css";

const nextKey = (all: readonly { key: number }[]) => Math.max(-1, ...all.map((one) => one.key)) + 1;

/** Several units are limited at the same time: the highest tier that one of them reaches sets the amount. */
export function CapacityTable(of: ChargeFieldsProps) {
  const { t } = useTranslation("plans");
  const { charge, currency } = of;
  const { units, tiers } = charge.capacity;
  const { set, rename, removeUnit, removeTier } = useCapacity(of);
  const isTwice = (name: string) => name !== "" && units.filter((unit) => unit.name.trim() === name).length > 1;
  return (
    <div className={styles.fields}>
      <table className={styles.tiers} data-heads aria-label={t("tier.table", { name: charge.name })}>
        <thead>
          <tr>
            {units.map((unit, index) => (
              <th key={unit.key}>
                <TextField
                  label={t("capacity.unit", { number: index + 1 })}
                  placeholder={t("capacity.unitHint")}
                  value={unit.name}
                  onChange={(name) => rename(unit.key, name)}
                  live
                  error={isTwice(unit.name.trim()) ? t("errors:issue.duplicate") : faultAt(of.error, of.path, `${of.inside ?? ""}tiers[0].limits.${unit.name.trim()}`) && unit.name.trim() === "" ? t("errors:issue.required") : null}
                  after={
                    <IconButton
                      icon={X}
                      size="small"
                      label={t("capacity.removeUnit", { name: unit.name || index + 1 })}
                      isDisabled={units.length === 1}
                      onPress={() => removeUnit(unit.key)}
                    />
                  }
                />
              </th>
            ))}
            <th>{t("capacity.amount", { currency })}</th>
            <th aria-hidden />
          </tr>
        </thead>
        <tbody>
          {tiers.map((tier, index) => (
            <CapacityRow key={tier.key} of={of} tier={tier} index={index} onChange={(next) => set({ tiers: tiers.map((one) => (one.key === tier.key ? next : one)) })} onRemove={() => removeTier(tier.key)} />
          ))}
        </tbody>
      </table>
      <div className="row">
        <Button kind="ghost" size="small" icon={Plus} onPress={() => set({ tiers: [...tiers, openCapacity(nextKey(tiers))] })}>
          {t("tier.add")}
        </Button>
        <Button kind="ghost" size="small" icon={Plus} onPress={() => set({ units: [...units, { key: nextKey(units), name: "" }] })}>
          {t("capacity.addUnit")}
        </Button>
      </div>
    </div>
  );
}

/** What can be done to units and tiers; fields that go hold nothing unreadable any more. */
function useCapacity({ charge, onEdit }: ChargeFieldsProps) {
  const { capacity } = charge;
  const { units, tiers } = capacity;
  const set = (part: Partial<CapacityDraft>) => onEdit({ do: "charge", charge: charge.key, part: { capacity: { ...capacity, ...part } } });
  const problem = (name: string, has: boolean) => onEdit({ do: "problem", field: `${charge.key}.capacity.${name}`, has });
  // A price document cannot hold two units of one name.
  const tellNames = (next: CapacityDraft["units"]) => {
    for (const { key, name } of next) problem(`unit${key}`, name.trim() !== "" && next.some((other) => other.key < key && other.name.trim() === name.trim()));
  };
  return {
    set,
    rename(key: number, name: string) {
      const next = units.map((unit) => (unit.key === key ? { ...unit, name } : unit));
      tellNames(next);
      set({ units: next });
    },
    removeUnit(key: number) {
      for (const tier of tiers) problem(`${tier.key}.limit${key}`, false);
      problem(`unit${key}`, false);
      const next = units.filter((unit) => unit.key !== key);
      tellNames(next);
      set({ units: next });
    },
    removeTier(key: number) {
      const left = tiers.filter((tier) => tier.key !== key);
      const last = left.at(-1);
      problem(`${key}.amount`, false);
      for (const unit of units) {
        problem(`${key}.limit${unit.key}`, false);
        problem(`${last?.key}.limit${unit.key}`, false);
      }
      // Whatever stands last now has no limits.
      set({ tiers: left.map((tier) => (tier === last ? { ...tier, limits: {} } : tier)) });
    },
  };
}

interface CapacityRowProps {
  of: ChargeFieldsProps;
  tier: CapacityTierDraft;
  index: number;
  onChange: (tier: CapacityTierDraft) => void;
  onRemove: () => void;
}

function CapacityRow({ of, tier, index, onChange, onRemove }: CapacityRowProps) {
  const { t } = useTranslation("plans");
  const { units, tiers } = of.charge.capacity;
  const number = index + 1;
  const isLast = index === tiers.length - 1;
  return (
    <tr>
      {units.map((unit) => (
        <td key={unit.key}>
          {isLast ? (
            <span className={styles.open}>{t("tier.open")}</span>
          ) : (
            <NumberField
              of={of}
              at={`tiers[${index}].limits.${unit.name.trim()}`}
              name={`capacity.${tier.key}.limit${unit.key}`}
              aria-label={t("capacity.limitOf", { number, unit: unit.name })}
              placeholder={t("tier.open")}
              grouped
              value={tier.limits[unit.key] ?? null}
              onChange={(limit: DecimalString | null) => onChange({ ...tier, limits: { ...tier.limits, [unit.key]: limit } })}
            />
          )}
        </td>
      ))}
      <td>
        <NumberField
          of={of}
          at={`tiers[${index}].amount`}
          name={`capacity.${tier.key}.amount`}
          aria-label={t("capacity.amountOf", { number })}
          value={tier.amount}
          onChange={(amount) => onChange({ ...tier, amount })}
        />
      </td>
      <td>
        <IconButton icon={X} size="small" label={t("tier.remove", { number })} isDisabled={tiers.length === 1} onPress={onRemove} />
      </td>
    </tr>
  );
}
