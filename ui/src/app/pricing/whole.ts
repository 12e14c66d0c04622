import { isZero, type DecimalString } from "../../lib/decimal";
import type { PriceDraft } from "./price";

const ZERO = "0" as DecimalString;
const has = (value: DecimalString | null) => value !== null && (value as string) !== "";

/** Whether a quantity can be priced: nothing that the price needs is missing. */
export function isWhole(price: PriceDraft): boolean {
  const { terms, pack } = price;
  if (price.model !== "cost_plus" && terms.commitment !== "none" && !has(terms.commitmentSize)) return false;
  switch (price.model) {
    case "per_unit":
      return has(price.unitPrice);
    case "overage":
      return has(price.unitPrice) && has(terms.included);
    case "graduated":
    case "volume":
      return price.tiers.every((tier, index) => has(tier.unitPrice) && (has(tier.upTo) || index === price.tiers.length - 1));
    case "package":
      return has(pack.size) && !isZero(pack.size ?? ZERO) && has(pack.price);
    case "blocks":
      return price.blocks.every(
        (block, index) => has(block.size) && !isZero(block.size ?? ZERO) && has(block.price) && (has(block.max) || index === price.blocks.length - 1),
      );
    case "flat":
      return has(price.flat);
    case "percentage":
      return has(price.percentage.rate);
    case "graduated_percentage":
      return price.rates.every((tier, index) => has(tier.rate) && (has(tier.upTo) || index === price.rates.length - 1));
    case "dynamic":
      return true;
    case "bucketed":
      return price.base !== null && isWhole(price.base);
    case "line_sum":
      return price.lines.every((line) => line.value.trim() !== "" && isWhole(line.price)) && (price.fallback === null || isWhole(price.fallback));
    case "capacity":
      return price.capacity.units.every((unit) => unit.name.trim() !== "") && price.capacity.tiers.every((tier) => has(tier.amount));
    case "document":
      return has(price.document as DecimalString | null);
    case "cost_plus":
      return false;
  }
}
