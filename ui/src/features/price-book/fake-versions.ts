import { ApiError } from "../../ipc/errors";
import type { FakeContext, FakeHandlers } from "../../ipc/fake";
import { remember } from "../../ipc/fake-steps";
import type {
  MarkupScopeText,
  PriceBlock,
  PriceBulkRequest,
  PriceChangeRow,
  PriceEdit,
  PriceManyReply,
  PricePasteRequest,
  PricePlace,
  PricePublishRequest,
  PriceReviewReply,
  PriceReviewRequest,
  PriceSettingsSaveRequest,
  PriceVersionText,
  RuleTestReply,
  RuleTestRequest,
} from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";
import { exact, MODELS } from "./fake-data";
import { type Book, bookOf, cellsOf, change, faultOf, headOf, keyOfScope, staging } from "./fake-draft";

const decimal = (text: string) => text as DecimalString;
const START: PriceVersionText[] = [
  { number: 11, kind: "first", validFrom: null, validUntil: "2026-06-01T00:00:00Z", publishedAt: "2026-03-20T09:00:00Z", reason: "", restores: null, rules: 9, rates: 1, live: false },
  { number: 12, kind: "draft", validFrom: "2026-06-01T00:00:00Z", validUntil: "2026-08-21T00:00:00Z", publishedAt: "2026-05-28T09:00:00Z", reason: "Summer list", restores: null, rules: 4, rates: 0, live: false },
  { number: 13, kind: "draft", validFrom: "2026-08-21T00:00:00Z", validUntil: "2026-10-01T00:00:00Z", publishedAt: "2026-08-25T09:00:00Z", reason: "gpt-5.6 cut by its provider", restores: null, rules: 6, rates: 0, live: false },
  { number: 14, kind: "draft", validFrom: "2026-10-01T00:00:00Z", validUntil: null, publishedAt: "2026-09-30T09:00:00Z", reason: "Autumn prices, new exchange rate", restores: null, rules: 11, rates: 1, live: true },
];

const cellAt = (book: Book, place: Pick<PricePlace, "provider" | "model" | "dimension" | "conditions">) => {
  const model = MODELS.find((one) => one.provider === place.provider && one.model === place.model);
  return model ? cellsOf(book, model).find((cell) => cell.dimension === place.dimension && cell.conditionsKey === (place.conditions ?? "")) : undefined;
};
const scopeAt = (place: PricePlace): MarkupScopeText => ({ level: "book", owner: null, ...place });

function many(book: Book, edits: { place: PricePlace; row: number; column: number; edit: PriceEdit }[], skipped: number): { reply: PriceManyReply; next: Book } {
  const faults = edits.flatMap(({ edit, place, row, column }) => {
    const fault = faultOf(book, edit);
    return fault ? [{ place, row, column, fault }] : [];
  });
  const next = faults.length > 0 ? book : staging(book, edits.map(({ edit }) => edit));
  const pairs = edits.map(({ place }) => {
    const [before, after] = [cellAt(book, place), cellAt(next, place)];
    return { place, was: (before?.staged ?? before)?.sell ?? null, willBe: (after?.staged ?? after)?.sell ?? null, below: (after?.staged ?? after)?.belowCost ?? false };
  });
  const changed = pairs.filter(({ was, willBe }) => was !== willBe);
  return {
    next,
    reply: {
      staged: false,
      changed: changed.length,
      unchanged: pairs.length - changed.length,
      skipped,
      belowCost: changed.filter(({ below }) => below).length,
      examples: changed.slice(0, 20).map(({ place, was, willBe }) => ({ place, was, willBe })),
      faults: faults.slice(0, 20),
      faultCount: faults.length,
      draft: headOf(next),
    },
  };
}

function bulkEdits(book: Book, request: PriceBulkRequest) {
  const cells = request.cells ?? [];
  const edits = cells.flatMap((place) => {
    const cell = cellAt(book, place);
    const sell = Number((cell?.staged ?? cell)?.sell ?? "NaN");
    if (Number.isNaN(sell)) return [];
    const rounded = (value: number, step: number) => (step > 0 ? Math.round(value / step + 1e-9) * step : value);
    const source = request.fromDimension === null ? undefined : cellAt(book, { ...place, dimension: request.fromDimension, conditions: "" });
    const price = {
      percent: () => rounded(sell * (1 + Number(request.text) / 100), Number(request.roundTo ?? 0)),
      round: () => rounded(sell, Number(request.text)),
      copy: () => Number((source?.staged ?? source)?.sell ?? sell),
    };
    const content: Pick<PriceEdit, "what" | "text"> =
      request.what === "percent" || request.what === "round" || request.what === "copy"
        ? { what: "price", text: exact(price[request.what]()) }
        : { what: request.what, text: request.text };
    return [{ place, row: 0, column: 0, edit: { scope: scopeAt(place), ...content, markup: null, note: request.note } }];
  });
  return many(book, edits, cells.length - edits.length);
}

