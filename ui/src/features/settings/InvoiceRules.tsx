import { useState } from "react";
import { useTranslation } from "react-i18next";
import { issueAt } from "../../app/issues";
import { Button } from "../../components/Button";
import { DecimalField } from "../../components/DecimalField";
import { Panel } from "../../components/Panel";
import type { DecimalString } from "../../ipc/generated/types";
import { useCommand, useMutation } from "../../ipc/query";
import { SettingRow } from "./SettingRow";

/** Rules of the bill run. */
export function InvoiceRules() {
  const { t } = useTranslation("settings");
  const saved = useCommand("invoice_settings_get", {}).data;
  const saving = useMutation("invoice_settings_save");
  const [edited, setEdited] = useState<DecimalString | null | undefined>(undefined);
  const [problem, setProblem] = useState(false);
  const value = edited === undefined ? (saved?.marginGuard ?? null) : edited;
  const isChanged = edited !== undefined && edited !== (saved?.marginGuard ?? null);
  return (
    <Panel title={t("invoices.title")} flush>
      <SettingRow title={t("invoices.guard")} hint={t("invoices.guardHint")}>
        <DecimalField
          aria-label={t("invoices.guard")}
          unit="%"
          allowNegative
          maxPlaces={1}
          value={value}
          onChange={setEdited}
          onProblem={setProblem}
          isDisabled={!saved || saving.isPending}
          changed={isChanged}
          placeholder={t("invoices.noGuard")}
          error={issueAt(saving.error, "marginGuard")}
        />
        <Button
          isDisabled={!isChanged || problem || saving.isPending}
          onPress={() => saving.mutate({ marginGuard: value }, { onSuccess: () => setEdited(undefined) })}
        >
          {t("invoices.set")}
        </Button>
      </SettingRow>
    </Panel>
  );
}
