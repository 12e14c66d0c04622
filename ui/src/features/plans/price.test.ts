import { describe, expect, it } from "vitest";
import { ApiError } from "../../ipc/errors";
import type { DecimalString } from "../../lib/decimal";
import "../../lib/i18n";
import { isPriced, prettyDocument, readDocument, readPrice } from "../../app/pricing/document";
import { faultAt, hasTermFault, strayFaults } from "../../app/pricing/faults";
import { newCharge, writeCharge, type ChargeDraft } from "../../app/pricing/charge";
import { edit, MONTHLY, type EditState } from "./model";
import { countTerms, isDocument, NO_TERMS, newPrice, type PriceDraft, type Terms } from "../../app/pricing/price";
import { writeDocument } from "../../app/pricing/write";

const d = (text: string) => text as DecimalString;
const price = (part: Partial<PriceDraft>): PriceDraft => ({ ...newPrice(), ...part });
const tiers = [
  { key: 0, upTo: d("1000000"), unitPrice: d("0.000003"), flatFee: d("5") },
  { key: 1, upTo: null, unitPrice: d("0.000002"), flatFee: d("0") },
];
const MODELS: Record<string, PriceDraft> = {
  perUnit: price({ model: "per_unit", unitPrice: d("0.02") }),
  overage: price({ model: "overage", unitPrice: d("0.02"), terms: { ...NO_TERMS, included: d("0") } }),
  graduated: price({ model: "graduated", tiers, chargeFlatAtZero: false }),
  volume: price({ model: "volume", tiers }),
  package: price({ model: "package", pack: { size: d("1000"), price: d("0.04"), freeUnits: d("250"), round: "down" } }),
  blocks: price({
    model: "blocks",
    blockMode: "top_tier",
    blocks: [
      { key: 0, size: d("100"), max: d("5"), price: d("9") },
      { key: 1, size: d("250"), max: null, price: d("20") },
    ],
  }),
  flat: price({ model: "flat", flat: d("99.5") }),
  percentage: price({ model: "percentage", percentage: { rate: d("2.9"), fee: d("0.3"), freeEvents: d("3"), freeAmount: d("500"), least: d("1"), most: d("20") } }),
  rates: price({
    model: "graduated_percentage",
    rates: [
      { key: 0, upTo: d("1000"), rate: d("1.4"), flatFee: d("5") },
      { key: 1, upTo: null, rate: d("1.1"), flatFee: d("0") },
    ],
  }),
  dynamic: price({ model: "dynamic" }),
  bucketed: price({ model: "bucketed", per: "hour", base: price({ model: "volume", tiers, terms: { ...NO_TERMS, included: d("10"), minimum: d("2") } }) }),
  lines: price({
    model: "line_sum",
    lines: [
      { key: 0, value: "eu-west", price: price({ unitPrice: d("0.02") }) },
      { key: 1, value: "us-east", price: price({ model: "percentage", percentage: { rate: d("3"), fee: null, freeEvents: null, freeAmount: null, least: null, most: null } }) },
    ],
    fallback: price({ model: "flat", flat: d("7") }),
  }),
  capacity: price({
    model: "capacity",
    capacity: {
      units: [
        { key: 0, name: "seats" },
        { key: 1, name: "gb" },
      ],
      tiers: [
        { key: 0, limits: { 0: d("5"), 1: null }, amount: d("9") },
        { key: 1, limits: { 0: null, 1: null }, amount: d("20") },
      ],
    },
  }),
};
const COUNTED = ["perUnit", "overage", "graduated", "volume", "package", "blocks", "rates"];
const TERMS: Record<string, Partial<Terms>> = {
  minimum: { minimum: d("10") },
  limits: { minimum: d("10"), maximum: d("10.5") },
  discount: { discountPercent: d("12.5"), discountAmount: d("3") },
  amount: { commitment: "amount", commitmentSize: d("500"), overageFactor: d("1.25"), trueUp: true },
};
const OF_QUANTITY: Record<string, Partial<Terms>> = {
  included: { included: d("100") },
  convert: { multiplyBy: d("2"), divideBy: d("60"), round: "nearest", places: d("2") },
  rounded: { round: "up" },
  quantity: { commitment: "quantity", commitmentSize: d("40000") },
};

