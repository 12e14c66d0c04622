import type { PriceMappingText } from "../../../ipc/generated/types";

export interface TableSearch {
  /** A file or an address. */
  place?: string;
}

export function readTableSearch(raw: Record<string, unknown>): TableSearch {
  return typeof raw.place === "string" && raw.place !== "" ? { place: raw.place } : {};
}

export function fieldOf(mapping: PriceMappingText, column: string): string | null {
  return mapping.columns.find((one) => one.column === column)?.field ?? null;
}

export function isMapped(mapping: PriceMappingText, field: string): boolean {
  return mapping.columns.some((one) => one.field === field);
}

/** Gives a column a meaning; whichever column had it before loses it. */
export function withColumn(mapping: PriceMappingText, column: string, field: string | null): PriceMappingText {
  const others = mapping.columns.filter((one) => one.column !== column && one.field !== field);
  return { ...mapping, columns: field === null ? others : [...others, { column, field }] };
}
