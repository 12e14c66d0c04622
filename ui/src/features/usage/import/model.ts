import type {
  ColumnText,
  ImportIssue,
  MappingText,
  UsageImportPreviewReply,
  UsageImportReport,
} from "../../../ipc/generated/types";

export interface ImportSearch {
  /** The file that is looked at. */
  path?: string;
  /** A past import whose report is shown. */
  report?: string;
}

export function readImportSearch(raw: Record<string, unknown>): ImportSearch {
  const search: ImportSearch = {};
  if (typeof raw.path === "string" && raw.path !== "") search.path = raw.path;
  if (typeof raw.report === "string" || typeof raw.report === "number") search.report = String(raw.report);
  return search;
}

/** What the user chose for a file; absent parts are what Ratebook found by itself. */
export interface Choice {
  format: string;
  mapping: MappingText | null;
}

export const FOUND: Choice = { format: "auto", mapping: null };

/** Where the import stands: 0 file, 1 columns, 2 check. */
export function stepOf(preview: UsageImportPreviewReply | undefined): 0 | 1 {
  return preview === undefined ? 0 : 1;
}

/** Settings for all rows that are text; an empty one means "none". */
export type MappingConstant = "source" | "customer" | "provider" | "model" | "eventName";

/** The mapping after a column got another meaning. A meaning belongs to one column only. */
export function withColumn(mapping: MappingText, column: string, field: string | null): MappingText {
  const others = mapping.columns.filter((one) => one.column !== column && one.field !== field);
  return { ...mapping, columns: field === null ? others : [...others, { column, field }] };
}

/** The mapping after a setting for all rows changed. */
export function withConstant(mapping: MappingText, field: MappingConstant, text: string): MappingText {
  return { ...mapping, [field]: text === "" ? null : text };
}

/** Offsets from UTC that some place of the world has, in minutes. */
export const OFFSETS: readonly number[] = [
  ...Array.from({ length: 27 }, (_, index) => (index - 12) * 60),
  -570, -210, 210, 270, 330, 345, 390, 525, 570, 630, 765,
].toSorted((a, b) => a - b);

/** `UTC+02:00`. */
export function offsetText(minutes: number): string {
  if (minutes === 0) return "UTC";
  const size = Math.abs(minutes);
  const two = (value: number) => String(value).padStart(2, "0");
  return `UTC${minutes < 0 ? "\u2212" : "+"}${two(Math.trunc(size / 60))}:${two(size % 60)}`;
}

export function fieldOf(mapping: MappingText | null, column: ColumnText): string | null {
  if (!mapping) return column.field;
  return mapping.columns.find((one) => one.column === column.name)?.field ?? null;
}

/** The setting for all rows is only of use while no column says it. */
export function isMapped(mapping: MappingText, field: string): boolean {
  return mapping.columns.some((one) => one.field === field);
}

/** Nothing can be read before this: the preview then names what is missing. */
export function canImport(preview: UsageImportPreviewReply): boolean {
  return preview.isPriceTable || preview.sample.length > 0;
}

export interface IssueGroup {
  code: string;
  field: string;
  issues: ImportIssue[];
}

/** Issues of one cause stand together, the most frequent cause first. */
export function issueGroups(issues: readonly ImportIssue[]): IssueGroup[] {
  const groups = new Map<string, IssueGroup>();
  for (const issue of issues) {
    const key = `${issue.code}|${issue.field}`;
    const group = groups.get(key) ?? { code: issue.code, field: issue.field, issues: [] };
    group.issues.push(issue);
    groups.set(key, group);
  }
  return [...groups.values()].toSorted((a, b) => b.issues.length - a.issues.length);
}

/** Params of an issue as values for its words. */
export function paramsOf(issue: ImportIssue): Record<string, string> {
  return Object.fromEntries(issue.params.map((param) => [param.key, param.value]));
}

/** The list of what was not taken, as a table for a spreadsheet. */
export function issueTable(
  issues: readonly ImportIssue[],
  head: readonly [string, string, string],
  words: (issue: ImportIssue) => string,
): string {
  const cell = (text: string) => text.replace(/[\t\r\n]+/g, " ");
  const rows = issues.map((issue) => [String(issue.line), issue.field, words(issue)]);
  return [head, ...rows].map((row) => row.map(cell).join("\t")).join("\n");
}

/** The same as a file that spreadsheets open: a cell with a comma, quote or line end is quoted. */
export function issueCsv(
  issues: readonly ImportIssue[],
  head: readonly [string, string, string],
  words: (issue: ImportIssue) => string,
): string {
  // A cell that begins like a formula stays text.
  const plain = (text: string) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const rows = issues.map((issue) => [String(issue.line), issue.field, words(issue)]);
  return [head, ...rows].map((row) => `${row.map((text) => cell(plain(text))).join(",")}\r\n`).join("");
}

/** Issues that were found but not kept in the list. */
export function issuesLeftOut(report: UsageImportReport): number {
  return Math.max(0, report.rejected + report.conflict - report.issues.length);
}

/** Bytes for people: `21.4 MB`, powers of ten. The unit is a word of the locale file. */
export function sizeParts(bytes: number): { value: string; unit: "bytes" | "kilobytes" | "megabytes" | "gigabytes" } {
  const units = ["bytes", "kilobytes", "megabytes", "gigabytes"] as const;
  let tenths = bytes * 10;
  let unit = 0;
  while (tenths >= 10_000 && unit < units.length - 1) {
    tenths = Math.round(tenths / 1000);
    unit += 1;
  }
  const value = unit === 0 || tenths % 10 === 0 ? String(Math.trunc(tenths / 10)) : `${Math.trunc(tenths / 10)}.${tenths % 10}`;
  return { value, unit: units[unit] ?? "bytes" };
}
