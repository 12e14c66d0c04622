import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { fireEvent, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeAll, expect, it, vi } from "vitest";
import { installShortcuts } from "../../app/use-shortcut";
import { createQueryClient } from "../../ipc/query";
import { stepsOf, takeBack } from "../../ipc/fake-steps";
import type { FakeHandlers } from "../../ipc/fake";
import type { BookStatusReply } from "../../ipc/generated/types";
import { openBook } from "../../test/book";
import { fakeHost } from "../../test/render";
import { fake } from "./fake";
import { readSearch } from "./model";
import { PriceBookScreen } from "./PriceBookScreen";

vi.setConfig({ testTimeout: 60_000 });

// The grid draws what is in view: without a layout nothing would be.
const sized = (name: "clientHeight" | "clientWidth", value: number) => Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => value });
beforeAll(() => {
  sized("clientHeight", 700);
  sized("clientWidth", 1800);
  installShortcuts();
});

/** An open book whose last step can be undone. */
const book: FakeHandlers = {
  ...openBook,
  book_status: (request: never, context) => {
    const status = openBook.book_status?.(request, context) as BookStatusReply;
    const last = stepsOf(context.memory).at(-1);
    return { ...status, book: status.book && { ...status.book, undo: last ? { code: last.code, subject: last.subject } : null } };
  },
  undo: (_request: never, { memory }) => {
    takeBack(memory);
    return { book: null };
  },
};

