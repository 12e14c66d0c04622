import { issueText } from "../errors";
import { issueAt } from "../issues";
import { ApiError } from "../../ipc/errors";
import { innerPrices } from "./inside";
import { isTiered, pricesQuantity, type FormModel, type PriceDraft } from "./price";

const camel = (at: string) => at.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/**
 * The fault of a field of the price, in words. `at` is its name in a document, such as
 * `tiers[1].up_to`; the same field of a simple price is `tiers[1].upTo`.
 */
export function faultAt(error: unknown, path: string, at: string): string | null {
  return issueAt(error, `${path}.document.${at}`) ?? issueAt(error, `${path}.${camel(at)}`);
}

const TERMS = ["minimum", "maximum", "discount.percent", "discount.amount", "commitment.amount", "commitment.quantity", "commitment.overage_factor"];
const OF_QUANTITY = ["included", "convert.multiply_by", "convert.divide_by", "convert.places"];

/** The fields under "More terms", by their names in a document. */
export const termPaths = (price: PriceDraft) => (pricesQuantity(price.model) ? [...TERMS, ...OF_QUANTITY] : TERMS);

/** Whether a fault stands at a field that may be folded away. */
export const hasTermFault = (error: unknown, path: string, price: PriceDraft, inside = "") => termPaths(price).some((at) => faultAt(error, path, inside + at) !== null);

/** The fields of a model that is no list, by their names in a document. */
const OWN: Partial<Record<FormModel, readonly string[]>> = {
  per_unit: ["unit_price"],
  overage: ["unit_price", "included"],
  package: ["package_size", "package_price", "free_units"],
  flat: ["amount"],
  percentage: ["rate_percent", "fixed_fee_per_event", "free_events", "free_amount", "min_per_event", "max_per_event"],
};

/** All fields that the form shows of a price. */
export function shownPaths(price: PriceDraft): string[] {
  const each = (list: readonly unknown[], name: string, parts: readonly string[]) => list.flatMap((_, index) => parts.map((part) => `${name}[${index}].${part}`));
  const own = () => {
    if (isTiered(price.model)) return each(price.tiers, "tiers", ["up_to", "unit_price", "flat_fee"]);
    switch (price.model) {
      case "blocks":
        return each(price.blocks, "blocks", ["block_size", "max_blocks", "price_per_block"]);
      case "graduated_percentage":
        return each(price.rates, "tiers", ["up_to", "rate_percent", "flat_fee"]);
      case "capacity":
        return each(price.capacity.tiers, "tiers", ["amount", ...price.capacity.units.map((unit) => `limits.${unit.name.trim()}`)]);
      case "line_sum":
        return each(price.lines, "lines", ["value"]);
      default:
        return OWN[price.model] ?? [];
    }
  };
  const inner = innerPrices(price).flatMap(({ path, inner }) => shownPaths(inner).map((at) => `${path}.${at}`));
  return ["model", ...own(), ...termPaths(price), ...inner];
}

/** Faults inside a price document that no field shows: they stand at the top of the charge. */
export function strayFaults(error: unknown, path: string, price: PriceDraft): string[] {
  if (!(error instanceof ApiError)) return [];
  const document = `${path}.document`;
  const shown = new Set(price.model === "document" ? [] : shownPaths(price).map((at) => `${document}.${at}`));
  const isInside = (found: string) => found === document || found.startsWith(`${document}.`);
  const texts = error.issues.filter((issue) => isInside(issue.path) && !shown.has(issue.path)).map(issueText);
  return [...new Set(texts)];
}
