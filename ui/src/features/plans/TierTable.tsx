import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import type { DecimalString } from "../../lib/decimal";
import type { ChargeDraft } from "./model";
import { NumberField } from "./NumberField";
import type { TierDraft } from "./price";
import type { ChargeFieldsProps } from "./PriceFields";
import styles from "./Plans.module.css";

type Part = "upTo" | "unitPrice" | "flatFee";

/** The tiers of a price: each begins where the one before ends, the last has no limit. */
export function TierTable(props: ChargeFieldsProps) {
  const { t } = useTranslation("plans");
  const { charge, onEdit } = props;
  return (
    <div>
      <table className={styles.tiers} aria-label={t("tier.table", { name: charge.name })}>
        <thead>
          <tr>
            <th>{t("tier.upTo")}</th>
            <th>{t("tier.unitPrice")}</th>
            <th>{t("tier.flatFee")}</th>
            <th aria-hidden />
          </tr>
        </thead>
        <tbody>
          {charge.tiers.map((tier, index) => (
            <TierRow key={tier.key} {...props} tier={tier} index={index} />
          ))}
        </tbody>
      </table>
      <Button kind="ghost" size="small" icon={Plus} onPress={() => onEdit({ do: "addTier", charge: charge.key })}>
        {t("tier.add")}
      </Button>
    </div>
  );
}

interface TierRowProps extends ChargeFieldsProps {
  tier: TierDraft;
  index: number;
}

function TierRow({ tier, index, ...of }: TierRowProps) {
  const { t } = useTranslation("plans");
  const { charge, onEdit } = of;
  const number = index + 1;
  const field = (part: Part, at: string, label: string) => ({
    of,
    at: `tiers[${index}].${at}`,
    name: `${tier.key}.${part}`,
    "aria-label": label,
    value: tier[part],
    onChange: (value: DecimalString | null) => onEdit({ do: "tier", charge: charge.key, tier: tier.key, part: { [part]: value } }),
  });
  return (
    <tr>
      <td>
        {isLast(charge, tier) ? (
          <span className={styles.open}>{t("tier.open")}</span>
        ) : (
          <NumberField {...field("upTo", "up_to", t("tier.upToOf", { number }))} maxPlaces={6} />
        )}
      </td>
      <td>
        <NumberField {...field("unitPrice", "unit_price", t("tier.unitPriceOf", { number }))} />
      </td>
      <td>
        <NumberField {...field("flatFee", "flat_fee", t("tier.flatFeeOf", { number }))} />
      </td>
      <td>
        <IconButton
          icon={X}
          size="small"
          label={t("tier.remove", { number })}
          isDisabled={charge.tiers.length === 1}
          onPress={() => onEdit({ do: "removeTier", charge: charge.key, tier: tier.key })}
        />
      </td>
    </tr>
  );
}

const isLast = (charge: ChargeDraft, tier: TierDraft) => charge.tiers.at(-1)?.key === tier.key;
