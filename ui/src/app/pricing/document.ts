import { isDecimal, normalize, type DecimalString } from "../../lib/decimal";
import { isComposed, newPrice, NO_TERMS, type BlockMode, type BucketPer, type CapacityDraft, type ConvertRound, type PriceDraft, type Terms, type TravellingPrice } from "./price";
import { isWhole } from "./whole";

/** Reads the fields of one object, each once; whatever the form cannot hold spoils it. */
class Fields {
  private readonly left: Map<string, unknown>;
  private fits = true;

  constructor(json: unknown) {
    const isObject = typeof json === "object" && json !== null && !Array.isArray(json);
    this.fits = isObject;
    this.left = new Map(isObject ? Object.entries(json).filter(([, value]) => value !== null) : []);
  }

  take(key: string): unknown {
    const value = this.left.get(key);
    this.left.delete(key);
    return value;
  }

  spoil(): null {
    this.fits = false;
    return null;
  }

  /** A number; null when absent or when it says nothing. */
  number(key: string, nothing?: string): DecimalString | null {
    const value = this.take(key);
    if (value === undefined) return null;
    // A number of JSON may have lost digits already.
    if (typeof value !== "string" || !isDecimal(value)) return this.spoil();
    const number = normalize(value);
    return number === nothing ? null : number;
  }

  text(key: string): string {
    const value = this.take(key);
    return typeof value === "string" ? value : (this.spoil() ?? "");
  }

  /** Numbers by name, each of which may be null. */
  numbers(key: string): [string, DecimalString | null][] {
    const value = this.take(key);
    if (typeof value !== "object" || value === null || Array.isArray(value)) {
      this.spoil();
      return [];
    }
    return Object.entries(value).map(([name, one]) => {
      if (one === null) return [name, null];
      return [name, typeof one === "string" && isDecimal(one) ? normalize(one) : this.spoil()];
    });
  }

  word<T extends string>(key: string, words: readonly T[], absent: T): T {
    const value = this.take(key);
    const found = words.find((word) => word === value);
    if (value !== undefined && found === undefined) this.spoil();
    return found ?? absent;
  }

  flag(key: string, absent: boolean): boolean {
    const value = this.take(key);
    if (value !== undefined && typeof value !== "boolean") this.spoil();
    return typeof value === "boolean" ? value : absent;
  }

  each<T>(key: string, read: (fields: Fields, index: number) => T): T[] {
    const list = this.take(key);
    if (!Array.isArray(list) || list.length === 0) {
      this.spoil();
      return [];
    }
    return list.map((one, index) => this.inside(new Fields(one), (fields) => read(fields, index)));
  }

  object<T>(key: string, read: (fields: Fields) => T): T | null {
    const value = this.take(key);
    return value === undefined ? null : this.inside(new Fields(value), read);
  }

  private inside<T>(fields: Fields, read: (fields: Fields) => T): T {
    const result = read(fields);
    if (!fields.isDone()) this.spoil();
    return result;
  }

  isDone(): boolean {
    return this.fits && this.left.size === 0;
  }
}

function readModel(fields: Fields, price: PriceDraft): PriceDraft | null {
  const model = fields.take("model");
  switch (model) {
    case "per_unit":
    case "overage":
      return { ...price, model, unitPrice: fields.number("unit_price") };
    case "graduated":
    case "volume": {
      const tiers = fields.each("tiers", (tier, key) => ({
        key,
        upTo: tier.number("up_to"),
        unitPrice: tier.number("unit_price"),
        flatFee: tier.number("flat_fee") ?? ("0" as DecimalString),
      }));
      return { ...price, model, tiers, chargeFlatAtZero: fields.flag("charge_flat_at_zero", true) };
    }
    case "package": {
      const size = fields.number("package_size");
      const one = fields.number("package_price");
      const pack = { size, price: one, freeUnits: fields.number("free_units", "0"), round: fields.word("round", ["up", "down"], "up") };
      return { ...price, model, pack };
    }
    case "blocks": {
      const blockMode = fields.word<BlockMode>("mode", ["all_tiers", "top_tier"], "all_tiers");
      const blocks = fields.each("blocks", (block, key) => ({
        key,
        size: block.number("block_size"),
        max: block.number("max_blocks"),
        price: block.number("price_per_block"),
      }));
      return { ...price, model, blockMode, blocks };
    }
    case "flat":
      return { ...price, model, flat: fields.number("amount") };
    case "percentage": {
      const percentage = {
        rate: fields.number("rate_percent"),
        fee: fields.number("fixed_fee_per_event", "0"),
        freeEvents: fields.number("free_events"),
        freeAmount: fields.number("free_amount"),
        least: fields.number("min_per_event"),
        most: fields.number("max_per_event"),
      };
      return { ...price, model, percentage };
    }
    case "graduated_percentage": {
      const rates = fields.each("tiers", (tier, key) => ({
        key,
        upTo: tier.number("up_to"),
        rate: tier.number("rate_percent"),
        flatFee: tier.number("flat_fee") ?? ("0" as DecimalString),
      }));
      return { ...price, model, rates, chargeFlatAtZero: fields.flag("charge_flat_at_zero", true) };
    }
    case "dynamic":
      return { ...price, model };
    case "bucketed":
      return { ...price, model, per: fields.word<BucketPer>("per", ["hour", "day", "group"], "day"), base: inner(fields, "base") };
    case "line_sum": {
      const lines = fields.each("lines", (line, key) => ({ key, value: line.text("value"), price: inner(line, "price") ?? newPrice() }));
      return { ...price, model, lines, fallback: inner(fields, "default") };
    }
    case "capacity":
      return { ...price, model, capacity: readCapacity(fields) };
    default:
      return null;
  }
}

