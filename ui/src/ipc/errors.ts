import type { ApiError as ErrorWire, ErrorCode, IssueText } from "./generated/types";

export type { ErrorCode };

/** What a command answers when it cannot do what was asked. */
export type ErrorReply = Pick<ErrorWire, "code"> & Partial<ErrorWire>;

/**
 * One thing wrong with one field of a request. `path` is the field as in the request:
 * `address.country`, `charges[2].tiers[0].upTo`; empty for the whole request.
 */
export type Issue = IssueText;

export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly issues: Issue[];
  readonly params: IssueText["params"];
  readonly incident: string | null;

  constructor(reply: ErrorReply) {
    super(reply.code);
    this.name = "ApiError";
    this.code = reply.code;
    this.issues = reply.issues ?? [];
    this.params = reply.params ?? {};
    this.incident = reply.incident ?? null;
  }
}

/** Cancelled by the user: not an error to show. */
export class Cancelled extends Error {
  constructor() {
    super("cancelled");
    this.name = "Cancelled";
  }
}

/** Anything thrown, as an `ApiError`. */
export function asApiError(thrown: unknown): ApiError | Cancelled {
  if (thrown instanceof ApiError || thrown instanceof Cancelled) return thrown;
  if (typeof thrown === "object" && thrown !== null && "code" in thrown) {
    const reply = thrown as ErrorReply;
    if (reply.code === "cancelled") return new Cancelled();
    return new ApiError(reply);
  }
  const text = thrown instanceof Error ? thrown.message : String(thrown);
  return new ApiError({ code: "internal", params: { text } });
}

/** The issues that belong to a field, for a form to show under it. */
export function issuesAt(error: unknown, path: string): Issue[] {
  return error instanceof ApiError ? error.issues.filter((issue) => issue.path === path) : [];
}
