import { expect, it } from "vitest";
import { cellOf } from "./columns";
import { fakeRow, MODELS, RULES } from "./fake-data";
import { columnOfHead, guessPasteUnit, guessReading, modelIndex, type PasteTarget, planPaste } from "./paste-plan";

const columns = ["input_tokens", "output_tokens", "cache_read_tokens", "long_context|input_tokens", "web_searches"];
const words: Record<string, string[]> = { input_tokens: ["Input"], output_tokens: ["Output"], cache_read_tokens: ["Cache read", "Read"], web_searches: ["Web searches"], "long_context|input_tokens": ["Input, long context"] };
const named = (id: string) => words[id] ?? [];
const all = MODELS.map((model) => fakeRow(model, RULES));
const byName = (name: string) => all.find((row) => row.model === name);
const target = (rows: string[], provider: string | null = null): PasteTarget => ({
  rows: rows.map(byName),
  index: modelIndex(all),
  provider,
  rowOf: ({ provider: from, model }) => all.find((row) => row.provider === from && row.model === model),
});
const grid = (from = 0) => ({ columns, from, named });

it("knows the columns of common price lists", () => {
  const of = (head: string) => columnOfHead(head, columns, named);
  expect(["Input", "Prompt price (USD per 1M tokens)", "output_tokens", "Completion", "Cached input", "$/1M input"].map(of)).toEqual([
    "input_tokens",
    "input_tokens",
    "output_tokens",
    "output_tokens",
    "cache_read_tokens",
    "input_tokens",
  ]);
  expect(["", "Context window", "Notes"].map(of)).toEqual([null, null, null]);
});

it("lets a block of numbers fall on the grid from the cursor on", () => {
  const block = [["2.5", "12"], ["", "7"]];
  const reading = guessReading(block, grid(1), "en-GB");
  expect(reading).toEqual({ sign: ".", unit: "million", hasHead: false, names: null, columns: ["output_tokens", "cache_read_tokens"] });
  const { request, faults, filled } = planPaste(block, reading, target(["gpt-6.1-sol", "gpt-5.6-terra"]), "en-GB");
  expect(faults).toEqual([]);
  expect(filled).toBe(3);
  expect(request.columns).toEqual([{ dimension: "output_tokens", conditions: "" }, { dimension: "cache_read_tokens", conditions: "" }]);
  expect(request.rows).toEqual([
    { provider: "openai", model: "gpt-6.1-sol", cells: ["2.5", "12"] },
    { provider: "openai", model: "gpt-5.6-terra", cells: ["", "7"] },
  ]);
});

it("reads a price list by head and names, in its own unit and sign", () => {
  const block = [
    ["Model", "Input (USD / 1K tokens)", "Output (USD / 1K tokens)", "Context"],
    ["gpt-6.1-sol", "0,0025", "0,0125", "272.000"],
    ["anthropic/claude-haiku-4-5", "0,001", "-", "200.000"],
  ];
  const reading = guessReading(block, grid(), "en-GB");
  expect(reading).toMatchObject({ sign: ",", unit: "thousand", hasHead: true, names: 0, columns: [null, "input_tokens", "output_tokens", null] });
  const { request, faults } = planPaste(block, reading, target([]), "en-GB");
  expect(faults).toEqual([]);
  expect(request.rows).toEqual([
    { provider: "openai", model: "gpt-6.1-sol", cells: ["2.5", "12.5"] },
    { provider: "anthropic", model: "claude-haiku-4-5", cells: ["1", ""] },
  ]);
});

