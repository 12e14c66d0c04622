import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useUndo } from "../../app/frame/use-undo";
import { issueAt, otherIssues } from "../../app/issues";
import { CurrencyField } from "../../app/PlaceFields";
import { showToast } from "../../app/toasts";
import { DateField } from "../../components/DateField";
import { DecimalField } from "../../components/DecimalField";
import { FieldRow, FormIssues } from "../../components/Form";
import { Panel } from "../../components/Panel";
import { TextField } from "../../components/TextField";
import type { CurrencyPair, DecimalString } from "../../ipc/generated/types";
import { useMutation } from "../../ipc/query";
import { today } from "../../lib/dates";
import { useFormats } from "../../lib/use-formats";
import { newRate } from "./model";
import { SaveBar } from "./SaveBar";
import styles from "./Settings.module.css";

interface RateFormProps {
  missing: readonly CurrencyPair[];
  wanted: Partial<CurrencyPair>;
  onSaved: () => void;
}

/** A new exchange rate with its source and day. It is staged: the next version of the price book fixes it. */
export function RateForm({ missing, wanted, onSaved }: RateFormProps) {
  const { t } = useTranslation(["settings", "common"]);
  const formats = useFormats();
  const { undo } = useUndo();
  const saving = useMutation("exchange_stage");
  const [start] = useState(() => newRate(missing, wanted, today(formats.setting.timeZone)));
  const [rate, setRate] = useState(start);
  const [value, setValue] = useState<DecimalString | null>(null);
  const [bad, setBad] = useState(false);
  const [round, setRound] = useState(0);
  const { error } = saving;
  const isDirty = value !== null || bad || rate.source !== start.source;
  const able = value !== null && !bad && rate.base !== "" && rate.quote !== "" && rate.on !== "" && !saving.isPending;
  const revert = () => {
    setRate(start);
    setValue(null);
    setBad(false);
    setRound(round + 1);
    saving.reset();
  };
  const save = () => {
    if (!able) return;
    saving.mutate(
      { base: rate.base, quote: rate.quote, to: { rate: value, source: rate.source, on: rate.on } },
      {
        onSuccess() {
          showToast({
            text: t("exchange.saved", { base: rate.base, quote: rate.quote }),
            action: { label: t("common:undo"), run: undo },
          });
          revert();
          onSaved();
        },
      },
    );
  };
  return (
    <>
      <Panel title={t("exchange.add")} aside={t("exchange.addNote")}>
        <FormIssues texts={otherIssues(error, ["base", "quote", "rate", "source", "on"])} />
        <div className={styles.fields} key={round}>
          <FieldRow columns="minmax(0, 1fr) minmax(0, 1fr) minmax(0, 160px)">
            <CurrencyField label={t("exchange.base")} value={rate.base} onChange={(base) => setRate({ ...rate, base })} error={issueAt(error, "base")} />
            <CurrencyField label={t("exchange.quote")} value={rate.quote} onChange={(quote) => setRate({ ...rate, quote })} error={issueAt(error, "quote")} />
            <DecimalField
              label={t("exchange.rateOf", { base: rate.base || t("exchange.unit") })}
              unit={rate.quote}
              maxPlaces={12}
              value={value}
              onChange={setValue}
              onProblem={setBad}
              error={issueAt(error, "rate")}
              changed={value !== null}
            />
          </FieldRow>
          <FieldRow columns="minmax(0, 1fr) minmax(0, 160px)">
            <TextField
              label={t("exchange.source")}
              placeholder={t("exchange.sourceHint")}
              value={rate.source}
              onChange={(source) => setRate({ ...rate, source })}
              error={issueAt(error, "source")}
              changed={rate.source !== start.source}
            />
            <DateField
              label={t("exchange.on")}
              value={rate.on || null}
              onChange={(on) => setRate({ ...rate, on: on ?? "" })}
              error={rate.on === "" ? t("errors:issue.required") : issueAt(error, "on")}
            />
          </FieldRow>
        </div>
      </Panel>
      <SaveBar isDirty={isDirty} canSave={able} onSave={save} onRevert={revert} saveLabel={t("exchange.stage")} />
    </>
  );
}
