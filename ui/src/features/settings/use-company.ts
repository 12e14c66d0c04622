import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useUndo } from "../../app/frame/use-undo";
import { showToast } from "../../app/toasts";
import type { CompanyText } from "../../ipc/generated/types";
import { useCommand, useMutation } from "../../ipc/query";
import { realEdits } from "./model";

/** The company as one section edits it: what is saved with the edits of the section over it. */
export function useCompanyForm() {
  const { t } = useTranslation(["settings", "common"]);
  const { undo } = useUndo();
  const reply = useCommand("company_get", {});
  const saving = useMutation("company_save");
  const [typed, setTyped] = useState<Partial<CompanyText>>({});
  const [problems, setProblems] = useState<ReadonlySet<string>>(new Set());
  // A new round of fields after Revert: they forget what could not be read.
  const [round, setRound] = useState(0);
  const saved = reply.data?.company;
  const edits = saved ? realEdits(saved, typed) : {};
  const isDirty = Object.keys(edits).length > 0 || problems.size > 0;
  const revert = () => {
    setTyped({});
    setProblems(new Set());
    setRound(round + 1);
    saving.reset();
  };
  return {
    reply,
    saved,
    value: saved && { ...saved, ...edits },
    error: saving.error,
    round,
    isDirty,
    canSave: isDirty && problems.size === 0 && !saving.isPending,
    change: (part: Partial<CompanyText>) => setTyped({ ...typed, ...part }),
    problem(field: string, hasProblem: boolean) {
      const next = new Set(problems);
      if (hasProblem) next.add(field);
      else next.delete(field);
      setProblems(next);
    },
    revert,
    save() {
      if (!saved || !isDirty || problems.size > 0 || saving.isPending) return;
      saving.mutate(
        { company: { ...saved, ...edits } },
        {
          onSuccess() {
            setTyped({});
            showToast({ text: t("saved"), tone: "gain", action: { label: t("common:undo"), run: undo } });
          },
        },
      );
    },
  };
}

export type CompanyForm = ReturnType<typeof useCompanyForm>;
