import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { QueryClientProvider } from "@tanstack/react-query";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, expect, it, vi } from "vitest";
import { createQueryClient } from "../../ipc/query";
import { preferences, setPreferences } from "../../lib/preferences";
import { openBook } from "../../test/book";
import { fakeHost } from "../../test/render";
import { fake } from "./fake";
import { readSearch } from "./model";
import { PriceBookScreen } from "./PriceBookScreen";

vi.setConfig({ testTimeout: 60_000 });

// The grid draws what is in view: without a layout nothing would be.
const sized = (name: "clientHeight" | "clientWidth", value: number) =>
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value });
beforeAll(() => {
  sized("clientHeight", 700);
  sized("clientWidth", 1400);
});

async function open(address = "/prices") {
  const host = fakeHost({ handlers: { ...openBook, ...fake } });
  const client = createQueryClient();
  const root = createRootRoute();
  const prices = createRoute({ getParentRoute: () => root, path: "/prices", validateSearch: readSearch, component: PriceBookScreen });
  const router = createRouter({ routeTree: root.addChildren([prices]), history: createMemoryHistory({ initialEntries: [address] }) });
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  const grid = await screen.findByRole("grid", {}, { timeout: 20_000 });
  await within(grid).findByRole("rowheader", { name: /gpt-6\.1-sol/ }, { timeout: 20_000 });
  grid.focus();
  return { host, grid };
}

const selected = (grid: HTMLElement) => grid.querySelectorAll("[role=gridcell][data-marked]").length;

function copied(grid: HTMLElement): Record<string, string> {
  const taken: Record<string, string> = {};
  const event = new Event("copy", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { setData: (type: string, text: string) => (taken[type] = text) } });
  fireEvent(grid, event);
  return taken;
}

it("selects a range with Shift and arrows, tells how much, and lets it go with Esc", async () => {
  const { grid } = await open();
  await userEvent.keyboard("{Shift>}{ArrowDown}{ArrowRight}{/Shift}");
  expect(selected(grid)).toBe(4);
  expect(await screen.findByText("2 models × 2 selected", {}, { timeout: 20_000 })).toBeTruthy();
  expect(grid.querySelectorAll("[role=gridcell][aria-selected=true]").length).toBe(4);
  await userEvent.keyboard("{Escape}");
  expect(selected(grid)).toBe(0);
});

it("lets a plain arrow end the range and moves the cursor", async () => {
  const { grid } = await open();
  await userEvent.keyboard("{Shift>}{ArrowDown}{/Shift}{ArrowDown}");
  expect(selected(grid)).toBe(0);
  await waitFor(() => expect(document.getElementById(grid.getAttribute("aria-activedescendant") ?? "")?.textContent).toContain("claude-opus-5-5"), { timeout: 20_000 });
});

it("copies a range as text and as table", async () => {
  const { grid } = await open();
  await userEvent.keyboard("{Shift>}{ArrowDown}{ArrowRight}{/Shift}");
  const taken = copied(grid);
  // claude-haiku-4-5 and claude-opus-5-5, output; reasoning is charged with it and has no price.
  expect(taken["text/plain"]).toBe("6.235\t\n24.94\t");
  expect(taken["text/html"]).toContain('<td x:num="24.94" sdval="24.94">24.94</td>');
});

it("copies all filtered rows, and whole rows with head and names", async () => {
  const { grid } = await open();
  await userEvent.keyboard("{Control>}a{/Control}");
  expect(copied(grid)["text/plain"]?.split("\n").length).toBe(15);
  await userEvent.keyboard("{Escape}{Home}{Shift>}{ArrowDown}{/Shift}");
  const lines = copied(grid)["text/plain"]?.split("\n") ?? [];
  expect(lines[0]).toContain("Model\tInput\tOutput");
  expect(lines[1]).toContain("anthropic/claude-haiku-4-5\t1.462\t6.235");
  expect(lines.length).toBe(3);
});

it("extends a range with Shift and a press", async () => {
  const { grid } = await open();
  const cell = (model: RegExp, dimension: string) =>
    within(grid).getByRole("rowheader", { name: model }).parentElement?.querySelector<HTMLElement>(`[data-dimension=${dimension}]`) ?? grid;
  fireEvent.pointerDown(cell(/claude-haiku/, "input_tokens"), { button: 0, pointerType: "mouse" });
  fireEvent.pointerDown(cell(/claude-sonnet-4-6/, "cache_read_tokens"), { button: 0, pointerType: "mouse", shiftKey: true });
  expect(selected(grid)).toBe(12);
});

