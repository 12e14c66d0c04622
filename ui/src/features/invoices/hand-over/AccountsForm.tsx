import { useState } from "react";
import { useTranslation } from "react-i18next";
import { issueUnder, otherIssues } from "../../../app/issues";
import { showToast } from "../../../app/toasts";
import { Button } from "../../../components/Button";
import { FieldRow, FormIssues } from "../../../components/Form";
import { Skeleton } from "../../../components/States";
import { TextField } from "../../../components/TextField";
import type { AccountingSettings, AccountText } from "../../../ipc/generated/types";
import { useCommand, useMutation } from "../../../ipc/query";
import styles from "./HandOver.module.css";
import { roleName, whole } from "./model";

/** On which accounts is booked, by name and by DATEV's number. An empty one is the usual one. */
export function AccountsForm({ onDone }: { onDone: () => void }) {
  const settings = useCommand("accounting_get", {});
  if (!settings.data) return <Skeleton rows={12} height={32} />;
  return <Form saved={settings.data} onDone={onDone} />;
}

function Form({ saved, onDone }: { saved: AccountingSettings; onDone: () => void }) {
  const { t } = useTranslation(["invoices", "common"]);
  const [draft, setDraft] = useState(saved);
  const save = useMutation("accounting_save");
  const rename = (accounts: readonly AccountText[], role: string, account: string) => accounts.map((one) => (one.role === role ? { role, account } : one));
  const run = () =>
    save.mutate(
      { settings: draft },
      {
        onSuccess: () => {
          showToast({ text: t("accounting.accountsSaved"), tone: "gain" });
          onDone();
        },
      },
    );
  const number = (key: "datevAdviser" | "datevClient" | "datevDigits" | "yearBegins") => (
    <TextField
      label={t(`accounting.${key}`)}
      value={String(draft[key])}
      onChange={(text) => setDraft({ ...draft, [key]: whole(text) ?? draft[key] })}
      error={issueUnder(save.error, key)}
    />
  );
  return (
    <div className={styles.sheet}>
      <FormIssues texts={otherIssues(save.error, ["accounts*", "datevAccounts*", "datevAdviser", "datevClient", "datevDigits", "yearBegins"])} />
      <div className={styles.accounts} role="group" aria-label={t("accounting.accounts")}>
        <FieldRow columns="1fr 1.2fr 0.8fr">
          <span />
          <span className="small muted">{t("accounting.inText")}</span>
          <span className="small muted">{t("accounting.inDatev")}</span>
        </FieldRow>
        {draft.accounts.map(({ role, account }, index) => (
          <FieldRow key={role} columns="1fr 1.2fr 0.8fr">
            <span className={styles.role}>{roleName(role)}</span>
            <TextField
              aria-label={t("accounting.accountOf", { role: roleName(role) })}
              value={account}
              onChange={(text) => setDraft({ ...draft, accounts: rename(draft.accounts, role, text) })}
              error={issueUnder(save.error, `accounts[${index}]`)}
            />
            <TextField
              aria-label={t("accounting.numberOf", { role: roleName(role) })}
              value={draft.datevAccounts.find((one) => one.role === role)?.account ?? ""}
              onChange={(text) => setDraft({ ...draft, datevAccounts: rename(draft.datevAccounts, role, text) })}
            />
          </FieldRow>
        ))}
      </div>
      <FieldRow columns="1fr 1fr 1fr 1fr">
        {number("datevAdviser")}
        {number("datevClient")}
        {number("datevDigits")}
        {number("yearBegins")}
      </FieldRow>
      <div className="row">
        <Button kind="primary" isDisabled={save.isPending} onPress={run}>
          {t("accounting.saveAccounts")}
        </Button>
        <Button onPress={onDone}>{t("common:cancel")}</Button>
      </div>
    </div>
  );
}
