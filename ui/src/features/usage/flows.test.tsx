import { cleanup, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, expect, it } from "vitest";
import { App } from "../../app/App";
import { makeRouter } from "../../app/router";
import { createQueryClient } from "../../ipc/query";
import "../../lib/i18n";
import { openBook } from "../../test/book";
import { fakeHost } from "../../test/render";
import { fake } from "./fake";

afterEach(cleanup);

async function open(address: string, heading: string) {
  const host = fakeHost({ handlers: { ...openBook, ...fake } });
  window.location.hash = `#${address}`;
  const client = createQueryClient();
  render(<App client={client} router={makeRouter(client)} />);
  await screen.findByRole("heading", { level: 1, name: heading }, { timeout: 8000 });
  return host;
}

const user = userEvent.setup();
const sent = (host: Awaited<ReturnType<typeof open>>, name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.request as Record<string, unknown>);

it("looks at a file that is dropped on any screen, and stores nothing before it is told to", async () => {
  const host = await open("/usage", "Usage");
  host.drop({ kind: "drop", paths: ["/home/mara/openai-2026-10.csv"] });
  await screen.findByRole("heading", { level: 1, name: "Import" }, { timeout: 8000 });
  expect(await screen.findByText("Cached tokens above input", {}, { timeout: 8000 })).toBeTruthy();
  expect(screen.getByText("proj_8Kx2")).toBeTruthy();
  expect(sent(host, "usage_import_run")).toEqual([]);

  await user.click(screen.getByRole("button", { name: /^Import/ }));
  expect(await screen.findByRole("heading", { name: "openai-2026-10.csv" }, { timeout: 9000 })).toBeTruthy();
  expect(screen.getByText("147,846")).toBeTruthy();
  expect(screen.getByText("“11/10/26” is not a time")).toBeTruthy();
  expect(sent(host, "usage_import_run")[0]).toMatchObject({ path: "/home/mara/openai-2026-10.csv", format: "table" });

  // The report as a file; with no answer to the dialog nothing is written.
  host.dialogAnswers.push(null, "/home/mara/report.csv");
  await user.click(screen.getByRole("button", { name: "Save as a file" }));
  await user.click(screen.getByRole("button", { name: "Save as a file" }));
  await screen.findByText("Saved as report.csv", {}, { timeout: 8000 });
  const written = sent(host, "usage_report_save");
  expect(written.map(({ path }) => path)).toEqual(["/home/mara/report.csv"]);
  expect(written[0]?.text).toContain("“11/10/26” is not a time");
}, 30_000);

it("asks again with the columns as they were mapped", async () => {
  const host = await open("/usage/import?path=%2Ftmp%2Fa.csv", "Import");
  (await screen.findByRole("button", { name: /Meaning of region/ }, { timeout: 8000 })).focus();
  await user.keyboard("{Enter}");
  await user.click(await screen.findByRole("option", { name: "Requests" }));
  await screen.findByText("8 of 8 used", {}, { timeout: 8000 });
  const mapping = sent(host, "usage_import_preview").at(-1)?.mapping as { columns: { column: string; field: string }[] };
  expect(mapping.columns).toContainEqual({ column: "region", field: "quantity.requests" });
  expect(mapping.columns).toContainEqual({ column: "TIMESTAMP", field: "time" });
}, 30_000);

it("gives an unknown name to a customer and takes the item off the list", async () => {
  const host = await open("/usage/inbox?at=unknown_customer%7Cproj_8Kx2%7C", "Inbox");
  const assign = await screen.findByRole("button", { name: "Assign" }, { timeout: 8000 });
  await user.click(assign);
  await screen.findByText(/proj_8Kx2 is Kestrel Robotics B.V. from now on/, {}, { timeout: 8000 });
  expect(sent(host, "inbox_assign_customer")).toEqual([{ reference: "proj_8Kx2", customerId: "c-1042" }]);
  expect(screen.queryByRole("button", { name: /proj_8Kx2/ })).toBeNull();
}, 30_000);

it("walks from a figure to its events and what their source reported", async () => {
  await open("/usage?at=openai%2Fgpt-5", "Usage");
  const events = await screen.findByRole("list", { name: "Events" }, { timeout: 8000 });
  const [first] = within(events).getAllByRole("button");
  await user.click(first as HTMLElement);
  expect(within(events).getByText("prompt_tokens")).toBeTruthy();
  expect(within(events).getByText("input includes cached")).toBeTruthy();
}, 30_000);

/** What wants a look at prices, and what the price book then shows of it. */
const WATCHED = [
  ["no_price", "openai/gpt-6.1-sol", "output_tokens", "Set the price", { model: "openai/gpt-6.1-sol", dimension: "output_tokens", view: "cost", show: "all" }],
  ["below_cost", "openai/gpt-6.1-sol", "output_tokens", "Go to the price", { model: "openai/gpt-6.1-sol", dimension: "output_tokens", show: "below_cost", view: "margin" }],
  ["not_followed", "anthropic/claude-haiku-4-5", "input_tokens", "Go to the price", { model: "anthropic/claude-haiku-4-5", dimension: "input_tokens", view: "sell", show: "all" }],
  ["old_prices", "anthropic", "2026-09-01", "Go to the prices", { provider: "anthropic", show: "used", view: "cost" }],
] as const;

for (const [kind, subject, detail, label, shown] of WATCHED) {
  it(`leads from ${kind} to its place in the price book`, async () => {
    const item = { kind, subject, detail, events: 12, since: null, suggestions: [] };
    const host = fakeHost({ handlers: { ...openBook, ...fake, inbox_list: () => ({ items: [item] }) } });
    window.location.hash = `#/usage/inbox?at=${encodeURIComponent([kind, subject, detail].join("|"))}`;
    const client = createQueryClient();
    render(<App client={client} router={makeRouter(client)} />);
    await screen.findByRole("heading", { level: 1, name: "Inbox" }, { timeout: 8000 });
    await user.click(await screen.findByRole("button", { name: label }, { timeout: 8000 }));
    await screen.findByRole("heading", { level: 1, name: "Price book" }, { timeout: 20_000 });
    const [path, query] = window.location.hash.slice(1).split("?");
    expect(path).toBe("/prices");
    expect(Object.fromEntries(new URLSearchParams(query))).toMatchObject(shown);
    expect(host.calls.some(({ name }) => name === "price_grid")).toBe(true);
  }, 40_000);
}