it("takes a word pasted onto cells for a fault at its place, not for a model", () => {
  const cells = { ...grid(), onCells: true, isName: (text: string) => target([]).index.has(text.toLowerCase()) };
  const plan = (block: string[][]) => {
    const reading = guessReading(block, cells, "en-GB");
    return { names: reading.names, ...planPaste(block, reading, target(["gpt-6.1-sol", "gpt-5.6-terra"]), "en-GB") };
  };
  // One row, one bad cell: the price beside it is not taken unless the person says so.
  const one = plan([["3", "soon"]]);
  expect(one.names).toBeNull();
  expect(one.faults).toEqual([{ row: 1, column: 2, text: "soon", code: "text_among_numbers" }]);
  expect(plan([["soon", "3"]]).faults).toEqual([{ row: 1, column: 1, text: "soon", code: "text_among_numbers" }]);
  expect(plan([["3", "soon"], ["4", "later"]]).faults.map(({ row, column }) => [row, column])).toEqual([[1, 2], [2, 2]]);
  expect(plan([["soon"], ["later"]]).faults.length).toBe(2);
  // Names that the book has, and a list of names before prices, are a list wherever they are pasted.
  expect(plan([["gpt-6.1-sol", "3"]])).toMatchObject({ names: 0, faults: [] });
  expect(plan([["gpt-98", "3"], ["gpt-99", "4"]])).toMatchObject({ names: 0, faults: [{ code: "unknown_model" }, { code: "unknown_model" }] });
});

it("names text among numbers and models that nobody has, each at its place, and takes nothing of them", () => {
  const block = [["Model", "Input"], ["gpt-6.1-sol", "call us"], ["gpt-99", "3"], ["claude-haiku-4-5", "1.5"]];
  const { request, faults } = planPaste(block, guessReading(block, grid(), "en-GB"), target([]), "en-GB");
  expect(faults).toEqual([
    { row: 2, column: 2, text: "call us", code: "text_among_numbers" },
    { row: 3, column: 1, text: "gpt-99", code: "unknown_model" },
  ]);
  expect(request.rows).toEqual([{ provider: "anthropic", model: "claude-haiku-4-5", cells: ["1.5"] }]);
});

it("asks which provider when several have a model of that name", () => {
  const name = "llama-4-8b-instruct";
  const block = [["Model", "Input"], [name, "1"]];
  const reading = guessReading(block, grid(), "en-GB");
  expect(planPaste(block, reading, target([]), "en-GB").faults[0]?.code).toBe("ambiguous_model");
  expect(planPaste(block, reading, target([], "groq"), "en-GB").request.rows).toEqual([{ provider: "groq", model: name, cells: ["1"] }]);
});

it("keeps prices under other conditions apart: each row has its own threshold", () => {
  const block = [["Model", "Input, long context"], ["gpt-6.1-sol", "5"], ["gemini-3.1-pro", "6"]];
  const { request } = planPaste(block, guessReading(block, grid(), "en-GB"), target([]), "en-GB");
  const key = (name: string) => cellOf(byName(name), "long_context|input_tokens")?.conditionsKey;
  expect(request.columns).toEqual([
    { dimension: "input_tokens", conditions: key("gpt-6.1-sol") },
    { dimension: "input_tokens", conditions: key("gemini-3.1-pro") },
  ]);
  expect(request.rows.map(({ cells }) => cells)).toEqual([["5", ""], ["", "6"]]);
});

it("guesses the unit from what the cells cost now", () => {
  const block = [["Model", "Input", "Output"], ["gpt-6.1-sol", "2e-06", "1.1e-05"], ["claude-haiku-4-5", "1e-06", "5e-06"]];
  const reading = guessReading(block, grid(), "en-GB");
  expect(guessPasteUnit(block, reading, target([]), "en-GB")).toBe("token");
});

it("names what falls below the last row", () => {
  const block = [["1"], ["2"]];
  const { faults } = planPaste(block, guessReading(block, grid(), "en-GB"), target(["gpt-6.1-sol"]), "en-GB");
  expect(faults).toMatchObject([{ row: 2, code: "unknown_model" }]);
});

it("takes ten thousand rows by ten columns quickly", () => {
  const rows = Array.from({ length: 10_000 }, () => byName("gpt-6.1-sol"));
  const block = Array.from({ length: 10_000 }, (_, at) => Array.from({ length: 5 }, (__, across) => `${at % 90}.${across}5`));
  const before = process.cpuUsage();
  const reading = guessReading(block, grid(), "en-GB");
  const { filled } = planPaste(block, reading, { ...target([]), rows }, "en-GB");
  expect(filled).toBe(50_000);
  // What it takes by itself, whatever else the machine does.
  expect(process.cpuUsage(before).user).toBeLessThan(3_000_000);
});
