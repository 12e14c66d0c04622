import i18next from "i18next";
import { errorText, issueText } from "../../app/errors";
import { ApiError } from "../../ipc/errors";
import type { ImportIssue, IssueText } from "../../ipc/generated/types";
import { paramsOf } from "./import/model";

/** A price dimension in words; one of the user's own keeps its name. */
export function dimensionName(dimension: string): string {
  const own = dimension.replace(/^custom:/, "").replaceAll("_", " ");
  const name = own === dimension ? own : own.charAt(0).toLocaleUpperCase() + own.slice(1);
  return i18next.t(`usage:dimension.${dimension}`, { defaultValue: name, nsSeparator: ":" });
}

/** Why a row was not taken, in words; an unknown code is shown as it is, never hidden. */
export function issueWords(issue: ImportIssue): string {
  return i18next.t(`usage:issue.${issue.code}`, {
    ...paramsOf(issue),
    defaultValue: i18next.t("usage:issue.other", { code: issue.code }),
  });
}

/** The cause of several issues in words, without the values of one row. */
export function issueTitle(code: string): string {
  return i18next.t(`usage:issueTitle.${code}`, {
    defaultValue: i18next.t("usage:issue.other", { code }),
  });
}

export function formatName(format: string): string {
  return i18next.t(`usage:format.${format}`, { defaultValue: format });
}

/** What a column can mean: `quantity.input_tokens`, `condition.service_tier`, `cost.charged.USD`. */
export function fieldName(field: string): string {
  const [kind = "", name = "", third = ""] = field.split(".");
  const words = name.replaceAll("_", " ");
  if (kind === "quantity") return dimensionName(field.slice("quantity.".length));
  if (kind === "condition") return i18next.t("usage:fieldCondition", { name: words });
  if (kind === "dimension") return i18next.t("usage:fieldDimension", { name: field.slice("dimension.".length) });
  if (kind === "cost") return i18next.t("usage:fieldCost", { kind: words, currency: third });
  return i18next.t(`usage:field.${field}`, { defaultValue: field });
}

/** Why a file or its mapping cannot be read, in words. */
export function problemWords(problem: IssueText): string {
  if (problem.path === "file") return fileFault(problem.code, problem.params.value ?? "");
  const path = problem.path.replace(/^columns?[.[]?/, "").replace(/\]$/, "");
  const field = i18next.t(`usage:mappingFault.${path}`, { defaultValue: fieldName(path) });
  return `${field}: ${issueText(problem)}`;
}

/** What went wrong with an import, in words; a fault of the file has its own. */
export function importError(error: unknown): { text: string; detail: string | null } {
  if (error instanceof ApiError && error.params.reason === "import") {
    return { text: fileFault(error.params.code ?? "", error.params.value ?? ""), detail: null };
  }
  return errorText(error);
}

function fileFault(code: string, value: string): string {
  return i18next.t(`usage:fileFault.${code}`, { value, defaultValue: i18next.t("usage:issue.other", { code }) });
}
