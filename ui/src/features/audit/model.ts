import type { AuditChangeText, AuditFilterText, AuditTableText } from "../../ipc/generated/types";

/** What the address says. */
export interface AuditSearch {
  find?: string;
  area?: string;
  /** Id of an invoice, a customer, a plan. */
  object?: string;
  from?: string;
  to?: string;
  /** From 1. */
  page?: number;
  /** The entry that is looked at. */
  entry?: number;
}

/** Entries of a page. */
export const PAGE = 100;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function readSearch(raw: Record<string, unknown>): AuditSearch {
  const search: AuditSearch = {};
  if (typeof raw.find === "string" || typeof raw.find === "number") search.find = String(raw.find);
  if (typeof raw.area === "string") search.area = raw.area;
  if (typeof raw.object === "string") search.object = raw.object;
  if (typeof raw.from === "string" && DAY.test(raw.from)) search.from = raw.from;
  if (typeof raw.to === "string" && DAY.test(raw.to)) search.to = raw.to;
  if (isPlace(raw.page)) search.page = raw.page;
  if (isPlace(raw.entry)) search.entry = raw.entry;
  return search;
}

function isPlace(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value) && value > 0;
}

export function filterOf(search: AuditSearch): AuditFilterText {
  const { find = "", area = null, object = null, from = null, to = null } = search;
  return { search: find, area, object, from, to };
}

export function isFiltered({ find, area, object, from, to }: AuditSearch): boolean {
  return [find, area, object, from, to].some((part) => part !== undefined && part !== "");
}

/** Nothing stands in the address that says nothing. */
export function tidy(search: AuditSearch): AuditSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== "" && value !== null));
}

export function pages(total: number): number {
  return Math.max(1, Math.ceil(total / PAGE));
}

/** Rows that the entry counts and does not show. */
export function notShown(table: AuditTableText): number {
  return table.added + table.changed + table.removed - table.rows.length;
}

/** Columns that say nothing to a person: nothing before, nothing after, or the same empty text. */
export function told(change: AuditChangeText): AuditChangeText["fields"] {
  return change.fields.filter(({ before, after }) => (before ?? "") !== "" || (after ?? "") !== "");
}
