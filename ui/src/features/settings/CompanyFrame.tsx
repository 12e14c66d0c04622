import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { otherIssues } from "../../app/issues";
import { Button } from "../../components/Button";
import { FormIssues } from "../../components/Form";
import { ErrorState, Skeleton } from "../../components/States";
import type { CompanyText } from "../../ipc/generated/types";
import { SaveBar } from "./SaveBar";
import type { CompanyForm } from "./use-company";

interface CompanyFrameProps {
  form: CompanyForm;
  /** Paths whose faults the fields show. */
  paths: readonly string[];
  children: (value: CompanyText, saved: CompanyText) => ReactNode;
}

/** Loading, failing and saving around the fields of a section. */
export function CompanyFrame({ form, paths, children }: CompanyFrameProps) {
  const { t } = useTranslation("common");
  const fields = useRef<HTMLDivElement>(null);
  const { reply, value, saved, error } = form;
  useEffect(() => {
    if (error) fields.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [error]);
  if (reply.error) {
    return (
      <ErrorState
        title={errorText(reply.error).text}
        detail={errorText(reply.error).detail}
        action={<Button onPress={() => void reply.refetch()}>{t("again")}</Button>}
      />
    );
  }
  if (!value || !saved) return <Skeleton rows={8} height={48} />;
  return (
    <>
      <FormIssues texts={otherIssues(error, paths)} />
      <div ref={fields} key={form.round}>
        {children(value, saved)}
      </div>
      <SaveBar isDirty={form.isDirty} canSave={form.canSave} onSave={form.save} onRevert={form.revert} />
    </>
  );
}