async function open(address = "/prices") {
  const host = fakeHost({ handlers: { ...book, ...fake } });
  const root = createRootRoute();
  const prices = createRoute({ getParentRoute: () => root, path: "/prices", validateSearch: readSearch, component: PriceBookScreen });
  const router = createRouter({ routeTree: root.addChildren([prices]), history: createMemoryHistory({ initialEntries: [address] }) });
  render(
    <QueryClientProvider client={createQueryClient()}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  const grid = await screen.findByRole("grid", {}, { timeout: 10_000 });
  await within(grid).findByRole("rowheader", { name: /gpt-6\.1-sol/ }, { timeout: 10_000 });
  grid.focus();
  const cell = (model: RegExp, column: string) =>
    within(grid).getByRole("rowheader", { name: model }).parentElement?.querySelector<HTMLElement>(`[data-dimension="${column}"]`) ?? grid;
  const at = (model: RegExp, column: string) => {
    fireEvent.pointerDown(cell(model, column), { button: 0, pointerType: "mouse" });
    grid.focus();
  };
  const requests = (name: string) => host.calls.filter((call) => call.name === name).map((call) => call.request);
  return { host, grid, cell, at, requests };
}

const waits = { timeout: 10_000 };
const editor = () => screen.findByRole("combobox", { name: /^Price of/ }, waits);

it("stages a formula typed into a cell, reviews it and publishes it with a reason", async () => {
  const { cell, at, requests } = await open();
  at(/gpt-6\.1-sol/, "output_tokens");
  await userEvent.keyboard("=");
  await userEvent.type(await editor(), " cost * 1.45");
  expect(await screen.findByText("€12.47", {}, waits)).toBeTruthy();
  await userEvent.keyboard("{Enter}");
  await waitFor(() => expect(cell(/gpt-6\.1-sol/, "output_tokens").dataset.staged).toBe("here"), waits);
  expect(requests("price_stage")).toEqual([
    {
      edits: [
        {
          scope: { level: "book", owner: null, provider: "openai", model: "gpt-6.1-sol", dimension: "output_tokens", conditions: "" },
          what: "formula",
          text: "= cost * 1.45",
          markup: null,
          note: "",
        },
      ],
    },
  ]);
  // Another price for batches stays as it is.
  expect(cell(/gpt-6\.1-sol/, "processing = batch|output_tokens").dataset.staged).toBeUndefined();

  await userEvent.click(await screen.findByRole("button", { name: /Review 1 change/ }, waits));
  const sheet = await screen.findByRole("dialog", {}, waits);
  expect(await within(sheet).findByText("= cost * 1.45", {}, waits)).toBeTruthy();
  await userEvent.click(within(sheet).getByRole("button", { name: /Publish v15 now/ }));
  expect(await within(sheet).findByText("Needed here", {}, waits)).toBeTruthy();
  await userEvent.type(within(sheet).getByLabelText("Reason"), "Match two lost quotes");
  await userEvent.click(within(sheet).getByRole("button", { name: /Publish v15 now/ }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull(), waits);
  await waitFor(() => expect(cell(/gpt-6\.1-sol/, "output_tokens").dataset.staged).toBeUndefined(), waits);
  expect(cell(/gpt-6\.1-sol/, "output_tokens").textContent).toContain("12.47");
  expect(requests("price_publish").at(-1)).toMatchObject({ only: null, validOn: null, reason: "Match two lost quotes" });
});

it("publishes only what is ticked and leaves the rest staged", async () => {
  const { at, requests } = await open();
  at(/gpt-6\.1-sol/, "output_tokens");
  await userEvent.keyboard("12");
  await userEvent.type(await editor(), "{Enter}");
  at(/gpt-6\.1-sol/, "input_tokens");
  await userEvent.keyboard("3");
  await userEvent.type(await editor(), "{Enter}");
  await userEvent.click(await screen.findByRole("button", { name: /Review 2 changes/ }, waits));
  const sheet = await screen.findByRole("dialog", {}, waits);
  await userEvent.click(await within(sheet).findByRole("checkbox", { name: /gpt-6\.1-sol, Input/ }, waits));
  await userEvent.type(within(sheet).getByLabelText("Reason"), "Half of it");
  await userEvent.click(within(sheet).getByRole("button", { name: /Publish v15/ }));
  await waitFor(() => expect(requests("price_publish")).toMatchObject([{ only: ["|openai|gpt-6.1-sol|output_tokens|"], validOn: null, reason: "Half of it" }]), waits);
  expect(await screen.findByRole("button", { name: /Review 1 change/ }, waits)).toBeTruthy();
});

it("names a fault of a formula with its place and stages nothing", async () => {
  const { at, requests } = await open();
  at(/gpt-6\.1-sol/, "output_tokens");
  await userEvent.keyboard("=");
  await userEvent.type(await editor(), " cost / 0{Enter}");
  expect(await screen.findByText("Divided by zero", {}, waits)).toBeTruthy();
  expect(screen.getByText("at sign 8")).toBeTruthy();
  expect(((await editor()) as HTMLInputElement).value).toBe("= cost / 0");
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("combobox", { name: /^Price of/ })).toBeNull();
  await waitFor(() => expect(screen.queryByRole("button", { name: /Review/ })).toBeNull());
  expect(requests("price_stage").length).toBeLessThanOrEqual(1);
});

it("types a percent in the view of markups and a wished margin in that of margins", async () => {
  const { at, requests } = await open("/prices?view=margin");
  at(/gpt-6\.1-sol/, "output_tokens");
  await userEvent.keyboard("2");
  await userEvent.type(await editor(), "0{Enter}");
  await waitFor(() => expect(requests("price_stage")).toMatchObject([{ edits: [{ what: "formula", text: "= round(cost / 0.8, 0.0001)" }] }]), waits);
});

it("pastes a block from a spreadsheet: shown first, then one step, which undo takes back", async () => {
  const { grid, cell, at, requests } = await open();
  at(/gpt-5\.6-terra/, "input_tokens");
  const event = new Event("paste", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { getData: (type: string) => (type === "text/plain" ? "2,75\t14,5\n0,2\t" : "") } });
  fireEvent(grid, event);
  const sheet = await screen.findByRole("dialog", {}, waits);
  await userEvent.click(await within(sheet).findByRole("button", { name: /Stage 3 prices/ }, waits));
  await waitFor(() => expect(cell(/gpt-6-luna/, "input_tokens").textContent).toContain("0.20"), waits);
  expect(cell(/gpt-5\.6-terra/, "output_tokens").textContent).toContain("14.50");
  expect(requests("price_paste")).toMatchObject([{ rows: [{ model: "gpt-5.6-terra", cells: ["2.75", "14.5"] }, { model: "gpt-6-luna", cells: ["0.2", ""] }] }]);
  fireEvent.keyDown(document.body, { key: "z", ctrlKey: true });
  await userEvent.click(await screen.findByRole("button", { name: /^Undo/ }, waits));
  await waitFor(() => expect(cell(/gpt-6-luna/, "input_tokens").dataset.staged).toBeUndefined(), waits);
});

