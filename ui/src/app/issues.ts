import { ApiError } from "../ipc/errors";
import { codeText, issueText } from "./errors";

/** The issue at one field of the request, in words; null when there is none. */
export function issueAt(error: unknown, path: string): string | null {
  const found = error instanceof ApiError && error.issues.find((issue) => issue.path === path);
  return found ? issueText(found) : null;
}

/** The first issue at a field or at one of its parts: `aliases` finds `aliases[2]` too. */
export function issueUnder(error: unknown, path: string): string | null {
  const isUnder = (found: string) => found === path || (found.startsWith(path) && /^[.[]/.test(found.slice(path.length)));
  const found = error instanceof ApiError && error.issues.find((issue) => isUnder(issue.path));
  return found ? issueText(found) : null;
}

/**
 * What `FormIssues` shows: issues at none of the form's fields, or the error itself when it names
 * no field. `fields` are the paths that the form shows; a trailing `*` stands for all below.
 */
export function otherIssues(error: unknown, fields: readonly string[]): string[] {
  if (!(error instanceof ApiError)) return [];
  if (error.issues.length === 0) return [codeText(error)];
  const isShown = (path: string) =>
    fields.some((field) => (field.endsWith("*") ? path.startsWith(field.slice(0, -1)) : path === field));
  return error.issues.filter((issue) => !isShown(issue.path)).map(issueText);
}
