import { Layers, Package, Waves } from "lucide-react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { Button } from "../../components/Button";
import { Segmented } from "../../components/Segmented";
import { Sheet } from "../../components/Sheet";
import { Note } from "../../components/States";
import { Switch } from "../../components/Switch";
import { Tag } from "../../components/Tag";
import { Cliffs } from "./Cliffs";
import { writeCharge } from "./model";
import { PackageFields } from "./ModelFields";
import type { ChargeFieldsProps } from "./PriceFields";
import { isTiered } from "./price";
import { TierChart } from "./TierChart";
import styles from "./TierEditor.module.css";
import { TierTable } from "./TierTable";
import { TryQuantity } from "./TryQuantity";
import { useCurve } from "./use-curve";

interface TierEditorProps extends ChargeFieldsProps {
  title: string;
  /** The word for one unit, empty when the meter has none. */
  unit: string;
  onClose: () => void;
}

/** The tiers of one charge as curves with handles, beside the same as a table. */
export function TierEditor({ title, unit, onClose, ...of }: TierEditorProps) {
  const { t } = useTranslation(["plans", "common"]);
  const { charge, currency, onEdit } = of;
  const curve = useCurve(charge, currency);
  const modes = [
    { value: "graduated" as const, label: t("editor.graduated"), icon: Layers },
    { value: "volume" as const, label: t("editor.volume"), icon: Waves },
    { value: "package" as const, label: t("editor.package"), icon: Package },
  ];
  const change = (part: Parameters<typeof onEdit>[0] & { do: "charge" }) => onEdit(part);
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={title}
      tag={<Tag tone="pencil">{t("state.draft")}</Tag>}
      closeLabel={t("common:close")}
      width={1240}
      flush
      footer={
        <>
          <span className="muted small grow">{t("editor.note")}</span>
          <Button kind="primary" onPress={onClose}>
            {t("editor.done")}
          </Button>
        </>
      }
    >
      <div className={styles.page}>
        <div className={styles.views}>
          <Segmented
            className={styles.start}
            label={t("field.model")}
            segments={modes}
            value={charge.model as "graduated"}
            onChange={(model) => change({ do: "charge", charge: charge.key, part: { model } })}
          />
          {curve.isMissing && <Note tone="pencil">{t("editor.missing")}</Note>}
          {curve.error && !curve.isMissing && <Note tone="loss">{errorText(curve.error).text}</Note>}
          {curve.converted && <Note>{t("editor.converted")}</Note>}
          <TierChart {...of} curve={curve} unit={unit} />
        </div>
        <div className={styles.side}>
          <section className={styles.part} aria-label={t("editor.table")}>
            {isTiered(charge.model) ? (
              <>
                <TierTable {...of} />
                <Switch
                  isSelected={charge.chargeFlatAtZero}
                  onChange={(chargeFlatAtZero) => change({ do: "charge", charge: charge.key, part: { chargeFlatAtZero } })}
                >
                  {t("flatAtZero")}
                </Switch>
              </>
            ) : (
              <PackageFields {...of} />
            )}
          </section>
          {curve.cliffs && <Cliffs cliffs={curve.cliffs} currency={currency} />}
          <section className={styles.part} aria-label={t("try.title")}>
            <TryQuantity charge={writeCharge(charge)} currency={currency} start={curve.customers[0]?.quantity} />
          </section>
        </div>
      </div>
    </Sheet>
  );
}
