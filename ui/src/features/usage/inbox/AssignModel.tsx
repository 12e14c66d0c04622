import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../../app/errors";
import { useUndo } from "../../../app/frame/use-undo";
import { showToast } from "../../../app/toasts";
import { Button } from "../../../components/Button";
import { ComboBox } from "../../../components/ComboBox";
import type { InboxItem } from "../../../ipc/generated/types";
import { useCommand, useMutation } from "../../../ipc/query";
import { splitModel } from "../model";
import { GoToPrices } from "./GoResolve";
import styles from "./Inbox.module.css";
import { modelOf } from "./model";
import { Suggestions } from "./Suggestions";

/** Says which model of the price book an unknown name is. */
export function AssignModel({ item }: { item: InboxItem }) {
  const { t } = useTranslation(["usage", "common"]);
  const first = item.suggestions[0];
  const [chosen, setChosen] = useState<string | null>(first?.id ?? null);
  const [text, setText] = useState(first?.id ?? "");
  const seen = modelOf(item);
  const query = (chosen === text ? "" : text) || seen.model;
  const models = useCommand(
    "price_grid",
    { search: query, provider: null, filter: "all", offset: 0, limit: 30, at: null },
    { keepPrevious: true },
  );
  const { undo } = useUndo();
  const assign = useMutation("inbox_assign_model");
  const found = (models.data?.rows ?? []).map((row) => `${row.provider}/${row.model}`);
  const ids = chosen !== null && !found.includes(chosen) ? [chosen, ...found] : found;
  const choose = (id: string) => {
    setChosen(id);
    setText(id);
  };
  const save = () => {
    if (chosen === null) return;
    const to = splitModel(chosen);
    assign.mutate(
      { ...seen, toProvider: to.provider, toModel: to.model },
      { onSuccess: () => showToast({ text: t("inbox.assigned", { subject: item.subject, name: chosen }), tone: "gain", action: { label: t("common:undo"), run: undo } }) },
    );
  };
  return (
    <div className={styles.form}>
      <Suggestions item={item} chosen={chosen} onChoose={choose} />
      <ComboBox
        label={t("inbox.modelOfBook")}
        placeholder={t("inbox.findModel")}
        none={models.error ? errorText(models.error).text : t("inbox.noModel")}
        value={chosen}
        input={text}
        onInput={setText}
        options={ids.map((id) => ({ value: id, label: id }))}
        onChange={choose}
        error={assign.error ? errorText(assign.error).text : null}
      />
      <div className={styles.actions}>
        <Button kind="primary" isDisabled={chosen === null || assign.isPending} onPress={save}>
          {t("inbox.assign")}
        </Button>
        <GoToPrices search={{ search: seen.model, show: "all" }} label={t("inbox.ownModel")} />
      </div>
    </div>
  );
}