/** A price inside the price; what stands deeper than the form shows spoils it. */
function inner(fields: Fields, key: string): PriceDraft | null {
  return fields.object(key, (own) => {
    const price = readPriceFields(own);
    if (!price || isComposed(price.model)) own.spoil();
    return price;
  });
}

function readCapacity(fields: Fields): CapacityDraft {
  const names: string[] = [];
  const keyOf = (name: string) => (names.includes(name) ? names.indexOf(name) : names.push(name) - 1);
  const tiers = fields.each("tiers", (tier, key) => {
    const limits = tier.numbers("limits").map(([name, limit]) => [keyOf(name), limit]);
    return { key, limits: Object.fromEntries(limits) as Record<number, DecimalString | null>, amount: tier.number("amount") };
  });
  return { units: names.map((name, key) => ({ key, name })), tiers };
}

function readTerms(fields: Fields, isOverage: boolean): Terms {
  const terms: Terms = {
    ...NO_TERMS,
    included: fields.number("included", isOverage ? undefined : "0"),
    minimum: fields.number("minimum"),
    maximum: fields.number("maximum"),
  };
  const discount = fields.object("discount", (inner) => ({
    discountPercent: inner.number("percent", "0"),
    discountAmount: inner.number("amount", "0"),
  }));
  const convert = fields.object("convert", (inner) => ({
    multiplyBy: inner.number("multiply_by", "1"),
    divideBy: inner.number("divide_by", "1"),
    round: inner.word<ConvertRound>("round", ["none", "up", "down", "nearest"], "none"),
    places: inner.number("places", "0"),
  }));
  const commitment = fields.object("commitment", (inner) => {
    const amount = inner.number("amount");
    const quantity = amount === null ? inner.number("quantity") : null;
    return {
      commitment: amount === null ? ("quantity" as const) : ("amount" as const),
      commitmentSize: amount ?? quantity,
      overageFactor: inner.number("overage_factor", "1"),
      trueUp: inner.flag("true_up", false),
    };
  });
  return { ...terms, ...discount, ...convert, ...commitment };
}

/** The price of a document as the form has it; null when the form cannot show all of it. */
export function readDocument(text: string): PriceDraft | null {
  const fields = new Fields(parsed(text));
  const price = readPriceFields(fields);
  return fields.isDone() ? price : null;
}

function readPriceFields(fields: Fields): PriceDraft | null {
  const price = readModel(fields, newPrice());
  return price && { ...price, terms: readTerms(fields, price.model === "overage") };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** A document with its fields under each other. */
export function prettyDocument(text: string): string {
  const json = parsed(text);
  return json === null ? text : JSON.stringify(json, null, 2);
}

/** The price of a charge as the form has it, whichever way it travelled. */
export function readPrice(charge: TravellingPrice): PriceDraft {
  const plain = newPrice();
  const raw: PriceDraft = { ...plain, model: "document", document: charge.document };
  if (charge.model === "document") return readDocument(charge.document ?? "") ?? raw;
  return {
    ...plain,
    model: charge.model ?? plain.model,
    unitPrice: charge.unitPrice,
    tiers: charge.tiers?.map((tier, index) => ({ ...tier, key: index, unitPrice: tier.unitPrice || null })) ?? plain.tiers,
    chargeFlatAtZero: charge.chargeFlatAtZero ?? true,
  };
}

/** Whether a quantity can be priced: a price of a quantity, and nothing that it needs is missing. */
export const isPriced = (charge: TravellingPrice): boolean => isWhole(readPrice(charge));