it("hides and shows columns, keeps the one that was gone to, and remembers", async () => {
  const { grid } = await open();
  // Under a condition there is a column of the same name: how often a name stands there.
  const heads = (name: string) => [...grid.querySelectorAll("[role=columnheader][title]")].filter((head) => head.textContent === name).length;
  const [inputs, outputs] = [heads("Input"), heads("Output")];
  expect(inputs).toBeGreaterThan(0);
  const button = screen.getByRole("button", { name: /^Dimensions: \d+ of \d+$/ });
  await userEvent.click(button);
  const menu = await screen.findByRole("dialog", { name: "Dimensions" });
  const text = within(menu).getByRole("group", { name: "Text tokens" });
  await userEvent.click(within(text).getByRole("checkbox", { name: "Input" }));
  await waitFor(() => expect(heads("Input")).toBe(inputs - 1));
  expect(preferences().hiddenColumns).toEqual(["input_tokens"]);
  // The whole group: its other columns go too, and come back together.
  const all = within(text).getByRole("checkbox", { name: "Text tokens" });
  await userEvent.click(all);
  await waitFor(() => expect(heads("Input")).toBe(inputs));
  await userEvent.click(all);
  await waitFor(() => expect(heads("Output")).toBe(outputs - 1));
  await userEvent.click(within(menu).getByRole("button", { name: "Show all" }));
  await waitFor(() => expect(heads("Output")).toBe(outputs));
  expect(preferences().hiddenColumns).toEqual([]);
  setPreferences({ hiddenColumns: ["output_tokens"] });
  await waitFor(() => expect(heads("Output")).toBe(outputs - 1));
  setPreferences({ hiddenColumns: [] });
});

const here = (grid: HTMLElement) => {
  const cell = document.getElementById(grid.getAttribute("aria-activedescendant") ?? "");
  return [cell?.dataset.line ?? "", cell?.dataset.dimension ?? "name"];
};

it("goes to the ends of a row and of the grid, and by pages", async () => {
  const { grid } = await open();
  const start = here(grid);
  const columns = [...grid.querySelectorAll<HTMLElement>(`[data-line="${start[0]}"][data-dimension]`)].map((cell) => cell.dataset.dimension);
  await userEvent.keyboard("{End}");
  expect(here(grid)).toEqual([start[0], columns.at(-1)]);
  await userEvent.keyboard("{Home}");
  expect(here(grid)).toEqual([start[0], "name"]);
  await userEvent.keyboard("{Control>}{End}{/Control}");
  const last = here(grid);
  expect(last[1]).toBe(columns.at(-1));
  await userEvent.keyboard("{PageDown}");
  expect(here(grid)).toEqual(last);
  await userEvent.keyboard("{PageUp}");
  expect(Number.parseInt(here(grid)[0] ?? "", 10)).toBeLessThan(Number.parseInt(last[0] ?? "", 10));
  await userEvent.keyboard("{Control>}{Home}{/Control}");
  expect(here(grid)).toEqual(["0", "name"]);
  await userEvent.keyboard("{PageDown}");
  expect(Number.parseInt(here(grid)[0] ?? "", 10)).toBeGreaterThan(1);
});

it("opens the editor with F2, and Esc leaves the price as it is", async () => {
  const { host, grid } = await open();
  await userEvent.keyboard("{F2}");
  const editor = await screen.findByRole("combobox", { name: /^Price of/ }, { timeout: 20_000 });
  await userEvent.type(editor, "99");
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByRole("combobox", { name: /^Price of/ })).toBeNull(), { timeout: 20_000 });
  expect(host.calls.some(({ name }) => name === "price_stage")).toBe(false);
  expect(grid.querySelectorAll("[data-staged]").length).toBe(0);
});

it("shows a pasted table with one bad cell, and stages nothing of it by itself", async () => {
  const { host, grid } = await open();
  const event = new Event("paste", { bubbles: true, cancelable: true });
  const clipboard: Record<string, string> = { "text/plain": "3\tsoon", "text/html": "<table><tr><td>3</td><td>soon</td></tr></table>" };
  Object.assign(event, { clipboardData: { getData: (type: string) => clipboard[type] ?? "" } });
  fireEvent(grid, event);
  const sheet = await screen.findByRole("dialog", {}, { timeout: 20_000 });
  expect(await within(sheet).findByText(/1 row, from the selected cell on/, {}, { timeout: 20_000 })).toBeTruthy();
  const fault = await within(sheet).findByRole("alert", {}, { timeout: 20_000 });
  expect(fault.textContent).toContain("soon");
  expect(fault.textContent).toContain("Row 1, column 2");
  const stage = within(sheet).getByRole<HTMLButtonElement>("button", { name: /^Stage/ });
  expect(stage.disabled).toBe(true);
  expect(host.calls.some(({ name }) => name === "price_paste")).toBe(false);
});
