import { ApiError } from "../../ipc/errors";
import type { FakeContext, FakeHandlers } from "../../ipc/fake";
import type {
  MarkupCellRequest,
  MarkupListReply,
  MarkupRuleText,
  MarkupPreviewRequest,
  ModelBought,
  MarkupScopeText,
  ModelGetReply,
  ModelGetRequest,
  ModelPrice,
  PriceGridReply,
  PriceGridRequest,
} from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";
import { conditionCells, fakeCell, fakeRow, MODELS, RATE } from "./fake-data";
import { fakeVersions } from "./fake-versions";
import { bookOf, draftRow, fakeDraft, headOf, type Rules } from "./fake-draft";
import { fakeTables } from "./tables/fake";

const rulesOf = (context: FakeContext): Rules => bookOf(context).rules;
const keyOf = ({ provider, model, dimension }: MarkupScopeText) => [provider, model, dimension].filter(Boolean).join("/");
const ORDER = ["input_tokens", "cache_read_tokens", "cache_write_tokens", "input_audio_tokens", "output_tokens", "output_reasoning_tokens", "output_audio_tokens", "output_image_tokens", "web_searches"];

function ruleText(key: string, percent: number): MarkupRuleText {
  const [provider = "", model = null, dimension = null] = key.split("/");
  return {
    scope: { level: "book", owner: null, provider: provider || null, model, dimension, conditions: null },
    ownerName: null,
    own: null,
    version: 12,
    markup: { percent: String(percent) as DecimalString, fixedPerUnit: null, fixedPerRequest: null, minimumMargin: null, roundTo: null },
    validFrom: null,
    recordedAt: "2026-09-30T08:00:00Z",
  };
}

const list = (rules: Rules): MarkupListReply => ({
  rules: Object.entries(rules)
    .toSorted(([a], [b]) => a.split("/").length - b.split("/").length || (a < b ? -1 : 1))
    .map(([key, percent]) => ruleText(key, percent)),
});

function grid(request: PriceGridRequest, context: FakeContext): PriceGridReply {
  const book = bookOf(context);
  const { rules } = book;
  const words = request.search.toLowerCase().split(/\s+/).filter(Boolean);
  const own = (model: (typeof MODELS)[number]) => Object.keys(rules).some((key) => key.startsWith(`${model.provider}/${model.model}`));
  const found = MODELS.filter((model) => !request.provider || model.provider === request.provider)
    .filter((model) => words.every((word) => model.model.includes(word) || model.provider.includes(word)))
    .filter((model) => request.filter !== "used" || model.used === true)
    .filter((model) => request.filter !== "own" || own(model))
    .filter((model) => request.filter !== "below_cost" || fakeRow(model, rules).cells.some((cell) => cell.belowCost));
  const columns = found.flatMap((model) => conditionCells(model, rules)).map(({ column, dimension }) => ({ column, dimension }));
  const providers = [...new Set(found.map((model) => model.provider))];
  return {
    rows: found.slice(request.offset, request.offset + request.limit).map((model) => draftRow(book, model)),
    total: found.length,
    models: MODELS.length,
    conditionColumns: columns.filter(({ column, dimension }, at) => columns.findIndex((one) => one.column === column && one.dimension === dimension) === at),
    draft: headOf(book),
    dimensions: ORDER.filter((dimension) => found.some((model) => dimension in model.costs)),
    currency: "EUR",
    providers: providers.map((provider) => ({
      provider,
      matching: found.filter((model) => model.provider === provider).length,
      models: MODELS.filter((model) => model.provider === provider).length,
      markupPercent: String(rules[provider] ?? rules[""] ?? 0) as DecimalString,
      seenOn: "2026-10-30",
    })),
    exchangeNote: `1 USD = ${RATE} EUR, ECB, 2026-09-30`,
    suggestions: found.length === 0 ? ["gpt-6.1-sol", "gemini-3.1-pro"] : [],
  };
}

