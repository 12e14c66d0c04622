import type {
  DecimalString,
  UsageEventText,
  UsageOverviewReply,
  UsageOverviewRequest,
  UsageRow,
} from "../../ipc/generated/types";
import { eachDay, isWeekend } from "../../lib/dates";

/** Sample usage for the in-memory host: invented figures, the same in every run. */
interface SampleGroup {
  key: string;
  name: string;
  known: boolean;
  /** Cents of an ordinary day. */
  daily: number;
}

export const MODELS: readonly SampleGroup[] = [
  { key: "openai/gpt-5", name: "gpt-5", known: true, daily: 41200 },
  { key: "anthropic/claude-sonnet-4-5", name: "claude-sonnet-4-5", known: true, daily: 38650 },
  { key: "gemini/gemini-2.5-pro", name: "gemini-2.5-pro", known: true, daily: 22480 },
  { key: "anthropic/claude-opus-4-1", name: "claude-opus-4-1", known: true, daily: 19020 },
  { key: "openai/gpt-5-mini", name: "gpt-5-mini", known: true, daily: 9210 },
  { key: "mistral/mistral-large-latest", name: "mistral-large-latest", known: true, daily: 7480 },
  { key: "deepseek/deepseek-chat", name: "deepseek-chat", known: true, daily: 4120 },
  { key: "anthropic/claude-haiku-4-5", name: "claude-haiku-4-5", known: true, daily: 3890 },
  { key: "cohere/command-a", name: "command-a", known: true, daily: 1740 },
  { key: "openai/text-embedding-3-large", name: "text-embedding-3-large", known: true, daily: 620 },
  { key: "halden-eu-2", name: "halden-eu-2", known: false, daily: 0 },
];

export const CUSTOMERS: readonly SampleGroup[] = [
  { key: "c-1027", name: "Nordlicht Versicherung AG", known: true, daily: 31200 },
  { key: "c-1031", name: "Pixelforge Games AB", known: true, daily: 29870 },
  { key: "c-1014", name: "Atlas & Wren Freight GmbH", known: true, daily: 18220 },
  { key: "c-1009", name: "Brio Telehealth SAS", known: true, daily: 15110 },
  { key: "c-1042", name: "Kestrel Robotics B.V.", known: true, daily: 12060 },
  { key: "c-1003", name: "Solstice Energía S.L.", known: true, daily: 10440 },
  { key: "c-1018", name: "Tidewater Media Inc.", known: true, daily: 9380 },
  { key: "c-1022", name: "Lindqvist & Co AB", known: true, daily: 8120 },
  { key: "c-1035", name: "Sundial Analytics GmbH", known: true, daily: 7020 },
  { key: "c-1011", name: "Sable & Finch LLC", known: true, daily: 4030 },
  { key: "c-1029", name: "株式会社サンプル", known: true, daily: 2960 },
  { key: "proj_8Kx2", name: "proj_8Kx2", known: false, daily: 0 },
];

const PROVIDERS = ["openai", "anthropic", "gemini", "mistral", "deepseek", "cohere"];

/** A number from 0 to 999 that depends on nothing but the text. */
export function chance(text: string): number {
  let state = 7;
  for (const sign of text) state = (state * 31 + (sign.codePointAt(0) ?? 0)) % 99_991;
  return (state * 7919) % 1000;
}

function groupsOf(group: UsageOverviewRequest["group"]): readonly SampleGroup[] {
  if (group === "customer") return CUSTOMERS;
  if (group === "model") return MODELS;
  return PROVIDERS.map((key) => ({
    key,
    name: key,
    known: true,
    daily: MODELS.filter((model) => model.key.startsWith(`${key}/`)).reduce((all, m) => all + m.daily, 0),
  }));
}

function centsOf(group: SampleGroup, day: string, share: number): number {
  const rest = isWeekend(day) ? 380 : 1000;
  const rush = day === "2026-10-22" || day === "2026-10-23" ? 1700 : 1000;
  const swing = 820 + (chance(group.key + day) % 360);
  return Math.trunc((((group.daily * rest) / 1000) * rush * swing * share) / 100_000_000_000);
}

