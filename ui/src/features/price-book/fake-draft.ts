import type { FakeContext, FakeHandlers } from "../../ipc/fake";
import { remember } from "../../ipc/fake-steps";
import type {
  OwnPriceText,
  PriceCell,
  PriceDraftHead,
  PriceDraftSaveRequest,
  PriceEdit,
  PriceEditResult,
  PriceFault,
  PriceRow,
  PriceStageRequest,
  PriceTryReply,
  PriceTryRequest,
} from "../../ipc/generated/types";
import type { DecimalString } from "../../lib/decimal";
import { conditionCells, exact, fakeCell, fakeRow, type FakeModel, MODELS, RULES, sold } from "./fake-data";
import { FormulaFault, reckon } from "./fake-formula";

export type Rules = Record<string, number>;

/** What the fake book remembers of its prices. */
export interface Book {
  rules: Rules;
  /** Prices and formulas of single cells, by the key of their place. */
  own: Record<string, OwnPriceText>;
  staged: Record<string, PriceEdit>;
  validOn: string | null;
  reason: string;
  restores: number | null;
  number: number;
}

const START: Book = { rules: RULES, own: {}, staged: {}, validOn: null, reason: "", restores: null, number: 15 };
export const bookOf = ({ memory }: FakeContext): Book => (memory.get("prices") as Book | undefined) ?? START;

/** Remembers a book, and what was there before for undo. */
export function change(context: FakeContext, code: string, subject: string, next: Book): Book {
  remember(context.memory, code, subject, ["prices", "versions"]);
  context.memory.set("prices", next);
  return next;
}

export const headOf = (book: Book): PriceDraftHead => ({
  staged: Object.keys(book.staged).length,
  validOn: book.validOn,
  reason: book.reason,
  restores: book.restores,
  number: book.number,
  live: book.number - 1,
});

export const keyOfScope = ({ scope }: Pick<PriceEdit, "scope">) =>
  [scope.level === "book" ? "" : (scope.owner ?? ""), scope.provider ?? "", scope.model ?? "", scope.dimension ?? "", scope.conditions ?? "*"].join("|");
const cellKey = (model: FakeModel, cell: PriceCell) => ["", model.provider, model.model, cell.dimension, cell.conditionsKey].join("|");

const perMillion = (cell: PriceCell | undefined) => (cell?.costConverted ? Number(cell.costConverted) : undefined);

function formulaNames(published: PriceCell | undefined) {
  const cost = perMillion(published);
  return { cost, list: cost, published: published?.sell ? Number(published.sell) : undefined };
}

/** What an edit makes of a cell. */
function priced(edit: Pick<PriceEdit, "what" | "text" | "markup">, cell: PriceCell, row: (name: string) => number | undefined) {
  const cost = perMillion(cell) ?? 0;
  if (edit.what === "price") return { sell: Number(edit.text), own: ownText("price", edit.text), percent: null };
  if (edit.what === "formula") return { sell: reckon(edit.text, formulaNames(cell), row), own: ownText("formula", edit.text), percent: null };
  const percent = Number(edit.what === "markup" ? edit.markup?.percent : edit.text);
  return { sell: cost * (1 + percent / 100), own: null, percent };
}

const ownText = (kind: "price" | "formula", text: string): OwnPriceText => ({
  kind,
  price: kind === "price" ? (text as DecimalString) : null,
  typed: kind === "formula" ? text : null,
  formula: kind === "formula" ? text.replace(/^\s*=\s*/, "") : null,
  currency: "EUR",
});

const published = (book: Book, model: FakeModel, cell: PriceCell): PriceCell => {
  const own = book.own[cellKey(model, cell)];
  if (!own) return cell;
  const { sell } = priced({ what: own.typed ? "formula" : "price", text: own.typed ?? own.price ?? "", markup: null }, cell, rowOf(model));
  return { ...cell, own, markupPercent: null, rule: "cell", ...sold(sell, perMillion(cell) ?? 0) };
};

const rowOf = (model: FakeModel) => (name: string) => {
  const dimension = [name, `${name}_tokens`].find((one) => one in model.costs);
  return dimension === undefined ? undefined : Number(fakeCell(model, dimension, RULES).sell);
};

/** A cell with its own price and what is staged for it. */
export function draftCell(book: Book, model: FakeModel, plain: PriceCell): PriceCell {
  const cell = published(book, model, plain);
  const wide = ["", model.provider, model.model, cell.dimension, "*"].join("|");
  const scopes = [cellKey(model, cell), wide, ["", model.provider, model.model, "", "*"].join("|"), ["", model.provider, "", "", "*"].join("|"), "||||*"];
  const found = scopes.findIndex((key) => key in book.staged);
  const edit = book.staged[scopes[found] ?? ""];
  const strength = ["cell", "cell", "model", "provider", "book"];
  if (!edit || (found > 1 && cell.rule !== null && strength.indexOf(cell.rule) < found)) return cell;
  const base = { own: null, rule: strength[found] ?? null, here: found < 2, problem: null, note: edit.note, markupPercent: null };
  if (edit.what === "clear") {
    const back = fakeCell(model, cell.dimension, without(book.rules, `${model.provider}/${model.model}/${cell.dimension}`));
    return { ...cell, staged: { ...base, rule: back.rule, markupPercent: back.markupPercent, sell: back.sell, margin: back.margin, belowCost: back.belowCost } };
  }
  const then = priced(edit, cell, rowOf(model));
  return { ...cell, staged: { ...base, own: then.own, markupPercent: then.percent === null ? null : exact(then.percent), ...sold(then.sell, perMillion(cell) ?? 0) } };
}

