import { ApiError } from "../../../ipc/errors";
import type { FakeContext, FakeHandlers } from "../../../ipc/fake";
import type {
  PriceAtReply,
  PriceAtRequest,
  PriceImportPreviewReply,
  PriceImportPreviewRequest,
  PriceLineFilter,
  PriceLinesRequest,
  PriceLineText,
  PriceMappingText,
  PriceTakenReply,
  PriceTakeRequest,
} from "../../../ipc/generated/types";
import type { DecimalString } from "../../../lib/decimal";

const price = (text: string | null) => text as DecimalString | null;

function line(id: number, kind: PriceLineText["kind"], model: string, dimension: string, was: string | null, will: string | null, percent: string | null): PriceLineText {
  const currency = (text: string | null) => (text === null ? null : "USD");
  return {
    id,
    kind,
    provider: model.startsWith("gpt") ? "openai" : "mistral",
    model,
    dimension,
    conditions: [],
    was: price(was),
    wasCurrency: currency(was),
    wasSource: was === null ? null : "litellm 1.106.2",
    will: price(will),
    willCurrency: currency(will),
    percent: price(percent),
    from: kind === "new_model" ? null : "2026-11-28T00:00:00Z",
    original: null,
    own: false,
    asked: false,
    taken: kind !== "disagrees" && kind !== "vanished",
    rules: [],
  };
}

const LINES: PriceLineText[] = [
  line(0, "changed", "gpt-6.1-sol", "input_tokens", "5", "4", "-20.0"),
  { ...line(1, "changed", "gpt-6.1-sol", "output_tokens", "20", "2000", "9900.0"), asked: true, taken: false },
  line(2, "new_price", "gpt-6.1-sol", "web_searches", null, "0.01", null),
  line(3, "new_model", "gpt-7", "input_tokens", null, "8", null),
  line(4, "disagrees", "mistral-large", "input_tokens", "2", "1.8", "-10.0"),
  line(5, "vanished", "mistral-small", "input_tokens", "0.2", null, null),
];
const KINDS = ["new_model", "new_price", "changed", "disagrees", "vanished"] as const;

const linesOf = ({ memory }: FakeContext) => (memory.get("table") as PriceLineText[] | undefined) ?? LINES;

function matching(context: FakeContext, filter: PriceLineFilter): PriceLineText[] {
  return linesOf(context)
    .filter((one) => (!filter.kind || one.kind === filter.kind) && (!filter.asked || one.asked))
    .filter((one) => (!filter.provider || one.provider === filter.provider) && `${one.provider} ${one.model}`.includes(filter.search.toLowerCase()));
}

function taken(context: FakeContext): PriceTakenReply {
  const lines = linesOf(context);
  const count = (list: PriceLineText[]) => ({ lines: list.length, taken: list.filter((one) => one.taken).length });
  const asked = count(lines.filter((one) => one.asked));
  const cheaper = lines[0]?.taken === true;
  return {
    kinds: KINDS.map((kind) => ({ kind, ...count(lines.filter((one) => one.kind === kind)) })),
    asked: asked.lines,
    askedTaken: asked.taken,
    effect: {
      from: "2026-10-29",
      to: "2026-11-27",
      currency: "EUR",
      costBefore: "18204.11" as DecimalString,
      costAfter: (cheaper ? "17390.40" : "18204.11") as DecimalString,
      sellBefore: "26395.96" as DecimalString,
      sellAfter: "25216.08" as DecimalString,
      marginBefore: "31.0" as DecimalString,
      marginAfter: (cheaper ? "31.0" : "31.0") as DecimalString,
      priced: 0,
      providers: cheaper ? [{ provider: "openai", costBefore: "9120.00" as DecimalString, costAfter: "8306.29" as DecimalString }] : [],
    },
  };
}

const MAPPING: PriceMappingText = {
  columns: [
    { column: "Model", field: "model" },
    { column: "Input (€/1M)", field: "input_tokens" },
  ],
  provider: null,
  currency: "EUR",
  tokensPerPrice: 1_000_000,
  decimal: ",",
  source: "prices of acme",
};

function preview(request: PriceImportPreviewRequest, context: FakeContext): PriceImportPreviewReply {
  if (request.place.includes("page")) throw new ApiError({ code: "refused", params: { reason: "address_html", address: request.place } });
  context.memory.set("table", LINES);
  const isList = request.place.endsWith(".csv");
  const mapping = isList ? (request.mapping ?? MAPPING) : null;
  const missing = mapping !== null && mapping.provider === null;
  return {
    token: missing ? null : "t1",
    name: request.place.split("/").pop() ?? request.place,
    format: isList ? "list" : "litellm",
    models: missing ? 0 : 2412,
    unchanged: missing ? 0 : 9120,
    providers: missing ? [] : [{ provider: "mistral", lines: 2 }, { provider: "openai", lines: 4 }],
    taken: missing ? { kinds: [], asked: 0, askedTaken: 0, effect: null } : taken(context),
    mapping,
    columns: isList ? [{ name: "Model", example: "m1", field: "model", note: null }, { name: "Input (€/1M)", example: "3,00", field: "input_tokens", note: null }] : [],
    fields: isList ? ["provider", "model", "currency", "valid_from", "dimension", "price", "input_tokens", "output_tokens"] : [],
    problem: missing ? "no model has a price that can be taken; the first fault: line 2, provider" : null,
    issues: [{ line: 0, field: "gpt-6.1-sol: search_free_requests", code: "not_expressed", params: [{ key: "value", value: "100" }] }],
    issueCount: 1,
  };
}

export const fakeTables: FakeHandlers = {
  price_at: (request: PriceAtRequest): PriceAtReply => ({
    provider: request.provider,
    model: request.model,
    at: `${request.at ?? "2026-11-28"}T00:00:00Z`,
    asOf: request.asOf === null ? null : `${request.asOf}T00:00:00Z`,
    matched: { name: `${request.provider}/${request.model}`, by: "name", rule: null, steps: [] },
    prices: [
      {
        dimension: request.dimension ?? "input_tokens",
        price: price("6.25"),
        currency: "USD",
        problem: null,
        row: price("6.25"),
        of: null,
        conditions: [],
        validFrom: null,
        recordedAt: "2026-10-30T06:00:00Z",
        source: "genai-prices 0.0.41",
        address: "https://github.com/pydantic/genai-prices",
        original: null,
        manual: false,
        fallbacks: [],
        rules: null,
        factors: [],
        atLeast: null,
      },
    ],
  }),
  price_import_preview: preview,
  price_import_lines: (request: PriceLinesRequest, context) => {
    const found = matching(context, request.filter);
    return { lines: found.slice(request.offset, request.offset + request.limit), total: found.length, taken: found.filter((one) => one.taken).length };
  },
  price_import_take: (request: PriceTakeRequest, context) => {
    const places = request.lines ?? matching(context, request.filter).filter((one) => !request.taken || request.filter.asked || !one.asked).map((one) => one.id);
    context.memory.set(
      "table",
      linesOf(context).map((one) => (places.includes(one.id) ? { ...one, taken: request.taken } : one)),
    );
    return taken(context);
  },
  price_import_run: (_request: never, context) => {
    const lines = linesOf(context);
    const added = lines.filter((one) => one.taken).length;
    return {
      format: "litellm",
      models: 2412,
      added,
      ended: lines.filter((one) => one.taken && one.will === null).length,
      unchanged: 9120,
      left: lines.length - added,
      asked: lines.filter((one) => one.asked && !one.taken).length,
      issues: [],
      issueCount: 0,
    };
  },
};
