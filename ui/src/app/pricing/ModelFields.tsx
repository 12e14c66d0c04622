import { Plus, X } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { FieldRow } from "../../components/Form";
import { IconButton } from "../../components/IconButton";
import { Segmented } from "../../components/Segmented";
import { shift } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import { countsTokens } from "./charge";
import { NumberField } from "./NumberField";
import { openBlock, type BlockDraft, type PackageDraft } from "./price";
import type { ChargeFieldsProps } from "./fields";
import styles from "./Pricing.module.css";

/** A price for each unit. */
export function UnitPriceField(of: ChargeFieldsProps) {
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

/** So much for each package begun, or for each full one. */
export function PackageFields(props: ChargeFieldsProps) {
  const { t } = useTranslation(["plans", "common"]);
  const { charge, currency, onEdit } = props;
  const { pack } = charge;
  const change = (part: Partial<PackageDraft>) => onEdit({ do: "charge", charge: charge.key, part: { pack: { ...pack, ...part } } });
  const rounds = (["up", "down"] as const).map((value) => ({ value, label: t(`package.${value}`) }));
  return (
    <>
      <FieldRow columns="1fr 1fr 1fr">
        <NumberField of={props} at="package_size" label={t("package.size")} grouped value={pack.size} onChange={(size) => change({ size })} />
        <NumberField of={props} at="package_price" label={t("package.price")} unit={currency} value={pack.price} onChange={(price) => change({ price })} />
        <NumberField
          of={props}
          at="free_units"
          label={t("package.freeUnits")}
          optional={t("common:optional")}
          value={pack.freeUnits}
          onChange={(freeUnits) => change({ freeUnits })}
        />
      </FieldRow>
      <Segmented className={styles.start} label={t("package.round")} segments={rounds} value={pack.round} onChange={(round) => change({ round })} />
    </>
  );
}

/** Nothing up to the allowance, a price for each unit beyond it. */
export function OverageFields(props: ChargeFieldsProps) {
  const { t } = useTranslation("plans");
  const { charge, currency, onEdit } = props;
  const { terms } = charge;
  return (
    <FieldRow columns="1fr 1fr">
      <NumberField
        of={props}
        at="included"
        label={t("terms.included")}
        value={terms.included}
        onChange={(included) => onEdit({ do: "charge", charge: charge.key, part: { terms: { ...terms, included } } })}
      />
      <NumberField
        of={props}
        at="unit_price"
        label={t("field.unitPriceBeyond")}
        unit={currency}
        value={charge.unitPrice}
        onChange={(unitPrice) => onEdit({ do: "charge", charge: charge.key, part: { unitPrice } })}
      />
    </FieldRow>
  );
}

/** The same amount however much is used. */
export function FlatField(props: ChargeFieldsProps) {
  const { t } = useTranslation("plans");
  const { charge, currency, onEdit } = props;
  return (
    <NumberField
      of={props}
      at="amount"
      name="flat"
      label={t("field.flat")}
      unit={currency}
      value={charge.flat}
      onChange={(flat) => onEdit({ do: "charge", charge: charge.key, part: { flat } })}
    />
  );
}

/** Tiers that are counted in blocks; a block that was begun counts. */
export function BlockTable(props: ChargeFieldsProps) {
  const { t } = useTranslation("plans");
  const { charge, onEdit } = props;
  const { blocks } = charge;
  const set = (next: BlockDraft[]) => onEdit({ do: "charge", charge: charge.key, part: { blocks: next } });
  const modes = (["all_tiers", "top_tier"] as const).map((value) => ({ value, label: t(`blocks.mode.${value}`) }));
  const remove = (key: number) => {
    const left = blocks.filter((block) => block.key !== key);
    // Whatever stands last now has no limit; fields that go hold nothing unreadable any more.
    for (const name of ["size", "max", "price"]) onEdit({ do: "problem", field: `${charge.key}.blocks.${key}.${name}`, has: false });
    onEdit({ do: "problem", field: `${charge.key}.blocks.${left.at(-1)?.key}.max`, has: false });
    set(left.map((block, index) => (index === left.length - 1 ? { ...block, max: null } : block)));
  };
  return (
    <div className={styles.fields}>
      <Segmented
        className={styles.start}
        label={t("blocks.mode.label")}
        segments={modes}
        value={charge.blockMode}
        onChange={(blockMode) => onEdit({ do: "charge", charge: charge.key, part: { blockMode } })}
      />
      <table className={styles.tiers} aria-label={t("blocks.table", { name: charge.name })}>
        <thead>
          <tr>
            <th>{t("blocks.size")}</th>
            <th>{t("blocks.max")}</th>
            <th>{t("blocks.price")}</th>
            <th aria-hidden />
          </tr>
        </thead>
        <tbody>
          {blocks.map((block, index) => (
            <BlockRow
              key={block.key}
              {...props}
              block={block}
              index={index}
              onChange={(part) => set(blocks.map((one) => (one.key === block.key ? { ...one, ...part } : one)))}
              onRemove={() => remove(block.key)}
            />
          ))}
        </tbody>
      </table>
      <Button
        kind="ghost"
        size="small"
        icon={Plus}
        className={styles.start}
        onPress={() => set([...blocks, openBlock(Math.max(...blocks.map((block) => block.key)) + 1)])}
      >
        {t("tier.add")}
      </Button>
    </div>
  );
}

interface BlockRowProps extends ChargeFieldsProps {
  block: BlockDraft;
  index: number;
  onChange: (part: Partial<BlockDraft>) => void;
  onRemove: () => void;
}

function BlockRow({ block, index, onChange, onRemove, ...of }: BlockRowProps) {
  const { t } = useTranslation("plans");
  const number = index + 1;
  const isLast = index === of.charge.blocks.length - 1;
  const field = (part: "size" | "max" | "price", at: string, label: string) => ({
    of,
    at: `blocks[${index}].${at}`,
    name: `blocks.${block.key}.${part}`,
    "aria-label": label,
    value: block[part],
    onChange: (value: BlockDraft["size"]) => onChange({ [part]: value }),
  });
  return (
    <tr>
      <td>
        <NumberField {...field("size", "block_size", t("blocks.sizeOf", { number }))} />
      </td>
      <td>
        {isLast ? (
          <span className={styles.open}>{t("tier.open")}</span>
        ) : (
          <NumberField {...field("max", "max_blocks", t("blocks.maxOf", { number }))} maxPlaces={0} />
        )}
      </td>
      <td>
        <NumberField {...field("price", "price_per_block", t("blocks.priceOf", { number }))} />
      </td>
      <td>
        <IconButton icon={X} size="small" label={t("tier.remove", { number })} isDisabled={of.charge.blocks.length === 1} onPress={onRemove} />
      </td>
    </tr>
  );
}
