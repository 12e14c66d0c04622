import { expect, it } from "vitest";
import type { ImportIssue, MappingText, UsageImportPreviewReply } from "../../../ipc/generated/types";
import {
  canImport,
  fieldOf,
  isMapped,
  issueCsv,
  issueGroups,
  issueTable,
  OFFSETS,
  offsetText,
  paramsOf,
  readImportSearch,
  sizeParts,
  withColumn,
  withConstant,
} from "./model";

const mapping: MappingText = {
  columns: [
    { column: "TIMESTAMP", field: "time" },
    { column: "in", field: "input_tokens" },
  ],
  customer: null,
  provider: null,
  model: "gpt-5",
  eventName: null,
  convention: "inc",
  decimalSign: ".",
  source: "azure",
  timeFormat: "iso",
  offsetMinutes: 0,
};

it("gives a meaning to one column only", () => {
  const next = withColumn(mapping, "when", "time");
  expect(next.columns).toEqual([
    { column: "in", field: "input_tokens" },
    { column: "when", field: "time" },
  ]);
  expect(isMapped(next, "time")).toBe(true);
});

it("takes the meaning of a column away", () => {
  expect(withColumn(mapping, "in", null).columns).toEqual([{ column: "TIMESTAMP", field: "time" }]);
});

it("keeps the settings for all rows", () => {
  expect(withColumn(mapping, "in", null)).toMatchObject({ source: "azure", model: "gpt-5", convention: "inc" });
});

it("reads an empty setting as none", () => {
  expect(withConstant(mapping, "model", "").model).toBeNull();
  expect(withConstant(mapping, "customer", "acme").customer).toBe("acme");
});

it("writes offsets the way clocks name them", () => {
  expect([0, 60, -210, 345].map(offsetText)).toEqual(["UTC", "UTC+01:00", "UTC−03:30", "UTC+05:45"]);
  expect(OFFSETS).toContain(120);
  expect(new Set(OFFSETS).size).toBe(OFFSETS.length);
});

it("shows what the importer found until the user maps", () => {
  const column = { name: "out", example: "1", field: "output_tokens", note: null };
  expect(fieldOf(null, column)).toBe("output_tokens");
  expect(fieldOf(mapping, column)).toBeNull();
});

const issue = (line: number, code: string, field = ""): ImportIssue => ({ line, code, field, params: [] });

it("puts issues of one cause together, the most frequent first", () => {
  const groups = issueGroups([issue(1, "negative", "a"), issue(2, "not_a_time"), issue(3, "not_a_time")]);
  expect(groups.map((group) => [group.code, group.issues.length])).toEqual([
    ["not_a_time", 2],
    ["negative", 1],
  ]);
});

it("writes the list for a spreadsheet, one row per line whatever a value holds", () => {
  const text = issueTable([issue(7, "negative", "a\tb")], ["Line", "Field", "Reason"], () => "below\nzero");
  expect(text).toBe("Line\tField\tReason\n7\ta b\tbelow zero");
});

it("writes the list as a file, and nothing in it can act as a formula", () => {
  const issues = [issue(7, "negative", 'a "b", c'), issue(8, "negative", "=1+1")];
  const text = issueCsv(issues, ["Line", "Field", "Reason"], ({ line }) => (line === 7 ? "below\nzero" : "-5 is below zero"));
  expect(text).toBe('Line,Field,Reason\r\n7,"a ""b"", c","below\nzero"\r\n8,\'=1+1,\'-5 is below zero\r\n');
});

it("hands the values of an issue to its words", () => {
  expect(paramsOf({ ...issue(1, "negative"), params: [{ key: "value", value: "-1" }] })).toEqual({ value: "-1" });
});

it("imports only what could be read in the preview, or a price table", () => {
  const preview = { isPriceTable: false, sample: [] } as unknown as UsageImportPreviewReply;
  expect(canImport(preview)).toBe(false);
  expect(canImport({ ...preview, isPriceTable: true })).toBe(true);
});

it("writes sizes the way people read them", () => {
  expect(sizeParts(0)).toEqual({ value: "0", unit: "bytes" });
  expect(sizeParts(999)).toEqual({ value: "999", unit: "bytes" });
  expect(sizeParts(22_439_120)).toEqual({ value: "22.4", unit: "megabytes" });
  expect(sizeParts(10_000_000_000)).toEqual({ value: "10", unit: "gigabytes" });
});

it("reads the file from the address", () => {
  expect(readImportSearch({ path: "/tmp/a.csv", x: 1 })).toEqual({ path: "/tmp/a.csv" });
  expect(readImportSearch({ path: "" })).toEqual({});
});
