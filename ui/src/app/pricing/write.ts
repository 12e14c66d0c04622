import type { DecimalString } from "../../lib/decimal";
import { pricesQuantity, type CapacityDraft, type CapacityTierDraft, type PercentageDraft, type PriceDraft } from "./price";

const ZERO = "0" as DecimalString;

type Json = Record<string, unknown>;

/** Without what says nothing. */
function filled(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null && value !== undefined));
}

function modelFields(price: PriceDraft): Json {
  const { pack } = price;
  switch (price.model) {
    case "per_unit":
    case "overage":
      return { unit_price: price.unitPrice };
    case "graduated":
    case "volume":
      return {
        tiers: price.tiers.map((tier) => ({
          ...filled({ up_to: tier.upTo, unit_price: tier.unitPrice }),
          flat_fee: tier.flatFee ?? ZERO,
        })),
        charge_flat_at_zero: price.chargeFlatAtZero,
      };
    case "package":
      return { package_size: pack.size, package_price: pack.price, free_units: pack.freeUnits, round: pack.round };
    case "blocks":
      return {
        mode: price.blockMode,
        blocks: price.blocks.map(({ size, max, price }) => filled({ block_size: size, max_blocks: max, price_per_block: price })),
      };
    case "flat":
      return { amount: price.flat };
    case "percentage":
      return percentageFields(price.percentage);
    case "graduated_percentage":
      return {
        tiers: price.rates.map(({ upTo, rate, flatFee }) => ({ ...filled({ up_to: upTo, rate_percent: rate }), flat_fee: flatFee ?? ZERO })),
        charge_flat_at_zero: price.chargeFlatAtZero,
      };
    case "bucketed":
      return { per: price.per, base: price.base && priceFields(price.base) };
    case "line_sum":
      return {
        lines: price.lines.map(({ value, price }) => ({ value, price: priceFields(price) })),
        default: price.fallback && priceFields(price.fallback),
      };
    case "capacity":
      return { tiers: price.capacity.tiers.map((tier) => ({ limits: limitsOf(price.capacity, tier), ...filled({ amount: tier.amount }) })) };
    case "dynamic":
    case "cost_plus":
    case "document":
      return {};
  }
}

const percentageFields = ({ rate, fee, freeEvents, freeAmount, least, most }: PercentageDraft): Json => ({
  rate_percent: rate,
  fixed_fee_per_event: fee,
  free_events: freeEvents,
  free_amount: freeAmount,
  min_per_event: least,
  max_per_event: most,
});

/** Of every unit, so that all tiers know it. The last tier has no limits. */
function limitsOf({ units, tiers }: CapacityDraft, tier: CapacityTierDraft): Json {
  const isLast = tiers.at(-1) === tier;
  return Object.fromEntries(units.map(({ key, name }) => [name.trim(), isLast ? null : (tier.limits[key] ?? null)]));
}

/** The price as the JSON of a document; numbers that are missing are left out, so that their fault is found. */
export function writeDocument(price: PriceDraft): string {
  return price.model === "document" ? (price.document ?? "") : JSON.stringify(priceFields(price));
}

function priceFields(price: PriceDraft): Json {
  const { terms } = price;
  const measured = pricesQuantity(price.model);
  const converts = measured && (terms.multiplyBy !== null || terms.divideBy !== null || terms.round !== "none");
  const commits = terms.commitment === "amount" || (terms.commitment === "quantity" && measured);
  const discounts = terms.discountPercent !== null || terms.discountAmount !== null;
  return filled({
    model: price.model,
    ...modelFields(price),
    included: measured ? terms.included : null,
    minimum: terms.minimum,
    maximum: terms.maximum,
    discount: discounts ? filled({ percent: terms.discountPercent, amount: terms.discountAmount }) : null,
    convert: converts
      ? filled({
          multiply_by: terms.multiplyBy,
          divide_by: terms.divideBy,
          round: terms.round,
          places: terms.round === "none" ? null : terms.places,
        })
      : null,
    commitment: commits
      ? { ...filled({ [terms.commitment]: terms.commitmentSize, overage_factor: terms.overageFactor }), true_up: terms.trueUp }
      : null,
  });
}
