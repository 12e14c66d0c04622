import type { EinvoiceFormat, IssueText } from "../ipc/generated/types";

/** Every form of e-invoice, in the order of menus. */
export const EINVOICE_FORMATS: readonly EinvoiceFormat[] = ["factur_x", "xrechnung", "xrechnung_ubl", "peppol", "cii", "ubl"];

/** A PDF with the XML inside; the others are files of XML. */
export const isHybrid = (format: EinvoiceFormat) => format === "factur_x";

/** The ending of the file. */
export const endingOf = (format: EinvoiceFormat) => (isHybrid(format) ? "pdf" : "xml");

/** Whose form mends a fault: its path begins with the party. */
export type Party = "company" | "customer";

export function partyOf(fault: IssueText): Party {
  return fault.path.startsWith("company.") ? "company" : "customer";
}

const FIELDS = [
  "name", "taxId", "registration", "email", "contact.name", "contact.phone", "endpoint", "bank.account", "reference",
  "einvoice", "tax.reason", "tax", "currency", "address.city", "address.postcode", "address.country",
] as const;

/** The key of the words for the field of a fault. */
export function fieldOf(fault: IssueText): string {
  const path = fault.path.replace(/^(company|customer)\./, "");
  const known = FIELDS.find((field) => field === path);
  return known ? known.replace(".", "_") : "other";
}
