import { useNavigate } from "@tanstack/react-router";
import { UserPlus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../../app/errors";
import { useUndo } from "../../../app/frame/use-undo";
import { showToast } from "../../../app/toasts";
import { Button } from "../../../components/Button";
import { ComboBox } from "../../../components/ComboBox";
import type { InboxItem } from "../../../ipc/generated/types";
import { useCommand, useMutation } from "../../../ipc/query";
import styles from "./Inbox.module.css";
import { Suggestions } from "./Suggestions";

/** Says whose usage an unknown name is: a customer of the book, or a new one. */
export function AssignCustomer({ item }: { item: InboxItem }) {
  const { t } = useTranslation(["usage", "common"]);
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<string | null>(item.suggestions[0]?.id ?? null);
  const customers = useCommand("customer_names", {});
  const { undo } = useUndo();
  const assign = useMutation("inbox_assign_customer");
  const rows = (customers.data?.rows ?? []).filter((row) => !row.archived);
  const name = rows.find((row) => row.id === chosen)?.name ?? item.suggestions.find((one) => one.id === chosen)?.name;
  const save = () =>
    chosen !== null &&
    assign.mutate(
      { reference: item.subject, customerId: chosen },
      { onSuccess: () => showToast({ text: t("inbox.assigned", { subject: item.subject, name }), tone: "gain", action: { label: t("common:undo"), run: undo } }) },
    );
  return (
    <div className={styles.form}>
      <Suggestions item={item} chosen={chosen} onChoose={setChosen} />
      <ComboBox
        key={`${chosen} ${rows.length}`}
        label={t("group.customer")}
        placeholder={t("inbox.findCustomer")}
        none={customers.error ? errorText(customers.error).text : t("inbox.noCustomer")}
        value={chosen}
        options={rows.map((row) => ({ value: row.id, label: row.name, detail: row.number }))}
        onChange={setChosen}
        error={assign.error ? errorText(assign.error).text : null}
      />
      <div className={styles.actions}>
        <Button kind="primary" isDisabled={chosen === null || assign.isPending} onPress={save}>
          {t("inbox.assign")}
        </Button>
        <Button
          icon={UserPlus}
          onPress={() => void navigate({ to: "/customers", search: { create: true, alias: item.subject, name: item.subject } })}
        >
          {t("inbox.newCustomer")}
        </Button>
      </div>
    </div>
  );
}