const without = (rules: Rules, key: string): Rules => Object.fromEntries(Object.entries(rules).filter(([one]) => one !== key));

export function draftRow(book: Book, model: FakeModel): PriceRow {
  const row = fakeRow(model, book.rules);
  return {
    ...row,
    cells: row.cells.map((cell) => draftCell(book, model, cell)),
    conditionCells: row.conditionCells.map((cell) => draftCell(book, model, cell)),
  };
}

export function cellsOf(book: Book, model: FakeModel): PriceCell[] {
  const row = draftRow(book, model);
  return [...row.cells, ...row.conditionCells];
}

function target(book: Book, { scope }: Pick<PriceEdit, "scope">): { model: FakeModel; cell: PriceCell } | null {
  const model = MODELS.find((one) => one.provider === scope.provider && one.model === scope.model);
  if (!model || !scope.dimension) return null;
  const plain = [...Object.keys(model.costs).map((dimension) => fakeCell(model, dimension, book.rules)), ...conditionCells(model, book.rules)];
  const cell = plain.find((one) => one.dimension === scope.dimension && one.conditionsKey === (scope.conditions ?? ""));
  return cell ? { model, cell: published(book, model, cell) } : null;
}

/** What is wrong with an edit; null when it can be staged. */
export function faultOf(book: Book, edit: PriceEdit): PriceFault | null {
  if (edit.what === "clear" || edit.what === "revert" || edit.what === "markup") return null;
  const found = target(book, edit);
  if (!found) return edit.scope.model && edit.scope.dimension ? { code: "no_price", at: null, word: edit.scope.model } : null;
  try {
    const { sell } = priced(edit, found.cell, rowOf(found.model));
    if (Number.isNaN(sell)) return { code: "not_a_number", at: null, word: edit.text };
    return sell < 0 ? { code: "negative", at: null, word: String(sell) } : null;
  } catch (thrown) {
    if (thrown instanceof FormulaFault) return { code: thrown.code, at: thrown.at, word: thrown.word };
    throw thrown;
  }
}

/** The book with edits staged over it; an edit that changes nothing takes itself back. */
export function staging(book: Book, edits: readonly PriceEdit[]): Book {
  const staged = { ...book.staged };
  for (const edit of edits) {
    const key = keyOfScope(edit);
    const { provider, model, dimension } = edit.scope;
    const ruleKey = [provider, model, dimension].filter(Boolean).join("/");
    const isNothing = edit.what === "clear" && !(key in book.own) && !(edit.scope.conditions === null && ruleKey in book.rules);
    if (edit.what === "revert" || isNothing) delete staged[key];
    else staged[key] = edit;
  }
  return { ...book, staged };
}

function tryEdit({ edit }: PriceTryRequest, context: FakeContext): PriceTryReply {
  const book = bookOf(context);
  const found = target(book, edit);
  const fault = faultOf(book, edit);
  const cost = perMillion(found?.cell);
  const names = Object.entries(formulaNames(found?.cell)).flatMap(([key, value]) => (value === undefined ? [] : [{ key, value: exact(value) as string }]));
  const row = found ? rowOf(found.model)("input") : undefined;
  const base = { names: row === undefined ? names : [...names, { key: "row(input)", value: exact(row) as string }], cost: cost === undefined ? null : exact(cost), published: found?.cell.sell ?? null, atLeast: null, fault };
  if (fault || !found) return { ...base, sell: null, margin: null, belowCost: false, change: null, formula: null };
  const { sell } = priced(edit, found.cell, rowOf(found.model));
  const before = Number(found.cell.sell);
  return { ...base, ...sold(sell, cost ?? 0), change: ((sell / before - 1) * 100).toFixed(1) as DecimalString, formula: edit.what === "formula" ? edit.text : null };
}

export const fakeDraft: FakeHandlers = {
  price_draft_get: (_request: never, context) => ({ draft: headOf(bookOf(context)) }),
  price_try: tryEdit,
  price_stage: ({ edits }: PriceStageRequest, context) => {
    const book = bookOf(context);
    const faults = edits.map((edit) => faultOf(book, edit));
    const isGood = faults.every((fault) => fault === null);
    const next = isGood ? change(context, "price_stage", String(edits.length), staging(book, edits)) : book;
    const results = edits.map((edit, at): PriceEditResult => {
      const found = target(next, edit);
      return { fault: faults[at] ?? null, cell: found && isGood ? draftCell(next, found.model, found.cell) : null };
    });
    return { staged: isGood, results, draft: headOf(next) };
  },
  price_draft_save: ({ validOn, reason }: PriceDraftSaveRequest, context) => ({
    draft: headOf(change(context, "price_draft_save", "", { ...bookOf(context), validOn, reason })),
  }),
  price_draft_discard: (_request: never, context) => ({
    draft: headOf(change(context, "price_draft_discard", "", { ...bookOf(context), staged: {}, validOn: null, reason: "", restores: null })),
  }),
};