function pasteEdits(book: Book, request: PricePasteRequest) {
  const edits = request.rows.flatMap(({ provider, model, cells }, row) =>
    cells.flatMap((text, at) => {
      const column = request.columns[at];
      if (text === "" || !column) return [];
      const place: PricePlace = { provider, model, ...column };
      const edit: PriceEdit = { scope: scopeAt(place), what: text.startsWith("=") ? "formula" : "price", text, markup: null, note: request.note };
      return [{ place, row: row + 1, column: at + 1, edit }];
    }),
  );
  return many(book, edits, 0);
}

function changeRow(book: Book, edit: PriceEdit): PriceChangeRow {
  const cell = edit.scope.model && edit.scope.dimension ? cellAt(book, { provider: edit.scope.provider ?? "", model: edit.scope.model, dimension: edit.scope.dimension, conditions: edit.scope.conditions ?? "" }) : undefined;
  const [was, willBe] = [cell?.sell ?? null, cell?.staged?.sell ?? null];
  const step = was && willBe ? Number(willBe) - Number(was) : null;
  return {
    key: keyOfScope(edit),
    scope: edit.scope,
    ownerName: null,
    what: edit.what === "clear" ? "end" : edit.what,
    own: cell?.staged?.own ?? null,
    markup: edit.markup ?? (edit.what === "percent" ? { percent: decimal(edit.text), fixedPerUnit: null, fixedPerRequest: null, minimumMargin: null, roundTo: null } : null),
    rate: null,
    note: edit.note,
    was,
    willBe,
    change: step === null ? null : decimal(((step / Number(was)) * 100).toFixed(1)),
    marginBefore: cell?.margin ?? null,
    marginAfter: cell?.staged?.margin ?? null,
    belowCost: cell?.staged?.belowCost ?? false,
    customers: cell ? 13 : 0,
    effect: decimal((step === null ? 120.5 : step * 96.4).toFixed(2)),
    fault: null,
  };
}

function review(context: FakeContext, { only }: PriceReviewRequest): PriceReviewReply {
  const book = bookOf(context);
  const rows = Object.values(book.staged).map((edit) => changeRow(book, edit));
  const taken = rows.filter(({ key }) => only === null || only.includes(key));
  const sum = taken.reduce((total, { effect }) => total + Number(effect ?? 0), 0);
  const past = book.validOn !== null && book.validOn < "2026-11-03";
  return {
    draft: headOf(book),
    changes: rows.map((row) => (taken.includes(row) ? row : { ...row, effect: null })),
    total: rows.length,
    month: "2026-10",
    currency: "EUR",
    revenueBefore: decimal("374085.88"),
    revenueAfter: decimal((374_085.88 + sum).toFixed(2)),
    revenueChange: decimal(sum.toFixed(2)),
    marginBefore: decimal("27.7"),
    marginAfter: decimal((27.7 + sum / 4000).toFixed(1)),
    billsUp: sum > 0 ? 31 : 0,
    billsDown: sum < 0 ? 31 : 9,
    billsUnchanged: 6,
    bills: [
      ["c-1", "Nordlicht Versicherung AG", 9382.55, 0.4],
      ["c-2", "Sundial Analytics GmbH", 25_198.78, 0.35],
      ["c-3", "Kite & Key Labs Inc.", 6808.97, 0.25],
    ].map(([customerId, customer, was, share]) => ({
      customerId: String(customerId),
      customer: String(customer),
      was: decimal(Number(was).toFixed(2)),
      wouldBe: decimal((Number(was) + sum * Number(share)).toFixed(2)),
      change: decimal((sum * Number(share)).toFixed(2)),
      currency: "EUR",
      marginBefore: decimal("35.1"),
      marginAfter: decimal((35.1 + sum / 2000).toFixed(1)),
    })),
    belowCost: [{ provider: "openai", model: "gpt-realtime-2.1", dimension: "input_audio_tokens", loss: decimal("14.20") }],
    finalized: past ? [{ invoiceId: "i-1", number: "HS-2026-0511", customer: "Sundial Analytics GmbH", net: decimal("24002.10"), change: decimal("-312.40"), currency: "EUR" }] : [],
    failed: 0,
    validFrom: `${book.validOn ?? "2026-11-03"}T00:00:00Z`,
    effectRest: decimal("0.00"),
    held: [],
    heldTotal: 0,
    heldEvents: 0,
    blocking: blocks(taken),
    blockingTotal: blocks(taken).length,
    belowCostBlocks: belowCostBlocks(context),
  };
}

