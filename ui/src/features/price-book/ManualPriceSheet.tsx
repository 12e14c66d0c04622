import { useState } from "react";
import { useTranslation } from "react-i18next";
import { showError } from "../../app/errors";
import { useUndo } from "../../app/frame/use-undo";
import { issueAt, otherIssues } from "../../app/issues";
import { showToast } from "../../app/toasts";
import { Button } from "../../components/Button";
import { DateField } from "../../components/DateField";
import { DecimalField } from "../../components/DecimalField";
import { FieldRow, FormIssues } from "../../components/Form";
import { Select } from "../../components/Select";
import { Sheet } from "../../components/Sheet";
import { Note } from "../../components/States";
import { TextField } from "../../components/TextField";
import type { ModelPrice } from "../../ipc/generated/types";
import { useCommand, useMutation } from "../../ipc/query";
import type { DecimalString } from "../../lib/decimal";
import { isTokens, type ModelName } from "./model";
import styles from "./PriceBook.module.css";
import { dimensionName } from "./words";

interface ManualPriceSheetProps extends ModelName {
  dimension: string;
  onClose: () => void;
}

/** A rate agreed with the provider: it stands before the public price until it is ended. */
export function ManualPriceSheet({ provider, model, dimension, onClose }: ManualPriceSheetProps) {
  const { t } = useTranslation(["price-book", "common"]);
  const reply = useCommand("model_get", { provider, model, at: null }).data;
  const price = reply?.prices.find((one) => one.dimension === dimension && one.conditions.length === 0);
  return (
    <Sheet isOpen onClose={onClose} title={t("setNegotiated")} closeLabel={t("common:close")} width={460}>
      {reply && <ManualForm provider={provider} model={model} dimension={dimension} price={price} onClose={onClose} />}
    </Sheet>
  );
}

function ManualForm({ provider, model, dimension, price, onClose }: ManualPriceSheetProps & { price: ModelPrice | undefined }) {
  const { t } = useTranslation(["price-book", "common"]);
  const { undo } = useUndo();
  const save = useMutation("price_manual");
  const currencies = useCommand("choices", {}).data?.currencies ?? ["USD", "EUR"];
  const [value, setValue] = useState<DecimalString | null>(price?.cell.cost ?? null);
  const [currency, setCurrency] = useState(price?.cell.costCurrency || "USD");
  const [from, setFrom] = useState<string | null>(null);
  const [note, setNote] = useState("");
  const name = `${model}, ${dimensionName(dimension)}`;
  const send = (amount: DecimalString | null) =>
    save.mutate(
      { provider, model, dimension, price: amount, currency, validFrom: from, note },
      {
        onSuccess: () => {
          showToast({ text: t(amount === null ? "manual.ended" : "manual.saved", { name }), action: { label: t("common:undo"), run: undo } });
          onClose();
        },
        onError: (error) => amount === null && showError(error),
      },
    );
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (value !== null) send(value);
      }}
    >
      <p className="muted">{t("manual.what", { name })}</p>
      <FormIssues texts={otherIssues(save.error, ["price", "currency", "validFrom", "note"])} />
      <FieldRow columns="2fr 1fr">
        <DecimalField
          label={t("manual.price")}
          hint={t(isTokens(dimension) ? "perMillion" : "perUnit")}
          value={value}
          onChange={setValue}
          error={issueAt(save.error, "price")}
        />
        <Select
          label={t("currency")}
          value={currency}
          options={currencies.map((code) => ({ value: code, label: code }))}
          onChange={setCurrency}
          error={issueAt(save.error, "currency")}
        />
      </FieldRow>
      <DateField label={t("validFrom")} optional={t("common:optional")} hint={t("validFromHint")} value={from} onChange={setFrom} error={issueAt(save.error, "validFrom")} />
      <TextField label={t("manual.note")} optional={t("common:optional")} hint={t("manual.noteHint")} value={note} onChange={setNote} error={issueAt(save.error, "note")} />
      {price?.manual && (
        <Note tone="ink">
          {t("manual.isOwn")}{" "}
          <Button size="small" onPress={() => send(null)}>
            {t("manual.end")}
          </Button>
        </Note>
      )}
      <div className="row">
        <span className="grow" />
        <Button onPress={onClose}>{t("common:cancel")}</Button>
        <Button kind="primary" type="submit" isDisabled={value === null || save.isPending}>
          {t("common:save")}
        </Button>
      </div>
    </form>
  );
}
