import { Clipboard, Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { showToast } from "../toasts";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { Percent } from "../../components/Quantity";
import { compare, type DecimalString } from "../../lib/decimal";
import { useFormatSetting } from "../../lib/use-formats";
import type { ChargeDraft } from "./charge";
import { NumberField } from "./NumberField";
import { readTiers } from "./paste";
import { isTiered, type PriceDraft, type TierDraft } from "./price";
import type { ChargeFieldsProps } from "./fields";
import styles from "./Pricing.module.css";

type Part = "upTo" | "unitPrice" | "flatFee";

interface TierTableProps extends ChargeFieldsProps {
  /** What each tier's price leaves, in percent; without them no such column. */
  margins?: readonly (DecimalString | null)[];
  /** Fields that differ from it are in pencil. */
  published?: PriceDraft;
  /** A new tier begins with the numbers of the one before. */
  splits?: boolean;
}

/** The tiers of a price: each begins where the one before ends, the last has no limit. */
export function TierTable({ margins, published, splits, ...of }: TierTableProps) {
  const { t } = useTranslation("plans");
  const { charge, onEdit } = of;
  const paste = usePaste(of);
  const hasMargins = margins?.some((margin) => margin !== null) ?? false;
  return (
    <div
      onPaste={(event) => {
        const text = event.clipboardData.getData("text/plain");
        // A single number is for the field that it is pasted into.
        if (splits && /[\t\n]/.test(text.trim()) && paste(text)) event.preventDefault();
      }}
    >
      <table className={styles.tiers} aria-label={t("tier.table", { name: charge.name })} data-tight={splits || undefined}>
        <thead>
          <tr>
            <th>{t(splits ? "tier.upToShort" : "tier.upTo")}</th>
            <th>{t(splits ? "tier.unitPriceShort" : "tier.unitPrice")}</th>
            <th>{t("tier.flatFee")}</th>
            {hasMargins && <th className="right">{t("effect.margin")}</th>}
            <th aria-hidden />
          </tr>
        </thead>
        <tbody>
          {charge.tiers.map((tier, index) => (
            <TierRow key={tier.key} of={of} published={published} tier={tier} index={index} margin={hasMargins ? (margins?.[index] ?? null) : undefined} />
          ))}
        </tbody>
      </table>
      <div className="row">
        <Button
          kind="ghost"
          size="small"
          icon={Plus}
          onPress={() => onEdit({ do: splits ? "splitTier" : "addTier", charge: charge.key })}
        >
          {t("tier.add")}
        </Button>
        {splits && <PasteButton onPaste={paste} />}
      </div>
    </div>
  );
}

/** All tiers at once, as they were copied from a spreadsheet; in one step that can be taken back. */
function usePaste({ charge, onEdit }: ChargeFieldsProps) {
  const { t } = useTranslation("plans");
  const { locale } = useFormatSetting();
  return (text: string | null): boolean => {
    const tiers = text === null ? null : readTiers(text, locale);
    if (tiers === null) return false;
    onEdit({ do: "put", charge: charge.key, value: { ...charge, tiers }, why: "paste" });
    showToast({ text: t("tier.pasted", { count: tiers.length }), tone: "gain" });
    return true;
  };
}

function PasteButton({ onPaste }: { onPaste: (text: string | null) => boolean }) {
  const { t } = useTranslation("plans");
  async function paste() {
    // Not every window lets a page read the clipboard; pasting into a field always works.
    const text = (await navigator.clipboard?.readText().catch(() => null)) ?? null;
    if (!onPaste(text)) showToast({ text: t(text === null ? "tier.noClipboard" : "tier.pasteUnread"), tone: "loss" });
  }
  return (
    <Button kind="ghost" size="small" icon={Clipboard} onPress={() => void paste()}>
      {t("tier.paste")}
    </Button>
  );
}

interface TierRowProps {
  of: ChargeFieldsProps;
  published: PriceDraft | undefined;
  tier: TierDraft;
  index: number;
  margin: DecimalString | null | undefined;
}

function TierRow({ of, published, tier, index, margin }: TierRowProps) {
  const { t } = useTranslation("plans");
  const { charge, onEdit } = of;
  const number = index + 1;
  const old = published && isTiered(published.model) ? published.tiers[index] : undefined;
  const field = (part: Part, at: string, label: string) => ({
    of,
    at: `tiers[${index}].${at}`,
    name: `${tier.key}.${part}`,
    "aria-label": label,
    value: tier[part],
    changed: published !== undefined && !isSame(tier[part], old?.[part] ?? null),
    onChange: (value: DecimalString | null) => onEdit({ do: "tier", charge: charge.key, tier: tier.key, part: { [part]: value } }),
  });
  return (
    <tr>
      <td>
        {isLast(charge, tier) ? (
          <span className={styles.open}>{t("tier.open")}</span>
        ) : (
          <NumberField {...field("upTo", "up_to", t("tier.upToOf", { number }))} maxPlaces={6} grouped />
        )}
      </td>
      <td>
        <NumberField {...field("unitPrice", "unit_price", t("tier.unitPriceOf", { number }))} />
      </td>
      <td>
        <NumberField {...field("flatFee", "flat_fee", t("tier.flatFeeOf", { number }))} />
      </td>
      {margin !== undefined && (
        <td className="right">
          <Percent value={margin} lossWhenNegative className={styles.open} />
        </td>
      )}
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
const isSame = (a: DecimalString | null, b: DecimalString | null) => a === b || (a !== null && b !== null && compare(a, b) === 0);