const belowCostBlocks = (context: FakeContext) => context.memory.get("below-cost-blocks") === true;

const blocks = (rows: readonly PriceChangeRow[]): PriceBlock[] =>
  rows
    .filter((row) => row.belowCost)
    .map(({ scope: at, willBe }) => ({
      provider: at.provider ?? "",
      model: at.model ?? "",
      dimension: at.dimension ?? "",
      conditions: [],
      sell: willBe ?? decimal("0"),
      cost: decimal("4.3"),
      currency: "EUR",
    }));

/** The book with the chosen changes in ink. */
function published(book: Book, only: readonly string[] | null): Book {
  const [rules, own, staged] = [{ ...book.rules }, { ...book.own }, { ...book.staged }];
  for (const [key, edit] of Object.entries(book.staged)) {
    if (only !== null && !only.includes(key)) continue;
    delete staged[key];
    const rule = [edit.scope.provider, edit.scope.model, edit.scope.dimension].filter(Boolean).join("/");
    delete own[key];
    if (edit.what === "clear") delete rules[rule];
    else if (edit.what === "percent" || edit.what === "markup") rules[rule] = Number(edit.markup?.percent ?? edit.text);
    else own[key] = { kind: edit.what, price: edit.what === "price" ? decimal(edit.text) : null, typed: edit.what === "formula" ? edit.text : null, formula: null, currency: "EUR" };
  }
  return { ...book, rules, own, staged, number: book.number + 1, validOn: null, reason: "", restores: null };
}

const says = (percent: string, version: number) => ({ markup: { percent: decimal(percent), fixedPerUnit: null, fixedPerRequest: null, minimumMargin: null, roundTo: null }, own: null, version });
const scope = (provider: string | null, model: string | null = null, dimension: string | null = null): MarkupScopeText => ({ level: "book", owner: null, provider, model, dimension, conditions: null });

function ruleTest(request: RuleTestRequest, book: Book): RuleTestReply {
  const cell = cellAt(book, { provider: request.provider, model: request.model, dimension: request.dimension, conditions: request.conditions });
  const shown = request.drafted ? (cell?.staged ?? cell) : cell;
  const base = { ownerName: null, validFrom: null, recordedAt: "2026-09-30T08:00:00Z", staged: false };
  const staged = request.drafted && cell?.staged ? [{ ...base, staged: true, scope: scope(request.provider, request.model, request.dimension), rule: { markup: null, own: cell.staged.own, version: null }, outcome: "wins", facts: [] }] : [];
  const rest = staged.length > 0 ? "less_specific" : "wins";
  return {
    candidates: [
      ...staged,
      { ...base, scope: scope(request.provider), rule: says(String(book.rules[request.provider] ?? 0), 14), outcome: rest, facts: [] },
      { ...base, scope: scope(null), rule: says("50", 11), outcome: "less_specific", facts: [] },
    ],
    sell: shown?.sell ?? null,
    cost: cell?.costConverted ?? null,
    currency: "EUR",
    steps: [],
    problem: cell ? null : "no_price",
    fault: null,
  };
}

