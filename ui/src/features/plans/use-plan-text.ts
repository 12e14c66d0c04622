import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { issueText, showError } from "../../app/errors";
import { showToast } from "../../app/toasts";
import { ApiError } from "../../ipc/errors";
import type { PlanText } from "../../ipc/generated/types";
import { host } from "../../ipc/host";
import { useMutation } from "../../ipc/query";
import { fileName } from "../../lib/paths";

/** Writes a plan with its tests into a file of text. */
export function useExport(plan: PlanText) {
  const { t } = useTranslation("plans");
  const filters = [{ name: t("text.files"), extensions: ["toml"] }];
  return async () => {
    try {
      const { fileName: suggestedName } = await host().call("plan_export", { id: plan.id, path: null });
      const path = await host().saveFile({ suggestedName, filters });
      if (path === null) return;
      await host().call("plan_export", { id: plan.id, path });
      showToast({ text: t("text.exported", { name: plan.name, file: fileName(path) }), tone: "gain" });
    } catch (error) {
      showError(error);
    }
  };
}

/** Reads a plan from a file of text into a draft, and shows it. */
export function useImport() {
  const { t } = useTranslation("plans");
  const navigate = useNavigate();
  const reading = useMutation("plan_import");
  return async () => {
    const [path] = await host().openFiles({ title: t("text.choose"), filters: [{ name: t("text.files"), extensions: ["toml", "json"] }] });
    if (!path) return;
    reading.mutate(
      { path },
      {
        onError(error) {
          const faults = error instanceof ApiError ? error.issues : [];
          const lines = faults.map((issue) => [issue.params.line, issue.path, issueText(issue)].filter(Boolean).join(": "));
          if (lines.length === 0) showError(error);
          else showToast({ text: t("text.failed"), detail: lines.join("\n"), tone: "loss" });
        },
        onSuccess({ id, name, isNew }) {
          showToast({ text: t(isNew ? "text.importedNew" : "text.imported", { name }), tone: "gain" });
          void navigate({ to: "/plans", search: { plan: id } });
        },
      },
    );
  };
}
