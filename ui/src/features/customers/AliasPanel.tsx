import { useState } from "react";
import { useTranslation } from "react-i18next";
import { issueUnder, otherIssues } from "../../app/issues";
import { FormIssues } from "../../components/Form";
import { Panel } from "../../components/Panel";
import type { CustomerText } from "../../ipc/generated/types";
import { AliasField } from "./AliasField";
import { useSaveCustomer } from "./use-save";

/** Names in usage that mean this customer; each change is saved at once. */
export function AliasPanel({ customer }: { customer: CustomerText }) {
  const { t } = useTranslation("customers");
  const { save, error, isPending } = useSaveCustomer();
  // What could not be saved stays on screen with its fault.
  const [draft, setDraft] = useState<string[] | null>(null);
  function change(aliases: string[]) {
    setDraft(aliases);
    save({ ...customer, aliases }, t("aliases.saved", { name: customer.name }), {
      quiet: true,
      onSaved: () => setDraft(null),
    });
  }
  const fault = draft === null ? null : error;
  return (
    <Panel title={t("aliases.title")}>
      <FormIssues texts={otherIssues(fault, ["aliases*"])} />
      <AliasField
        aliases={draft ?? customer.aliases}
        onChange={change}
        error={issueUnder(fault, "aliases")}
        isDisabled={isPending}
      />
    </Panel>
  );
}
