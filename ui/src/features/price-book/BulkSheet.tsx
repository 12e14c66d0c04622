import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useUndo } from "../../app/frame/use-undo";
import { otherIssues } from "../../app/issues";
import { comboOf } from "../../app/shortcuts";
import { showToast } from "../../app/toasts";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import { DecimalField } from "../../components/DecimalField";
import { FieldRow, FormIssues } from "../../components/Form";
import { Segmented } from "../../components/Segmented";
import { Select } from "../../components/Select";
import { Sheet } from "../../components/Sheet";
import { TextField } from "../../components/TextField";
import type { PriceBulkRequest } from "../../ipc/generated/types";
import { useCommand, useMutation } from "../../ipc/query";
import type { DecimalString } from "../../lib/decimal";
import { useFormats, useFormatSetting } from "../../lib/use-formats";
import { readColumn } from "./columns";
import { argumentSign, toCanonical } from "./formula-text";
import { ManyPreview } from "./ManyPreview";
import styles from "./PriceBook.module.css";
import { boundsOf, everything } from "./selection";
import type { GridState } from "./use-grid-state";
import { placesOf, useRowsOf } from "./use-places";
import { useSettled } from "./use-prices";
import { columnWords, faultWords } from "./words";

const WHATS = ["percent", "formula", "round", "copy"] as const;
type What = (typeof WHATS)[number];
const REACHES = ["selected", "all"] as const;

/** The same change of many prices: how many it touches is shown before it is staged. */
export function BulkSheet({ grid, onClose }: { grid: GridState; onClose: () => void }) {
  const { t } = useTranslation(["price-book", "common"]);
  const formats = useFormats();
  const { locale } = useFormatSetting();
  const { undo } = useUndo();
  // A column under conditions differs from model to model: only plain ones are copied.
  const plain = grid.columns.filter((id) => readColumn(id).under === "");
  const [what, setWhat] = useState<What>("percent");
  const [percent, setPercent] = useState<DecimalString | null>(null);
  const [step, setStep] = useState<DecimalString | null>(null);
  const [formula, setFormula] = useState("= ");
  const [from, setFrom] = useState<string | null>(plain[0] ?? null);
  const [note, setNote] = useState("");
  const [reach, setReach] = useState<(typeof REACHES)[number]>(grid.range ? "selected" : "all");

  const whole = boundsOf(everything(grid.layout.lines, grid.columns.length), grid.columns.length);
  const bounds = reach === "selected" && grid.range ? boundsOf(grid.range, grid.columns.length) : whole;
  const rows = useRowsOf(grid, bounds);
  const columns = grid.columns.slice(bounds.left, bounds.right + 1);
  const cells = rows && placesOf(rows, columns);

  const read = what === "formula" ? toCanonical(formula, locale) : null;
  const text = what === "percent" ? percent : what === "round" ? step : what === "copy" ? "" : read && "text" in read && read.text.replace("=", "").trim() !== "" ? read.text : null;
  const request: PriceBulkRequest | null =
    text === null || cells === null || (what === "copy" && from === null)
      ? null
      : {
          cells,
          filter: null,
          what,
          text,
          fromDimension: what === "copy" ? from : null,
          fromConditions: null,
          roundTo: what === "percent" ? step : null,
          note,
        };
  const asked = useSettled(JSON.stringify(request && { ...request, note: "" }), 200);
  const ask = JSON.parse(asked) as PriceBulkRequest | null;
  const preview = useCommand("price_bulk_preview", ask ?? NOTHING, { enabled: ask !== null, keepPrevious: true, brief: true });
  const run = useMutation("price_bulk");
  const reply = ask === null ? undefined : preview.data;
  const isOff = request === null || run.isPending || !reply || reply.changed === 0 || reply.faultCount > 0;
  function stage() {
    if (isOff || request === null) return;
    run.mutate(request, {
      onSuccess: (done) => {
        if (!done.staged) return;
        showToast({ text: t("bulk.staged", { count: done.changed, cells: formats.quantity(String(done.changed)) }), action: { label: t("common:undo"), run: undo } });
        onClose();
      },
    });
  }
  useShortcut("primary", stage, { scope: "modal" });
  const fault = read && "fault" in read ? faultWords(read.fault) : null;
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={t("bulk.title")}
      closeLabel={t("common:close")}
      width={500}
      footer={
        <Button kind="pencil" keys={comboOf("primary")} isDisabled={isOff} onPress={stage}>
          {reply ? t("bulk.stage", { count: reply.changed, cells: formats.quantity(String(reply.changed)) }) : t("bulk.stageNone")}
        </Button>
      }
    >
      <div className={styles.form}>
        <Segmented
          label={t("bulk.reach")}
          segments={REACHES.filter((one) => one === "all" || grid.range).map((one) => ({ value: one, label: t(`bulk.reachOf.${one}`) }))}
          value={reach}
          onChange={setReach}
        />
        <p className="small muted" role="status">
          {cells === null ? t("bulk.loading") : t("bulk.touches", { count: cells.length, cells: formats.quantity(String(cells.length)), models: formats.quantity(String(rows?.length ?? 0)) })}
        </p>
        <Select label={t("bulk.what")} value={what} options={WHATS.map((value) => ({ value, label: t(`bulk.whatOf.${value}`) }))} onChange={setWhat} />
        {what === "percent" && (
          <FieldRow columns="1fr 1fr">
            <DecimalField label={t("bulk.percent")} unit="%" value={percent} onChange={setPercent} allowNegative hint={t("bulk.percentHint")} />
            <DecimalField label={t("bulk.roundTo")} optional={t("common:optional")} value={step} onChange={setStep} hint={t("bulk.roundHint")} />
          </FieldRow>
        )}
        {what === "round" && <DecimalField label={t("bulk.roundTo")} value={step} onChange={setStep} hint={t("bulk.roundHint")} />}
        {what === "formula" && <TextField label={t("bulk.formula")} value={formula} onChange={setFormula} hint={t("bulk.formulaHint", { sign: argumentSign(locale) })} error={fault} spellCheck="false" />}
        {what === "copy" && <Select label={t("bulk.from")} value={from} options={plain.map((value) => ({ value, label: columnWords(value) }))} onChange={setFrom} />}
        <TextField label={t("bulk.note")} optional={t("common:optional")} value={note} onChange={setNote} hint={t("bulk.noteHint")} />
        <FormIssues texts={otherIssues(run.error ?? preview.error, [])} />
        {reply && <ManyPreview reply={reply} isOld={preview.isPlaceholderData} />}
      </div>
    </Sheet>
  );
}

const NOTHING: PriceBulkRequest = { cells: [], filter: null, what: "percent", text: "0", fromDimension: null, fromConditions: null, roundTo: null, note: "" };
