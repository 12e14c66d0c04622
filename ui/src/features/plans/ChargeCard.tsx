import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import { useTranslation } from "react-i18next";
import { issueAt } from "../../app/issues";
import { FieldRow } from "../../components/Form";
import { IconButton } from "../../components/IconButton";
import { Panel } from "../../components/Panel";
import { Segmented } from "../../components/Segmented";
import { TextField } from "../../components/TextField";
import type { MeterText } from "../../ipc/generated/types";
import { CreditFields } from "./CreditFields";
import type { Edit } from "./model";
import { writeCharge } from "../../app/pricing/charge";
import styles from "./Plans.module.css";
import { AmountField, FeeFields, UsageFields } from "./PriceFields";
import type { ChargeFieldsProps } from "../../app/pricing/fields";
import { TryQuantity } from "./TryQuantity";

interface ChargeCardProps extends Omit<ChargeFieldsProps, "path" | "onEdit"> {
  onEdit: (action: Edit) => void;
  index: number;
  /** How many charges there are. */
  count: number;
  meters: readonly MeterText[];
}

/** One charge of a draft with everything that can be changed in it. */
export function ChargeCard({ index, count, meters, ...rest }: ChargeCardProps) {
  const { t } = useTranslation("plans");
  const { charge, error, currency, onEdit } = rest;
  const props = { ...rest, path: `charges[${index}]` };
  const name = charge.name || t("charge.untitled", { number: index + 1 });
  const kinds = (["recurring_fee", "usage", "one_off_fee", "minimum"] as const).map((value) => ({ value, label: t(`kind.${value}`) }));
  return (
    <Panel
      title={name}
      actions={
        <>
          <IconButton
            icon={ArrowUp}
            label={t("charge.up", { name })}
            isDisabled={index === 0}
            onPress={() => onEdit({ do: "move", charge: charge.key, by: -1 })}
          />
          <IconButton
            icon={ArrowDown}
            label={t("charge.down", { name })}
            isDisabled={index === count - 1}
            onPress={() => onEdit({ do: "move", charge: charge.key, by: 1 })}
          />
          <IconButton icon={Trash2} label={t("charge.remove", { name })} onPress={() => onEdit({ do: "remove", charge: charge.key })} />
        </>
      }
    >
      <div className={styles.fields} data-charge>
        <FieldRow columns={charge.kind === "credit" ? "1fr" : "1fr auto"}>
          <TextField
            label={t("field.chargeName")}
            value={charge.name}
            onChange={(text) => onEdit({ do: "charge", charge: charge.key, part: { name: text } })}
            error={issueAt(error, `${props.path}.name`)}
          />
          {charge.kind !== "credit" && (
            <Segmented
              className={styles.kind}
              label={t("field.kind")}
              segments={kinds}
              value={charge.kind}
              onChange={(kind) => onEdit({ do: "charge", charge: charge.key, part: { kind } })}
            />
          )}
        </FieldRow>
        {charge.kind === "credit" && <CreditFields {...props} />}
        {charge.kind === "recurring_fee" && (
          <FieldRow columns="1fr auto auto">
            <FeeFields {...props} />
          </FieldRow>
        )}
        {(charge.kind === "one_off_fee" || charge.kind === "minimum") && <AmountField {...props} />}
        {charge.kind === "usage" && (
          <>
            <UsageFields {...props} meters={meters} />
            <TryQuantity charge={writeCharge(charge)} currency={currency} />
          </>
        )}
      </div>
    </Panel>
  );
}
