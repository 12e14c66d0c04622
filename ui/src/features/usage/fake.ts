import { ApiError, Cancelled } from "../../ipc/errors";
import type { FakeContext, FakeHandlers } from "../../ipc/fake";
import type {
  InboxItem,
  UsageImportPreviewReply,
  UsageImportPreviewRequest,
  UsageImportReport,
  UsageImportRunRequest,
  UsageReportSaveRequest,
} from "../../ipc/generated/types";
import { CUSTOMERS, MODELS, event, overview } from "./fake-data";

const FIELDS = [
  "id", "time", "customer", "provider", "model", "event_name", "quantity.input_tokens",
  "quantity.cache_read_tokens", "quantity.cache_write_tokens", "quantity.output_tokens",
  "quantity.output_reasoning_tokens", "quantity.requests", "total", "condition.service_tier",
  "cost.charged.USD",
];

const COLUMNS: UsageImportPreviewReply["columns"] = [
  { name: "TIMESTAMP", example: "2026-10-11 18:17:03.9799600", field: "time", note: "names_no_zone" },
  { name: "request_id", example: "req_01JB7QK2M8ZP49KC", field: "id", note: null },
  { name: "project_id", example: "proj_Nordlicht", field: "customer", note: null },
  { name: "model", example: "gpt-5-2026-08-07", field: "model", note: null },
  { name: "ContextTokens", example: "12840", field: "quantity.input_tokens", note: null },
  { name: "cached", example: "9216", field: "quantity.cache_read_tokens", note: null },
  { name: "GeneratedTokens", example: "1102", field: "quantity.output_tokens", note: null },
  { name: "region", example: "westeurope", field: null, note: null },
];

function preview(request: UsageImportPreviewRequest): UsageImportPreviewReply {
  const name = request.path.split("/").at(-1) ?? request.path;
  if (name.includes("empty")) throw new ApiError({ code: "refused", params: { reason: "import", code: "empty", value: "" } });
  const isPriceTable = name.includes("prices");
  const format = request.format !== "auto" ? request.format : isPriceTable ? "litellm" : name.endsWith(".jsonl") ? "canonical" : "table";
  const mapped = format === "table";
  const mapping = request.mapping ?? {
    columns: COLUMNS.flatMap(({ name: column, field }) => (field ? [{ column, field }] : [])),
    customer: null,
    provider: "openai",
    model: null,
    eventName: null,
    convention: "inc",
    decimalSign: ".",
    source: "openai",
    timeFormat: "iso",
    offsetMinutes: 60,
  };
  const timeMapped = mapping.columns.some((column) => column.field === "time");
  const field = (column: string) => mapping.columns.find((one) => one.column === column)?.field ?? null;
  return {
    format,
    formats: ["canonical", "litellm", "openrouter", "openrouter-activity", "stripe", "table"],
    isPriceTable,
    name,
    size: 22_439_120,
    mapping: mapped ? mapping : null,
    columns: mapped ? COLUMNS.map((column) => ({ ...column, field: field(column.name) })) : [],
    fields: mapped ? FIELDS : [],
    sample: isPriceTable || !timeMapped ? [] : [0, 1, 2, 3].map((at) => event(at, "proj_Nordlicht", "openai/gpt-5")),
    issues: isPriceTable
      ? []
      : timeMapped
        ? [
            { line: 118, field: "cached", code: "cached_above_input", params: [{ key: "part", value: "1204" }, { key: "whole", value: "980" }] },
            { line: 240, field: "TIMESTAMP", code: "not_a_time", params: [{ key: "value", value: "11/10/26" }] },
            { line: 241, field: "GeneratedTokens", code: "negative", params: [{ key: "value", value: "-14" }] },
          ]
        : [],
    problems: isPriceTable || timeMapped ? [] : [{ path: "time", code: "required", params: {} }],
    rows: 1000,
    rejected: isPriceTable ? 0 : 3,
    unknownCustomers: isPriceTable ? [] : ["proj_8Kx2", "proj_q1T"],
    unknownModels: isPriceTable ? [] : ["halden-eu-2"],
  };
}

const REPORT: UsageImportReport = {
  id: "b-7",
  file: "openai-2026-10.csv",
  format: "table",
  at: "2026-11-02T08:12:44Z",
  accepted: 147_846,
  duplicate: 337,
  conflict: 2,
  rejected: 37,
  issues: [
    { line: 118, field: "cached", code: "cached_above_input", params: [{ key: "part", value: "1204" }, { key: "whole", value: "980" }] },
    { line: 240, field: "TIMESTAMP", code: "not_a_time", params: [{ key: "value", value: "11/10/26" }] },
    { line: 241, field: "GeneratedTokens", code: "negative", params: [{ key: "value", value: "-14" }] },
    { line: 9020, field: "", code: "conflict", params: [{ key: "id", value: "req_01JB7QK2M8ZP49KC" }] },
    { line: 148_221, field: "", code: "truncated", params: [] },
  ],
  from: "2026-09-30T22:00:00Z",
  to: "2026-10-31T22:58:59Z",
};

