import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { otherIssues } from "../../app/issues";
import { LeaveDialog } from "../../app/LeaveDialog";
import { comboOf } from "../../app/shortcuts";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import { FormIssues } from "../../components/Form";
import { Sheet } from "../../components/Sheet";
import { ErrorState } from "../../components/States";
import type { CustomerText } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { CustomerForm, SHOWN_PATHS } from "./CustomerForm";
import { isSame, newCustomer, type CustomersSearch } from "./model";
import { useSaveCustomer } from "./use-save";

interface NewCustomerProps {
  start: Pick<CustomersSearch, "alias" | "name">;
  onClose: () => void;
  onSaved: (id: string) => void;
}

/** The form of a new customer, filled with what is usual for the company. */
export function NewCustomer({ start, onClose, onSaved }: NewCustomerProps) {
  const { t } = useTranslation(["customers", "common"]);
  const company = useCommand("company_get", {});
  if (company.data) {
    return <CustomerSheet title={t("new")} saved={newCustomer(company.data, start)} onClose={onClose} onSaved={onSaved} />;
  }
  // The company is in memory mostly; a sheet that comes twice would be worse than one that comes late.
  if (!company.error) return null;
  return (
    <Sheet isOpen onClose={onClose} title={t("new")} closeLabel={t("common:close")}>
      <ErrorState
        title={errorText(company.error).text}
        detail={errorText(company.error).detail}
        action={<Button onPress={() => void company.refetch()}>{t("common:again")}</Button>}
      />
    </Sheet>
  );
}

interface CustomerSheetProps {
  title: string;
  /** As saved, or as a new one starts. */
  saved: CustomerText;
  onClose: () => void;
  onSaved?: (id: string) => void;
}

/** Everything about a customer in one form. Closing asks when something would be lost. */
export function CustomerSheet({ title, saved, onClose, onSaved }: CustomerSheetProps) {
  const { t } = useTranslation(["customers", "common"]);
  // The start is kept: a refreshed reply must not move what is being typed.
  const [start] = useState(saved);
  const [customer, setCustomer] = useState(saved);
  const [problems, setProblems] = useState<ReadonlySet<string>>(new Set());
  const [asking, setAsking] = useState(false);
  const form = useRef<HTMLDivElement>(null);
  const { save, error, isPending } = useSaveCustomer();
  const isNew = start.id === "";
  const isDirty = !isSame(customer, start) || problems.size > 0;

  const send = () => {
    if (problems.size > 0 || isPending) return;
    const text = t(isNew ? "created" : "saved", { name: customer.name });
    save(customer, text, {
      quiet: true,
      onSaved(id) {
        onClose();
        onSaved?.(id);
      },
    });
  };
  const leave = () => (isDirty ? setAsking(true) : onClose());
  const report = (field: string, hasProblem: boolean) => {
    const next = new Set(problems);
    if (hasProblem) next.add(field);
    else next.delete(field);
    setProblems(next);
  };
  useShortcut("primary", send, { scope: "modal" });
  useEffect(() => {
    if (isNew) form.current?.querySelector("input")?.focus();
  }, [isNew]);
  useEffect(() => {
    // The first faulty field gets the focus, so that its fault is read aloud.
    if (error) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [error]);

  return (
    <Sheet
      isOpen
      onClose={leave}
      title={title}
      closeLabel={t("common:close")}
      footer={
        <>
          <Button onPress={leave}>{t("common:cancel")}</Button>
          <Button
            kind="primary"
            keys={comboOf("primary")}
            isDisabled={isPending || problems.size > 0 || (!isNew && !isDirty)}
            onPress={send}
          >
            {t(isNew ? "create" : "common:save")}
          </Button>
        </>
      }
    >
      <div ref={form}>
        <FormIssues texts={otherIssues(error, SHOWN_PATHS)} />
        <CustomerForm
          customer={customer}
          saved={isNew ? undefined : start}
          error={error}
          onChange={(part) => setCustomer({ ...customer, ...part })}
          onProblem={report}
        />
      </div>
      <LeaveDialog isOpen={asking} onStay={() => setAsking(false)} onDiscard={onClose} />
    </Sheet>
  );
}