it("stages nothing of a paste with text among the numbers until that is left out", async () => {
  const { grid, at } = await open();
  at(/gpt-5\.6-terra/, "input_tokens");
  const event = new Event("paste", { bubbles: true, cancelable: true });
  Object.assign(event, { clipboardData: { getData: (type: string) => (type === "text/plain" ? "2.75\n3.1\nask sales" : "") } });
  fireEvent(grid, event);
  const sheet = await screen.findByRole("dialog", {}, waits);
  expect(await within(sheet).findByText(/“ask sales” is not a price/, {}, waits)).toBeTruthy();
  const stage = await within(sheet).findByRole("button", { name: /Stage 2 prices/ }, waits);
  expect(stage.hasAttribute("disabled")).toBe(true);
  await userEvent.click(within(sheet).getByRole("checkbox", { name: /Leave these out/ }));
  expect(stage.hasAttribute("disabled")).toBe(false);
});

it("raises a range by percent in one step, after it says how many cells it touches", async () => {
  const { grid, at, cell, requests } = await open();
  at(/claude-haiku/, "input_tokens");
  await userEvent.keyboard("{Shift>}{ArrowDown}{ArrowRight}{/Shift}");
  await userEvent.click(screen.getByRole("button", { name: "Bulk edit" }));
  const sheet = await screen.findByRole("dialog", {}, waits);
  await userEvent.type(await within(sheet).findByLabelText("Percent", {}, waits), "10");
  await userEvent.click(await within(sheet).findByRole("button", { name: /Stage 4 prices/ }, waits));
  await waitFor(() => expect(cell(/claude-haiku/, "output_tokens").textContent).toContain("6.8585"), waits);
  expect(grid.querySelectorAll("[data-staged=here]").length).toBe(4);
  expect(requests("price_bulk")).toHaveLength(1);
});

it("fills down and takes own prices away again, each in one step", async () => {
  const { at, cell, requests } = await open();
  at(/claude-haiku/, "output_tokens");
  await userEvent.keyboard("7");
  await userEvent.type(await editor(), "{Enter}");
  await waitFor(() => expect(cell(/claude-haiku/, "output_tokens").dataset.staged).toBe("here"), waits);
  at(/claude-haiku/, "output_tokens");
  await userEvent.keyboard("{Shift>}{ArrowDown}{ArrowDown}{/Shift}{Control>}d{/Control}");
  await waitFor(() => expect(cell(/claude-sonnet-4-6/, "output_tokens").textContent).toContain("7.00"), waits);
  expect(requests("price_stage").at(-1)).toMatchObject({ edits: [{ what: "price", text: "7" }, { what: "price", text: "7" }] });
  await userEvent.keyboard("{Delete}");
  await waitFor(() => expect(cell(/claude-opus-5-5/, "output_tokens").dataset.staged).toBeUndefined(), waits);
});

it("discards the whole draft as one step that the toast takes back", async () => {
  const { at, requests } = await open();
  at(/gpt-6\.1-sol/, "output_tokens");
  await userEvent.keyboard("12");
  await userEvent.type(await editor(), "{Enter}");
  await userEvent.click(await screen.findByRole("button", { name: /Review 1 change/ }, waits));
  await userEvent.click(await screen.findByRole("button", { name: "Discard all" }, waits));
  await waitFor(() => expect(screen.queryByRole("button", { name: /Review/ })).toBeNull(), waits);
  expect(requests("price_draft_discard")).toHaveLength(1);
});

it("rolls back to a version by staging what makes prices as they were", async () => {
  const { requests } = await open();
  if (!screen.queryByRole("button", { name: /^v13.*: compare$/ })) await userEvent.click(screen.getByRole("button", { name: "Timeline" }));
  await userEvent.click(await screen.findByRole("button", { name: /^v13.*: compare$/ }, waits));
  const sheet = await screen.findByRole("dialog", {}, waits);
  expect(await within(sheet).findByText(/2 rules differ/, {}, waits)).toBeTruthy();
  await userEvent.click(within(sheet).getByRole("button", { name: "Roll back to v13" }));
  await waitFor(() => expect(requests("price_version_restore")).toEqual([{ number: 13 }]), waits);
  expect(await screen.findByRole("button", { name: /Review 1 change/ }, waits)).toBeTruthy();
});
