import { Plus, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { FieldRow } from "../../components/Form";
import { IconButton } from "../../components/IconButton";
import { Segmented } from "../../components/Segmented";
import { Switch } from "../../components/Switch";
import { TextField } from "../../components/TextField";
import { faultAt } from "./faults";
import { fieldsInside, lineSlot, type Slot } from "./inside";
import { newLine, newPrice, type LineDraft } from "./price";
import type { ChargeFieldsProps } from "./fields";
import styles from "./Pricing.module.css";

export interface InnerFieldsProps extends ChargeFieldsProps {
  /** Draws the fields of a price inside the price. */
  form: (inside: ChargeFieldsProps) => ReactNode;
}

/** The same price for each hour, day or group by itself; the amounts are added. */
export function BucketFields({ form, ...of }: InnerFieldsProps) {
  const { t } = useTranslation("plans");
  const { charge, onEdit } = of;
  const pers = (["hour", "day", "group"] as const).map((value) => ({ value, label: t(`bucket.per.${value}`) }));
  return (
    <>
      <Segmented
        className={styles.start}
        label={t("bucket.label")}
        segments={pers}
        value={charge.per}
        onChange={(per) => onEdit({ do: "charge", charge: charge.key, part: { per } })}
      />
      <Inner of={of} form={form} slot="base" title={t(`bucket.base.${charge.per}`)} />
    </>
  );
}

/** A price for each value of a dimension, and one for all others. */
export function LineFields({ form, ...of }: InnerFieldsProps) {
  const { t } = useTranslation("plans");
  const { charge, onEdit } = of;
  const { lines, fallback } = charge;
  const change = (part: { lines: LineDraft[] } | { fallback: typeof fallback }) => onEdit({ do: "charge", charge: charge.key, part });
  return (
    <>
      {lines.map((line, index) => (
        <Inner
          key={line.key}
          of={of}
          form={form}
          slot={lineSlot(line.key)}
          title={t("lines.title", { value: line.value || index + 1 })}
          actions={
            <IconButton
              icon={X}
              size="small"
              label={t("lines.remove", { value: line.value || index + 1 })}
              isDisabled={lines.length === 1}
              onPress={() => change({ lines: lines.filter((one) => one.key !== line.key) })}
            />
          }
        >
          <FieldRow columns="1fr 1fr">
            <TextField
              label={t("lines.value")}
              hint={t("lines.valueHint")}
              value={line.value}
              onChange={(value) => change({ lines: lines.map((one) => (one.key === line.key ? { ...one, value } : one)) })}
              error={faultAt(of.error, of.path, `${of.inside ?? ""}lines[${index}].value`)}
            />
          </FieldRow>
        </Inner>
      ))}
      <Button
        kind="ghost"
        size="small"
        icon={Plus}
        className={styles.start}
        onPress={() => change({ lines: [...lines, newLine(Math.max(-1, ...lines.map((line) => line.key)) + 1)] })}
      >
        {t("lines.add")}
      </Button>
      <Switch isSelected={fallback !== null} onChange={(has) => change({ fallback: has ? newPrice() : null })}>
        {t("lines.fallback")}
      </Switch>
      {fallback !== null && <Inner of={of} form={form} slot="fallback" title={t("lines.others")} />}
    </>
  );
}

interface InnerProps {
  of: ChargeFieldsProps;
  form: InnerFieldsProps["form"];
  slot: Slot;
  title: string;
  actions?: ReactNode;
  children?: ReactNode;
}

/** A price inside the price, with all its own fields and terms. */
function Inner({ of, form, slot, title, actions, children }: InnerProps) {
  const inside = fieldsInside(of, slot);
  if (!inside) return null;
  return (
    <div role="group" aria-label={title} className={styles.inner}>
      <div className="row">
        <span className="medium small grow">{title}</span>
        {actions}
      </div>
      {children}
      {form(inside)}
    </div>
  );
}
