import { Redo2, RotateCcw, Undo2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { comboOf } from "../../app/shortcuts";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import type { Axis } from "../../components/charts/axis";
import { IconButton } from "../../components/IconButton";
import { Sheet } from "../../components/Sheet";
import { Note } from "../../components/States";
import { Switch } from "../../components/Switch";
import { Tag } from "../../components/Tag";
import { ApiError } from "../../ipc/errors";
import { Cliffs } from "./Cliffs";
import { readPrice } from "../../app/pricing/document";
import { affectedOf } from "./effect";
import { Effect } from "./Effect";
import { writeCharge } from "../../app/pricing/charge";
import { PackageFields } from "../../app/pricing/ModelFields";
import type { ChargeFieldsProps } from "../../app/pricing/fields";
import { isTiered } from "../../app/pricing/price";
import { usePublished, type PublishedCharge } from "./published";
import { TierChart } from "./TierChart";
import styles from "./TierEditor.module.css";
import { TierTable } from "../../app/pricing/TierTable";
import { ALL_SHOWN, TierTools } from "./TierTools";
import { TryQuantity } from "./TryQuantity";
import { useComparison } from "./use-comparison";
import { useCurve } from "./use-curve";
import { useHistory } from "./use-history";
import { useStepWords } from "./words";

interface TierEditorProps extends ChargeFieldsProps {
  title: string;
  /** The word for one unit, empty when the meter has none. */
  unit: string;
  onClose: () => void;
}

/** The tiers of one charge as curves with handles, beside the same as a table, above what the edit means. */
export function TierEditor({ title, unit, onClose, ...outer }: TierEditorProps) {
  const { t } = useTranslation(["plans", "common"]);
  const { charge, currency } = outer;
  const [kind, setKind] = useState<Axis["kind"]>("log");
  const [shown, setShown] = useState(ALL_SHOWN);
  const steps = useHistory(charge, outer.onEdit);
  const published = usePublished(charge, currency);
  const before = published ? t("versions.published", { number: published.number }) : null;
  const curve = useCurve(charge, currency, published, kind);
  const { rows, unitCost } = curve;
  const reply = useComparison({ charge, currency, published, rows, unitCost });
  const affected = affectedOf(rows, reply);
  // Faults are found by the program at once, not only when the plan is saved.
  const fault = curve.error instanceof ApiError && curve.error.code === "invalid" ? curve.error : null;
  const of = { ...outer, onEdit: steps.edit, ...(fault ? { error: fault, path: "charge", isLive: true } : {}) };
  const change = (part: object) => steps.edit({ do: "charge", charge: charge.key, part });
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={title}
      tag={
        <>
          <Tag tone="pencil">{t("state.draft")}</Tag>
          {rows.length > 0 && <span className="muted small">{t("editor.used", { customers: t("customers", { count: rows.length }) })}</span>}
        </>
      }
      actions={<Steps steps={steps} published={published} onClose={onClose} />}
      closeLabel={t("common:close")}
      width={1240}
      flush
    >
      <div className={styles.page}>
        <TierTools
          model={charge.model}
          onModel={(model) => change({ model })}
          kind={kind}
          onKind={setKind}
          shown={shown}
          onShown={setShown}
          before={curve.before === null ? null : before}
          hasCost={unitCost !== null}
        />
        <div className={styles.middle}>
          <div className={styles.views}>
            {curve.error ? (
              <Note tone="loss">{fault ? t("editor.faulty") : errorText(curve.error).text}</Note>
            ) : (
              curve.isMissing && <Note tone="pencil">{t("editor.missing")}</Note>
            )}
            {curve.leftOut.length > 0 && (
              <Note tone="pencil">
                {t("editor.leftOut", { count: curve.leftOut.length, names: curve.leftOut.slice(0, 3).map((one) => one.customer).join(", "), why: curve.leftOut[0]?.why })}
              </Note>
            )}
            {curve.converted && <Note>{t("editor.converted")}</Note>}
            <TierChart
              {...of}
              curve={curve}
              affected={affected}
              unit={unit}
              shown={shown}
              before={before}
              head={<span className="muted small">{t("editor.hint")}</span>}
              onHold={steps.hold}
            />
          </div>
          <div className={styles.side}>
            <section className={styles.part} aria-label={t("editor.table")}>
              {isTiered(charge.model) ? (
                <>
                  <TierTable {...of} margins={reply?.tierMargins} published={published ? readPrice(published.charge) : undefined} splits />
                  <Switch isSelected={charge.chargeFlatAtZero} onChange={(chargeFlatAtZero) => change({ chargeFlatAtZero })}>
                    {t("flatAtZero")}
                  </Switch>
                </>
              ) : (
                <PackageFields {...of} />
              )}
            </section>
            {curve.cliffs && <Cliffs cliffs={curve.cliffs} currency={currency} unit={unit} onGraduate={charge.model === "volume" ? () => change({ model: "graduated" }) : undefined} />}
            <section className={styles.part} aria-label={t("try.title")}>
              <TryQuantity charge={writeCharge(charge)} currency={currency} start={rows[0]?.quantity} published={published} unitCost={unitCost} customers={rows} />
            </section>
          </div>
        </div>
        {reply && <Effect reply={reply} all={affected} month={curve.month} unit={unit} before={published && reply.total.before ? published.number : null} />}
      </div>
    </Sheet>
  );
}

interface StepsProps {
  steps: ReturnType<typeof useHistory>;
  published: PublishedCharge | null;
  onClose: () => void;
}

/** Undo, redo, the way back to what is published, and the way out. */
function Steps({ steps, published, onClose }: StepsProps) {
  const { t } = useTranslation(["plans", "common"]);
  const words = useStepWords();
  const { undoStep, redoStep, told } = steps;
  useShortcut("undo", steps.undo, { scope: "modal", enabled: undoStep !== null });
  useShortcut("redo", steps.redo, { scope: "modal", enabled: redoStep !== null });
  useShortcut("primary", onClose, { scope: "modal" });
  return (
    <>
      <span role="status" className="visually-hidden">
        {told && t(`step.${told.way}`, { step: words(told.step) })}
      </span>
      <IconButton
        icon={Undo2}
        label={undoStep ? t("step.undo", { step: words(undoStep) }) : t("common:undo")}
        keys={comboOf("undo")}
        isDisabled={undoStep === null}
        onPress={steps.undo}
      />
      <IconButton
        icon={Redo2}
        label={redoStep ? t("step.redo", { step: words(redoStep) }) : t("common:redo")}
        keys={comboOf("redo")}
        isDisabled={redoStep === null}
        onPress={steps.redo}
      />
      {published && (
        <Button icon={RotateCcw} onPress={() => steps.reset(readPrice(published.charge))}>
          {t("editor.reset", { number: published.number })}
        </Button>
      )}
      <Button kind="primary" keys={comboOf("primary")} onPress={onClose}>
        {t("editor.done")}
      </Button>
    </>
  );
}