async function run(request: UsageImportRunRequest, context: FakeContext): Promise<UsageImportReport> {
  const total = 22_439_120;
  for (let part = 1; part <= 20; part++) {
    await new Promise((done) => setTimeout(done, 120));
    if (context.signal.aborted) throw new Cancelled();
    context.progress({ stage: "reading", done: Math.trunc((total * part) / 20), total, note: part * 7392 });
  }
  const name = request.path.split("/").at(-1) ?? request.path;
  const report = { ...REPORT, file: name, format: request.format };
  context.memory.set("imports", [report, ...imports(context)]);
  return report;
}

function imports(context: FakeContext): UsageImportReport[] {
  const known = context.memory.get("imports") as UsageImportReport[] | undefined;
  const older = { ...REPORT, id: "b-5", file: "spend-logs-2026-09.jsonl", format: "litellm", at: "2026-10-01T07:30:10Z", accepted: 98_204, duplicate: 0, conflict: 0, rejected: 0, issues: [], from: "2026-08-31T22:00:00Z", to: "2026-09-30T21:59:59Z" };
  return known ?? [REPORT, older];
}

const INBOX: InboxItem[] = [
  { kind: "unknown_customer", subject: "proj_8Kx2", detail: "", events: 1204, since: "2026-10-04T09:12:00Z", suggestions: [{ id: "c-1042", name: "Kestrel Robotics B.V." }] },
  { kind: "unknown_model", subject: "openai/halden-eu-2", detail: "", events: 214, since: "2026-10-19T11:40:00Z", suggestions: [{ id: "openai/gpt-5", name: "gpt-5" }, { id: "openai/gpt-5-mini", name: "gpt-5-mini" }] },
  { kind: "no_price", subject: "cohere/command-a", detail: "cache_read", events: 96, since: "2026-10-21T06:03:00Z", suggestions: [] },
  { kind: "no_value", subject: "Compute", detail: "", events: 41, since: "2026-10-01T00:00:00Z", suggestions: [] },
  { kind: "no_price_for_value", subject: "ap-south", detail: "Scale", events: 18, since: "2026-10-01T00:00:00Z", suggestions: [] },
  { kind: "no_exchange_rate", subject: "USD/SEK", detail: "Pixelforge Games AB", events: 8120, since: "2026-10-01T00:04:00Z", suggestions: [] },
  { kind: "no_subscription", subject: "c-1011", detail: "Sable & Finch LLC", events: 402, since: "2026-10-02T14:00:00Z", suggestions: [] },
  { kind: "conflict", subject: "litellm", detail: "", events: 2, since: "2026-10-11T18:17:03Z", suggestions: [] },
  { kind: "late_usage", subject: "HS-2026-0471", detail: "Brio Telehealth SAS", events: 3214, since: "2026-09-29T21:10:00Z", suggestions: [] },
];

function inbox(context: FakeContext): InboxItem[] {
  return (context.memory.get("inbox") as InboxItem[] | undefined) ?? INBOX;
}

function resolve(context: FakeContext, kind: InboxItem["kind"], subject: string) {
  const items = inbox(context).filter((item) => item.kind !== kind || item.subject !== subject);
  context.memory.set("inbox", items);
  return { items };
}

export const fake: FakeHandlers = {
  usage_overview: overview,
  usage_event_list: (request: { customerId: string | null; model: string | null; cursor: string | null; limit: number }) => {
    const first = request.cursor ? Number.parseInt(request.cursor, 10) : 0;
    const customer = CUSTOMERS.find((one) => one.key === request.customerId)?.name ?? "proj_Nordlicht";
    const count = Math.min(request.limit, 130 - first);
    const events = Array.from({ length: count }, (_, at) =>
      event(first + at, customer, request.model ?? MODELS[(first + at) % 5]?.key ?? ""),
    );
    return { events, cursor: first + count < 130 ? String(first + count) : null };
  },
  usage_import_preview: preview,
  usage_import_run: run,
  usage_import_list: (_: unknown, context) => ({ batches: imports(context).map((batch) => ({ ...batch, issues: [] })) }),
  usage_report_save: ({ path }: UsageReportSaveRequest) => ({ path }),
  usage_import_get: (request: { id: string }, context) => {
    const found = imports(context).find((batch) => batch.id === request.id);
    if (!found) throw new ApiError({ code: "not_found" });
    return found;
  },
  inbox_list: (_: unknown, context) => ({ items: inbox(context) }),
  inbox_assign_customer: (request: { reference: string }, context) =>
    resolve(context, "unknown_customer", request.reference),
  inbox_assign_model: (request: { provider: string; model: string }, context) =>
    resolve(context, "unknown_model", [request.provider, request.model].filter(Boolean).join("/")),
};
