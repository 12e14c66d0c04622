import i18next from "i18next";
import type { AddressText, CustomerTax } from "../../ipc/generated/types";
import { countryName } from "../../lib/names";

/** How a customer is taxed, in a few words: `VAT 19%`. */
export function taxWords(tax: CustomerTax, percent: (value: string) => string): string {
  if (tax.kind === "rate") return i18next.t("customers:tax.is.rate", { percent: percent(tax.percent ?? "0") });
  return i18next.t(`customers:tax.is.${tax.kind}`, { reason: tax.reason ?? "" });
}

/** An address as lines: street, place, country. */
export function addressLines(address: AddressText): string[] {
  const place = [address.postcode, address.city].filter(Boolean).join(" ");
  const lines = [...address.lines, place, address.region, countryName(address.country, i18next.language)];
  return lines.filter((line) => line.trim() !== "");
}
