import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { issueAt } from "../../app/issues";
import { Button } from "../../components/Button";
import { DecimalField } from "../../components/DecimalField";
import { IconButton } from "../../components/IconButton";
import type { DecimalString } from "../../lib/decimal";
import type { ChargeDraft, TierDraft } from "./model";
import type { ChargeFieldsProps } from "./PriceFields";
import styles from "./Plans.module.css";

type Part = "upTo" | "unitPrice" | "flatFee";

/** The tiers of a graduated price: each unit at the price of its own tier, the last without limit. */
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

function TierRow({ charge, path, error, onEdit, tier, index }: TierRowProps) {
  const { t } = useTranslation("plans");
  const number = index + 1;
  const field = (part: Part, label: string) => ({
    "aria-label": label,
    value: tier[part],
    maxPlaces: part === "upTo" ? 6 : 12,
    onChange: (value: DecimalString | null) => onEdit({ do: "tier", charge: charge.key, tier: tier.key, part: { [part]: value } }),
    onProblem: (has: boolean) => onEdit({ do: "problem", field: `${charge.key}.${tier.key}.${part}`, has }),
    error: issueAt(error, `${path}.tiers[${index}].${part}`),
  });
  return (
    <tr>
      <td>
        {isLast(charge, tier) ? (
          <span className={styles.open}>{t("tier.open")}</span>
        ) : (
          <DecimalField {...field("upTo", t("tier.upToOf", { number }))} />
        )}
      </td>
      <td>
        <DecimalField {...field("unitPrice", t("tier.unitPriceOf", { number }))} />
      </td>
      <td>
        <DecimalField {...field("flatFee", t("tier.flatFeeOf", { number }))} />
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