export const fakeVersions: FakeHandlers = {
  price_bulk_preview: (request: PriceBulkRequest, context) => bulkEdits(bookOf(context), request).reply,
  price_bulk: (request: PriceBulkRequest, context) => {
    const { reply, next } = bulkEdits(bookOf(context), request);
    if (reply.faultCount === 0) change(context, "price_bulk", String(reply.changed), next);
    return { ...reply, staged: reply.faultCount === 0 };
  },
  price_paste_preview: (request: PricePasteRequest, context) => pasteEdits(bookOf(context), request).reply,
  price_paste: (request: PricePasteRequest, context) => {
    const { reply, next } = pasteEdits(bookOf(context), request);
    if (reply.faultCount === 0) change(context, "price_paste", String(reply.changed), next);
    return { ...reply, staged: reply.faultCount === 0 };
  },
  price_settings_get: (_request: never, context) => ({ belowCostBlocks: belowCostBlocks(context) }),
  price_settings_save: (request: PriceSettingsSaveRequest, context) => {
    remember(context.memory, "price_settings_save", "", ["below-cost-blocks"]);
    context.memory.set("below-cost-blocks", request.belowCostBlocks);
    return { belowCostBlocks: request.belowCostBlocks };
  },
  price_review: (request: PriceReviewRequest, context) => review(context, request),
  price_publish: ({ only, validOn, reason }: PricePublishRequest, context) => {
    if (reason.trim() === "") throw new ApiError({ code: "invalid", issues: [{ path: "reason", code: "required", params: {} }] });
    const book = bookOf(context);
    const lost = blocks(review(context, { month: null, only }).changes.filter(({ effect }) => effect !== null));
    if (belowCostBlocks(context) && lost.length > 0) {
      const issues = lost.map(({ model, dimension, sell, cost, currency }) => ({ path: "changes", code: "below_cost", params: { place: `${model} ${dimension}`, sell, cost, currency } }));
      throw new ApiError({ code: "invalid", issues });
    }
    const next = change(context, "price_publish", `v${book.number}`, published(book, only));
    const versions = (context.memory.get("versions") as PriceVersionText[] | undefined) ?? START;
    const validFrom = `${validOn ?? "2026-11-03"}T00:00:00Z`;
    const live = validFrom <= "2026-11-04";
    context.memory.set("versions", [
      ...versions.map((one) => (one.validUntil === null ? { ...one, validUntil: validFrom, live: !live } : one)),
      { number: book.number, kind: "draft", validFrom, validUntil: null, publishedAt: "2026-11-03T08:42:07Z", reason, restores: null, rules: Object.keys(book.staged).length, rates: 0, live },
    ]);
    return { number: book.number, draft: headOf(next) };
  },
  price_version_list: (_request: never, context) => ({
    versions: ((context.memory.get("versions") as PriceVersionText[] | undefined) ?? START).toReversed(),
    draft: headOf(bookOf(context)),
  }),
  price_version_compare: () => ({
    rows: [
      { scope: scope("openai"), ownerName: null, before: says("40", 12), after: says("45", 14) },
      { scope: scope("google", "gemini-3.1-pro", "output_tokens"), ownerName: null, before: null, after: says("100", 14) },
    ],
    rates: [{ base: "USD", quote: "EUR", was: { rate: decimal("0.86"), source: "ECB", on: "2026-06-30" }, willBe: { rate: decimal("0.84"), source: "ECB", on: "2026-09-30" } }],
    total: 2,
    same: 7,
  }),
  price_version_restore: ({ number }: { number: number }, context) => {
    const edit: PriceEdit = { scope: scope("openai"), what: "markup", text: "", markup: says("40", 12).markup, note: "" };
    return { draft: headOf(change(context, "price_version_restore", `v${number}`, { ...staging(bookOf(context), [edit]), restores: number })) };
  },
  price_timeline: () => ({
    providerChanges: [
      ["2026-04-23", "openai", "gpt-5.6-terra", "-20.0", false],
      ["2026-07-02", "openai", "gpt-realtime-2.1", null, false],
      ["2026-08-21", "openai", "gpt-5.4-mini", "-25.0", false],
      ["2026-09-12", "openai", "gpt-6-luna", null, false],
      ["2026-12-15", "mistral", "mistral-large-4", "20.0", true],
    ].map(([at, provider, model, percent, announced]) => ({ at: `${at}T00:00:00Z`, provider: String(provider), model: String(model), prices: 2, change: percent === null ? null : decimal(String(percent)), announced: announced === true })),
    contracts: [
      { customer: "Kestrel Robotics B.V.", subscriptionId: "s-1", scope: { ...scope(null), level: "contract", owner: "s-1" }, rule: says("12", 11), validFrom: null, validUntil: null },
      { customer: "Nordlicht Versicherung AG", subscriptionId: "s-2", scope: { ...scope("anthropic", "claude-haiku-4-5", "output_tokens"), level: "contract", owner: "s-2" }, rule: says("20", 12), validFrom: "2026-07-01T00:00:00Z", validUntil: "2026-12-31T00:00:00Z" },
    ],
  }),
  rule_test: (request: RuleTestRequest, context) => ruleTest(request, bookOf(context)),
};
