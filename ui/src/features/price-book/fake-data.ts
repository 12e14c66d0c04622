import type { PriceCell, PriceRow } from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";

/** Cost per million (per call for `web_searches`) in dollars, by dimension. */
type Costs = Record<string, number>;
const text = (input: number, output: number, read?: number, write?: number): Costs => ({
  input_tokens: input,
  output_tokens: output,
  ...(read === undefined ? {} : { cache_read_tokens: read }),
  ...(write === undefined ? {} : { cache_write_tokens: write }),
});

export interface FakeModel {
  provider: string;
  model: string;
  costs: Costs;
  threshold?: number;
  used?: boolean;
}

const USED: FakeModel[] = [
  { provider: "anthropic", model: "claude-haiku-4-5", costs: text(1, 5, 0.1, 1.25) },
  { provider: "anthropic", model: "claude-opus-5-5", costs: text(4, 20, 0.2, 5), threshold: 200_000 },
  { provider: "anthropic", model: "claude-sonnet-4-6", costs: text(3, 15, 0.3, 3.75), threshold: 200_000 },
  { provider: "anthropic", model: "claude-sonnet-5-5", costs: text(2, 10, 0.1, 2.5) },
  { provider: "google", model: "gemini-3.1-flash-lite", costs: { ...text(0.25, 1.5, 0.025), input_audio_tokens: 0.5 } },
  { provider: "google", model: "gemini-3.1-pro", costs: { ...text(2, 12, 0.2), output_reasoning_tokens: 12, web_searches: 0.014 }, threshold: 200_000 },
  { provider: "google", model: "gemini-3.8-flash", costs: { ...text(0.75, 4.5, 0.075), web_searches: 0.014 } },
  { provider: "mistral", model: "mistral-large-4", costs: text(1.36, 4.18, 0.136) },
  { provider: "openai", model: "gpt-5.4-mini", costs: text(0.75, 4.5, 0.075) },
  { provider: "openai", model: "gpt-5.6-terra", costs: text(2, 12, 0.2), threshold: 272_000 },
  { provider: "openai", model: "gpt-6-luna", costs: text(0.1, 0.75, 0.01), threshold: 272_000 },
  { provider: "openai", model: "gpt-6.1-sol", costs: text(2, 10, 0.1), threshold: 272_000 },
  { provider: "openai", model: "gpt-realtime-2.1", costs: { ...text(4, 24, 0.4), input_audio_tokens: 32, output_audio_tokens: 64 } },
  { provider: "openai", model: "gpt-image-2", costs: { input_tokens: 5, cache_read_tokens: 1.25, output_image_tokens: 30 } },
  { provider: "openai", model: "text-embedding-3-large", costs: { input_tokens: 0.13 } },
].map((model) => ({ ...model, used: true }));

const FILLERS = ["bedrock", "azure", "groq", "openrouter", "together_ai", "vertex_ai", "xai"].flatMap((provider, p) =>
  Array.from({ length: 140 }, (_, n): FakeModel => ({
    provider,
    model: `${["llama-4", "qwen-3", "nova", "phi-5", "grok-5"][n % 5]}-${8 + n}b-instruct`,
    costs: text((n + p + 1) / 100, (n + p + 1) / 40, n % 3 === 0 ? (n + 1) / 1000 : undefined),
  })),
);

export const MODELS: readonly FakeModel[] = [...USED, ...FILLERS].toSorted((a, b) =>
  `${a.provider}\u0000${a.model}` < `${b.provider}\u0000${b.model}` ? -1 : 1,
);

/** Percent by `provider/model/dimension`, `provider/model`, `provider` and the empty key. */
export const RULES: Record<string, number> = {
  "": 50,
  anthropic: 45,
  openai: 45,
  google: 60,
  "openai/gpt-6.1-sol": 30,
  "openai/gpt-realtime-2.1/input_audio_tokens": -2.3,
  "anthropic/claude-haiku-4-5/input_tokens": 70,
  "anthropic/claude-sonnet-4-6/output_tokens": 4.6512,
  "google/gemini-3.1-pro/output_tokens": 100,
};

export const RATE = 0.86;
export const exact = (value: number) => String(Number(value.toFixed(10))) as DecimalString;

export function fakeCell(model: FakeModel, dimension: string, rules: Record<string, number>): PriceCell {
  const cost = model.costs[dimension] ?? 0;
  const scopes = [`${model.provider}/${model.model}/${dimension}`, `${model.provider}/${model.model}`, model.provider, ""];
  const key = scopes.find((scope) => scope in rules);
  const percent = key === undefined ? null : (rules[key] ?? 0);
  const converted = cost * RATE;
  const sell = converted * (1 + (percent ?? 0) / 100);
  return {
    dimension,
    conditionsKey: "",
    conditions: [],
    column: "",
    cost: exact(cost),
    costCurrency: "USD",
    costConverted: exact(converted),
    markupPercent: percent === null ? null : exact(percent),
    own: null,
    ...sold(sell, converted),
    rule: key === undefined ? null : (["cell", "model", "provider", "book"][scopes.indexOf(key)] ?? null),
    problem: null,
    staged: null,
  };
}

export function sold(sell: number, cost: number) {
  const margin = sell === 0 ? null : ((((sell - cost) / sell) * 100).toFixed(1) as DecimalString);
  return { sell: exact(sell), margin, belowCost: sell < cost };
}

/** Prices for long contexts and batches, each in a column of its own. */
export function conditionCells(model: FakeModel, rules: Record<string, number>): PriceCell[] {
  const under = (dimension: string, factor: number, condition: string, column: string, key: object): PriceCell => ({
    ...fakeCell({ ...model, costs: { [dimension]: (model.costs[dimension] ?? 0) * factor } }, dimension, rules),
    conditionsKey: JSON.stringify(key),
    conditions: [condition],
    column,
  });
  const text = ["input_tokens", "output_tokens"].filter((dimension) => dimension in model.costs);
  return [
    ...(model.threshold ? text.map((dimension) => under(dimension, 2, `context > ${model.threshold}`, "long_context", { context: { tokens: model.threshold, comparison: ">" } })) : []),
    ...(model.used && text.length > 1 ? text.map((dimension) => under(dimension, 0.5, "processing = batch", "processing = batch", { equals: { processing: "batch" } })) : []),
  ];
}

export function fakeRow(model: FakeModel, rules: Record<string, number>): PriceRow {
  const isTalking = "output_tokens" in model.costs && !("output_reasoning_tokens" in model.costs);
  return {
    provider: model.provider,
    model: model.model,
    cells: Object.keys(model.costs).map((dimension) => fakeCell(model, dimension, rules)),
    conditionCells: conditionCells(model, rules),
    chargedAs: isTalking ? [{ dimension: "output_reasoning_tokens", parent: "output_tokens", factor: null }] : [],
    conditional: model.threshold ? 2 : 0,
    contextThreshold: model.threshold ?? null,
  };
}