const decimal = (text: string) => text as DecimalString;
export const cents = (value: number) =>
  decimal(`${Math.trunc(value / 100)}.${String(value % 100).padStart(2, "0")}`);
const whole = (value: number) => decimal(String(Math.trunc(value)));

function rowOf(group: SampleGroup, amount: number): UsageRow {
  const events = group.known ? Math.trunc(amount / 7) + 3 : 214;
  return {
    key: group.key,
    name: group.name,
    known: group.known,
    events,
    inputTokens: whole(amount * 4210 + chance(group.key)),
    cachedTokens: whole(amount * 2140),
    outputTokens: whole(amount * 612 + chance(group.name)),
    cost: group.known ? { amount: cents(amount), currency: "EUR" } : null,
  };
}

function measured(measure: UsageOverviewRequest["measure"], amount: number): DecimalString {
  if (measure === "cost") return cents(amount);
  return whole(measure === "tokens" ? amount * 4822 : amount / 7);
}

/** What `usage_overview` answers: August to October 2026 have usage, other days none. */
export function overview(request: UsageOverviewRequest): UsageOverviewReply {
  const days = eachDay(request.from, request.to);
  const share = (request.customerId ? 12 : 100) * (request.model ? 14 : 100);
  const groups = groupsOf(request.group).map((group) => {
    const values = days.map((day) =>
      day >= "2026-08-01" && day <= "2026-10-31" ? centsOf(group, day, share * 10) : 0,
    );
    return { group, values, sum: values.reduce((all, value) => all + value, 0) };
  });
  const used = groups
    .filter(({ group, sum }) => sum > 0 || (!group.known && days[0] === "2026-10-01"))
    .toSorted((a, b) => b.sum - a.sum);
  const series = used.slice(0, 8).map(({ group, values, sum }) => ({
    key: group.key,
    name: group.name,
    groups: 1,
    values: values.map((value) => measured(request.measure, value)),
    total: measured(request.measure, sum),
  }));
  const rest = used.slice(8);
  if (rest.length > 0) {
    const values = days.map((_, day) => rest.reduce((all, one) => all + (one.values[day] ?? 0), 0));
    const sum = values.reduce((all, value) => all + value, 0);
    series.push({
      key: "",
      name: "",
      groups: rest.length,
      values: values.map((value) => measured(request.measure, value)),
      total: measured(request.measure, sum),
    });
  }
  const sum = used.reduce((all, one) => all + one.sum, 0);
  return {
    days,
    series,
    rows: used.map(({ group, sum: amount }) => rowOf(group, amount)),
    total: measured(request.measure, sum),
    currency: request.measure === "cost" ? "EUR" : null,
    events: Math.trunc(sum / 7),
    unpriced: used.length === 0 ? 0 : 214,
  };
}

/** One of the events behind a figure. */
export function event(at: number, customer: string, model: string): UsageEventText {
  const [provider = "", ...name] = model.split("/");
  const minute = String((at * 13) % 60).padStart(2, "0");
  const hour = String(6 + (Math.trunc(at / 5) % 12)).padStart(2, "0");
  const day = String(1 + (Math.trunc(at / 40) % 31)).padStart(2, "0");
  const input = 1200 + chance(`in${at}`) * 11;
  const cached = chance(`c${at}`) * 2;
  return {
    source: "litellm",
    id: `chatcmpl-${String(900_000 + at * 37)}`,
    at: `2026-10-${day}T${hour}:${minute}:07Z`,
    customerRef: customer,
    provider,
    model: name.join("/"),
    eventName: "llm.call",
    quantities: [
      { key: "input_tokens", value: String(input) },
      { key: "cache_read_tokens", value: String(cached) },
      { key: "output_tokens", value: String(140 + chance(`o${at}`)) },
      { key: "requests", value: "1" },
    ],
    reported: [
      { key: "convention", value: "inc" },
      { key: "prompt_tokens", value: String(input + cached) },
      { key: "prompt_tokens_details.cached_tokens", value: String(cached) },
      { key: "completion_tokens", value: String(140 + chance(`o${at}`)) },
      { key: "computed_by_source", value: `0.00${chance(`m${at}`)} USD` },
    ],
  };
}
