import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useUndo } from "../../app/frame/use-undo";
import { otherIssues } from "../../app/issues";
import { comboOf } from "../../app/shortcuts";
import { showToast } from "../../app/toasts";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import { FieldRow, FormIssues } from "../../components/Form";
import { Select } from "../../components/Select";
import { Checkbox, Switch } from "../../components/Switch";
import { useCommand, useMutation } from "../../ipc/query";
import { useFormats, useFormatSetting } from "../../lib/use-formats";
import { ManyPreview } from "./ManyPreview";
import { factorOf, type View } from "./model";
import { UNITS } from "./paste";
import { type FromNumber, guessPasteUnit, guessReading, type PasteReading, type PasteTarget, planPaste } from "./paste-plan";
import { PasteTable } from "./PasteTable";
import styles from "./PriceBook.module.css";
import { readTyped } from "./typed";
import type { GridState } from "./use-grid-state";
import { columnName, columnWords } from "./words";
import { readColumn } from "./columns";

interface PasteFormProps {
  block: string[][];
  target: PasteTarget;
  grid: GridState;
  /** Column of the cursor. */
  from: number;
  /** It was pasted onto cells of the grid, not into the sheet. */
  onCells: boolean;
  view: View;
  onClose: () => void;
}

const FAULTS = 8;

/** How the block is read, what it would change, and what cannot be read. */
export function PasteForm({ block, target, grid, from, onCells, view, onClose }: PasteFormProps) {
  const { t } = useTranslation(["price-book", "common"]);
  const formats = useFormats();
  const { locale } = useFormatSetting();
  const { undo } = useUndo();
  const named = (id: string) => [columnWords(id), columnName(readColumn(id).dimension), readColumn(id).under === "" ? readColumn(id).dimension : id];
  const [reading, setReading] = useState<PasteReading>(() => {
    const isName = (text: string) => target.index.has(text.trim().toLowerCase());
    const first = guessReading(block, { columns: grid.columns, from, named, onCells, isName }, locale);
    return first.unit === "million" && view !== "markup" && view !== "margin" ? { ...first, unit: guessPasteUnit(block, first, target, locale) } : first;
  });
  const [leaveOut, setLeaveOut] = useState(false);
  const change = (part: Partial<PasteReading>) => setReading((now) => ({ ...now, ...part }));
  // In the views of markup and margin a number is a percent; a price list with names is prices.
  const isPercent = reading.names === null && (view === "markup" || view === "margin");
  const plan = useMemo(() => {
    const asTyped: FromNumber | null = isPercent ? (value) => percentText(value, view) : null;
    return planPaste(block, reading, target, locale, asTyped);
  }, [block, reading, target, locale, isPercent, view]);
  const isRefused = plan.faults.length > 0 && !leaveOut;
  const preview = useCommand("price_paste_preview", plan.request, { enabled: plan.filled > 0, keepPrevious: true, brief: true });
  const run = useMutation("price_paste");
  const reply = plan.filled > 0 ? preview.data : undefined;
  const isOff = isRefused || run.isPending || !reply || reply.changed === 0 || reply.faultCount > 0;
  function stage() {
    if (isOff) return;
    run.mutate(plan.request, {
      onSuccess: (done) => {
        if (!done.staged) return;
        showToast({ text: t("paste.staged", { count: done.changed, cells: formats.quantity(String(done.changed)) }), action: { label: t("common:undo"), run: undo } });
        onClose();
      },
    });
  }
  useShortcut("primary", stage, { scope: "modal" });
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        stage();
      }}
    >
      <p className="muted" role="status">
        {reading.names === null ? t("paste.onGrid", { count: block.length }) : t("paste.asList", { count: block.length })}
      </p>
      <FieldRow columns="1fr 1fr 1fr">
        {isPercent ? (
          <p className="small muted">{t("paste.percents")}</p>
        ) : (
          <Select label={t("paste.unit")} value={reading.unit} options={UNITS.map((value) => ({ value, label: t(`paste.unitOf.${value}`) }))} onChange={(unit) => change({ unit })} />
        )}
        <Select
          label={t("paste.sign")}
          value={reading.sign}
          options={([".", ","] as const).map((value) => ({ value, label: t(value === "." ? "paste.point" : "paste.comma") }))}
          onChange={(sign) => change({ sign })}
        />
        <Switch isSelected={reading.hasHead} onChange={(hasHead) => change({ hasHead })}>
          {t("paste.hasHead")}
        </Switch>
      </FieldRow>
      <PasteTable block={block} reading={reading} columns={grid.columns} faults={plan.faults} onColumn={(at, id) => change(columnAt(reading, at, id))} />
      {plan.faults.length > 0 && (
        <div className={styles.manyFaults} role="alert">
          <p className="medium">{t("paste.unread", { count: plan.faults.length, cells: formats.quantity(String(plan.faults.length)) })}</p>
          <ul>
            {plan.faults.slice(0, FAULTS).map((fault) => (
              <li key={`${fault.row}.${fault.column}`}>
                <span className="muted">{t("many.at", { row: fault.row, column: fault.column })}</span> {t(`paste.fault.${fault.code}`, { text: fault.text })}
              </li>
            ))}
          </ul>
          {plan.faults.length > FAULTS && <p className="small">{t("many.moreFaults", { count: plan.faults.length - FAULTS })}</p>}
          <Checkbox isSelected={leaveOut} onChange={setLeaveOut}>
            {t("paste.leaveOut")}
          </Checkbox>
        </div>
      )}
      <FormIssues texts={otherIssues(run.error ?? preview.error, [])} />
      {reply && <ManyPreview reply={reply} isOld={preview.isPlaceholderData} />}
      <div className="row">
        <span className="grow" />
        <Button onPress={onClose}>{t("common:cancel")}</Button>
        <Button kind="pencil" type="submit" keys={comboOf("primary")} isDisabled={isOff}>
          {reply ? t("bulk.stage", { count: reply.changed, cells: formats.quantity(String(reply.changed)) }) : t("bulk.stageNone")}
        </Button>
      </div>
    </form>
  );
}

/** The names of models are a column like the others, chosen in the same place. */
function columnAt(reading: PasteReading, at: number, id: string | null | "names"): Partial<PasteReading> {
  if (id === "names") return { names: at, columns: reading.columns.map((known, index) => (index === at ? null : known)) };
  return {
    names: reading.names === at ? null : reading.names,
    // A column of the grid is filled once.
    columns: reading.columns.map((known, index) => (index === at ? id : known === id ? null : known)),
  };
}

/** A percent as what is staged: the formula that typing it would have staged. */
function percentText(value: string, view: View): string | null {
  const typed = readTyped(value, view, "en-GB");
  if (typed === null || "fault" in typed) return null;
  return typed.edit.what === "percent" ? `= cost * ${factorOf(typed.edit.text)}` : typed.edit.text;
}