function modelPrice(request: ModelGetRequest, dimension: string, rules: Rules, factor: number): ModelPrice {
  const model = MODELS.find((one) => one.provider === request.provider && one.model === request.model);
  if (!model) throw new ApiError({ code: "not_found" });
  const scaled = { ...model, costs: { ...model.costs, [dimension]: (model.costs[dimension] ?? 0) * factor } };
  const cell = fakeCell(scaled, dimension, rules);
  const unit = (value: string | null) => String(Number((Number(value ?? 0) / (dimension.endsWith("_tokens") ? 1e6 : 1)).toFixed(16)));
  const plain = (text: string) => (text.includes("e") ? Number(text).toFixed(12) : text);
  const steps = [
    { code: "provider_price", value: plain(unit(cell.cost)), unit: "USD", facts: [{ key: "source", value: "genai-prices 0.0.41" }, { key: "seen_on", value: "2026-10-30" }] },
    { code: "exchange_rate", value: String(RATE), unit: null, facts: [{ key: "base", value: "USD" }, { key: "quote", value: "EUR" }, { key: "source", value: "ECB" }, { key: "on", value: "2026-09-30" }, { key: "cost", value: plain(unit(cell.costConverted)) }] },
    { code: "markup", value: cell.markupPercent ?? "0", unit: null, facts: [{ key: "scope", value: cell.rule ?? "none" }, ...(cell.rule === "cell" || cell.rule === "model" ? [{ key: "beaten", value: `provider ${rules[request.provider] ?? 0} %` }] : [])] },
    { code: "sell_price", value: plain(unit(cell.sell)), unit: "EUR", facts: [] },
  ];
  return {
    dimension,
    conditions: [],
    cell,
    validFrom: "2026-09-09T00:00:00Z",
    recordedAt: "2026-10-30T06:00:00Z",
    source: "genai-prices 0.0.41",
    address: "https://github.com/pydantic/genai-prices",
    seenOn: "2026-10-30",
    manual: false,
    steps,
  };
}

function modelGet(request: ModelGetRequest, context: FakeContext): ModelGetReply {
  const rules = rulesOf(context);
  const model = MODELS.find((one) => one.provider === request.provider && one.model === request.model);
  if (!model) throw new ApiError({ code: "not_found" });
  const dimensions = Object.keys(model.costs);
  const conditions = model.threshold ? [`context > ${model.threshold}`] : [];
  return {
    provider: model.provider,
    model: model.model,
    aliases: model.used ? [`${model.model}-2026-09-09`, `${model.provider}/${model.model}`] : [],
    matched: model.used
      ? [
          { name: `${model.provider}/${model.model}`, by: "name", rule: null, steps: [] },
          { name: `${model.provider}/${model.model}-2026-09-09`, by: "rule", rule: `${model.model}-20…`, steps: [] },
          { name: `openrouter/${model.model}-latest`, by: "name", rule: null, steps: ["undated", "prefix"] },
        ]
      : [],
    prices: [
      ...dimensions.map((dimension) => modelPrice(request, dimension, rules, 1)),
      ...dimensions.flatMap((dimension) => (model.threshold ? [{ ...modelPrice(request, dimension, rules, 2), conditions }] : [])),
      ...dimensions.filter((name) => name.endsWith("put_tokens")).map((dimension) => ({ ...modelPrice(request, dimension, rules, 0.5), conditions: ["processing = batch"] })),
    ],
    history: dimensions.map((dimension) => ({ ...modelPrice(request, dimension, rules, 1.25), validFrom: null, seenOn: "2026-08-14" })),
    rules: list(rules).rules.filter(({ scope }) => (!scope.provider || scope.provider === model.provider) && (!scope.model || scope.model === model.model)).toReversed(),
    sales: {
      from: "2026-10-25",
      to: "2026-11-23",
      currency: "EUR",
      all: model.used ? bought("247085856", 100_429, "3021.94", "29.4") : bought("0", 0, "0.00", null),
      buyers: model.used
        ? [
            { customerId: "c-1", name: "Nordlicht Versicherung AG", bought: bought("96415720", 41_208, "1202.30", "31.0") },
            { customerId: "c-2", name: "Sundial Analytics GmbH", bought: bought("79270114", 30_771, "929.33", "26.6") },
            { customerId: "c-3", name: "Kite & Key Labs Inc.", bought: bought("71400022", 28_450, "890.31", "-11.1") },
          ]
        : [],
    },
  };
}

function bought(tokens: string, requests: number, revenue: string, margin: string | null): ModelBought {
  return { tokens: tokens as DecimalString, requests, revenue: revenue as DecimalString, margin: margin as DecimalString | null };
}

export const fake: FakeHandlers = {
  ...fakeDraft,
  ...fakeVersions,
  price_grid: grid,
  model_get: modelGet,
  markup_list: (_request: never, context) => list(rulesOf(context)),
  markup_preview: (request: MarkupPreviewRequest) => {
    const percent = Number(request.markup?.percent ?? 0);
    return { month: "2026-10", before: "374085.88" as DecimalString, after: (374_085.88 + (percent - 45) * 117.34).toFixed(2) as DecimalString, currency: "EUR", more: percent > 45 ? 9 : 0, less: percent < 45 ? 9 : 0 };
  },
  markup_cell: ({ rule, provider, model, dimension }: MarkupCellRequest, context) => {
    const found = MODELS.find((one) => one.provider === provider && one.model === model);
    const rules = { ...rulesOf(context), [keyOf(rule.scope)]: Number(rule.markup?.percent ?? 0) };
    return { cell: found && dimension in found.costs ? fakeCell(found, dimension, rules) : null };
  },
  price_manual: (_request: never, context) => list(rulesOf(context)),
  ...fakeTables,
};