describe("a price of the form and its document", () => {
  for (const [name, model] of Object.entries(MODELS)) {
    it(`says the same both ways: ${name}`, () => {
      expect(readDocument(writeDocument(model))).toEqual(model);
      const all = COUNTED.includes(name) ? { ...TERMS, ...OF_QUANTITY } : TERMS;
      for (const terms of Object.values(all)) {
        const agreed = { ...model, terms: { ...model.terms, ...terms } };
        expect(readDocument(writeDocument(agreed))).toEqual(agreed);
        expect(countTerms(agreed)).toBeGreaterThan(terms.included && model.model === "overage" ? -1 : 0);
      }
    });
  }

  it("names each field as a price document does", () => {
    const terms = { ...NO_TERMS, ...TERMS.limits, ...TERMS.discount, ...OF_QUANTITY.convert, ...TERMS.amount };
    expect(JSON.parse(writeDocument({ ...price({ model: "volume", tiers }), terms }))).toEqual({
      model: "volume",
      tiers: [
        { up_to: "1000000", unit_price: "0.000003", flat_fee: "5" },
        { unit_price: "0.000002", flat_fee: "0" },
      ],
      charge_flat_at_zero: true,
      minimum: "10",
      maximum: "10.5",
      discount: { percent: "12.5", amount: "3" },
      convert: { multiply_by: "2", divide_by: "60", round: "nearest", places: "2" },
      commitment: { amount: "500", overage_factor: "1.25", true_up: true },
    });
  });

  it("leaves out what a flat amount cannot have", () => {
    const terms = { ...NO_TERMS, ...OF_QUANTITY.convert, ...OF_QUANTITY.quantity, included: d("5") };
    expect(JSON.parse(writeDocument({ ...price({ model: "flat", flat: d("9") }), terms }))).toEqual({ model: "flat", amount: "9" });
  });

  it("reads no document that it could not write again", () => {
    const refused = [
      '{"model":"cost_plus","markup":{"percent":"20"}}',
      '{"model":"bucketed","per":"day","base":{"model":"bucketed","per":"hour","base":{"model":"flat","amount":"1"}}}',
      '{"model":"bucketed","per":"day","base":{"model":"flat","amount":1}}',
      '{"model":"per_unit","unit_price":"1","surprise":"2"}',
      '{"model":"per_unit","unit_price":0.1}',
      '{"model":"volume","tiers":[]}',
      '{"model":"volume","tiers":[{"unit_price":"1","rate":"2"}]}',
      '{"model":"package","package_size":"1","package_price":"1","round":"sideways"}',
      '{"model":"flat","amount":"1","commitment":{"amount":"1","quantity":"1"}}',
      "not json",
    ];
    for (const text of refused) {
      expect(readDocument(text), text).toBeNull();
      const raw = readPrice({ model: "document", document: text, unitPrice: null, tiers: null, chargeFlatAtZero: null });
      expect(writeDocument(raw)).toBe(text);
    }
    expect(prettyDocument('{"model":"dynamic"}')).toBe('{\n  "model": "dynamic"\n}');
  });

  it("travels as a document only where a simple form cannot say it", () => {
    const charge = { ...newCharge(0, "usage"), name: "x", unitPrice: d("2") };
    expect(writeCharge(charge)).toMatchObject({ model: "per_unit", unitPrice: "2", document: null });
    const agreed = { ...charge, terms: { ...NO_TERMS, minimum: d("5") } };
    expect(writeCharge(agreed)).toMatchObject({ model: "document", unitPrice: null, document: '{"model":"per_unit","unit_price":"2","minimum":"5"}' });
    expect(isDocument({ ...charge, model: "volume" })).toBe(true);
    // Cost plus has terms of its own kind.
    expect(isDocument({ ...agreed, model: "cost_plus" })).toBe(false);
  });

  it("is priced when nothing that it needs is missing", () => {
    for (const model of Object.values(MODELS)) expect(isPriced(writeCharge({ ...newCharge(0, "usage"), ...model }))).toBe(true);
    const open = { ...MODELS.volume, tiers: tiers.map((tier) => ({ ...tier, upTo: null })) } as ChargeDraft;
    expect(isPriced(writeCharge({ ...newCharge(0, "usage"), ...open }))).toBe(false);
    const unsaid = { ...newCharge(0, "usage"), unitPrice: d("1"), terms: { ...NO_TERMS, commitment: "amount" as const } };
    expect(isPriced(writeCharge(unsaid))).toBe(false);
  });
});

describe("faults of a document", () => {
  const fault = (path: string, code = "required") => ({ path, code, params: {} });
  const refused = new ApiError({
    code: "invalid",
    issues: [fault("charges[1].document.tiers[0].up_to"), fault("charges[1].document.minimum", "negative"), fault("charges[1].document", "too_deep")],
  });

  it("stand at their fields, of a simple price too", () => {
    expect(faultAt(refused, "charges[1]", "tiers[0].up_to")).toBe("Needed here");
    expect(faultAt(refused, "charges[0]", "tiers[0].up_to")).toBeNull();
    const simple = new ApiError({ code: "invalid", issues: [fault("charges[1].tiers[0].upTo")] });
    expect(faultAt(simple, "charges[1]", "tiers[0].up_to")).toBe("Needed here");
  });

  it("unfold the terms and leave nothing unsaid", () => {
    const volume = price({ model: "volume", tiers });
    expect(hasTermFault(refused, "charges[1]", volume)).toBe(true);
    expect(hasTermFault(refused, "charges[0]", volume)).toBe(false);
    expect(strayFaults(refused, "charges[1]", volume)).toEqual(["It stands too deep inside other prices"]);
    expect(strayFaults(refused, "charges[1]", price({ model: "flat" }))).toHaveLength(2);
    expect(strayFaults(refused, "charges[1]", price({ model: "document", document: "{}" }))).toHaveLength(3);
  });
});

it("starts another model with the numbers of the one before", () => {
  const start: EditState = { draft: { name: "", description: "", currency: "EUR", terms: MONTHLY, charges: [{ ...newCharge(0, "usage"), unitPrice: d("0.002") }] }, problems: [] };
  const to = (model: ChargeDraft["model"]) => edit(start, { do: "charge", charge: 0, part: { model } }).draft.charges[0];
  expect(to("volume")?.tiers[0]?.unitPrice).toBe("0.002");
  expect(to("package")?.pack).toMatchObject({ size: "1000", price: "2" });
  expect(to("overage")?.unitPrice).toBe("0.002");
});
