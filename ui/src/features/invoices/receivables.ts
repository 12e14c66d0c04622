/** Bands of age, the youngest first; names of the wire. */
export const BANDS = ["notDue", "to30", "to60", "to90", "over90"] as const;

/** What the address of the open invoices says. */
export interface OpenSearch {
  /** Part of a name or number. */
  find?: string;
  by?: "customer";
  overdue?: true;
}

export function readOpenSearch(raw: Record<string, unknown>): OpenSearch {
  const search: OpenSearch = {};
  if (typeof raw.find === "string" || typeof raw.find === "number") search.find = String(raw.find);
  if (raw.by === "customer") search.by = raw.by;
  if (raw.overdue === true) search.overdue = true;
  return search;
}
