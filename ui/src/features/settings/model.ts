import type { CompanyText, CurrencyPair, ExchangeText } from "../../ipc/generated/types";

export const SECTIONS = ["company", "numbers", "exchange", "appearance", "book", "keyboard", "about"] as const;
export type Section = (typeof SECTIONS)[number];

/** What the address says: a section, and the pair of a rate that is wanted. */
export interface SettingsSearch {
  section?: Section;
  base?: string;
  quote?: string;
}

const currency = (value: unknown) => (typeof value === "string" && /^[A-Z]{3}$/.test(value) ? value : undefined);

export function readSearch(raw: Record<string, unknown>): SettingsSearch {
  const search: SettingsSearch = {};
  const section = SECTIONS.find((one) => one === raw.section);
  if (section) search.section = section;
  const base = currency(raw.base);
  const quote = currency(raw.quote);
  if (base) search.base = base;
  if (quote) search.quote = quote;
  return search;
}

/** Edits without those that are back to what is saved. */
export function realEdits(saved: CompanyText, edits: Partial<CompanyText>): Partial<CompanyText> {
  const differs = ([field, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(saved[field as keyof CompanyText]);
  return Object.fromEntries(Object.entries(edits).filter(differs));
}

/** Largest logo, in bytes of the file. */
export const MOST_LOGO = 512 * 1024;

/** What is wrong with a file as a logo; null when nothing is. */
export function logoFault(file: { size: number; type: string }): "not_a_png" | "too_large" | null {
  if (file.type !== "image/png") return "not_a_png";
  return file.size > MOST_LOGO ? "too_large" : null;
}

/** The base64 part of `data:image/png;base64,…`. */
export function base64Of(dataUrl: string): string {
  return dataUrl.slice(dataUrl.indexOf(",") + 1);
}

/** A whole number of a field; undefined for what is none. */
export function readCount(typed: string): number | undefined {
  return /^\d{1,12}$/.test(typed.trim()) ? Number.parseInt(typed.trim(), 10) : undefined;
}

/** A new rate, for the pair that is wanted most. */
export function newRate(missing: readonly CurrencyPair[], wanted: Partial<CurrencyPair>, today: string): CurrencyPair & Omit<ExchangeText, "rate"> {
  const first = missing[0];
  return {
    base: wanted.base ?? (wanted.quote ? "USD" : (first?.base ?? "USD")),
    quote: wanted.quote ?? first?.quote ?? "",
    source: "",
    on: today,
  };
}
