import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, expect, it } from "vitest";
import { App } from "../../../app/App";
import { makeRouter } from "../../../app/router";
import { createQueryClient } from "../../../ipc/query";
import "../../../lib/i18n";
import { openBook } from "../../../test/book";
import { fakeHost } from "../../../test/render";
import { fake } from "../fake";

// Screens are loaded when they are first shown; on a busy machine that alone takes seconds.
beforeAll(() => import("./TableScreen").then(() => undefined), 60_000);
afterEach(cleanup);

async function open(place?: string) {
  const host = fakeHost({ handlers: { ...openBook, ...fake } });
  window.location.hash = place ? `#/prices/import?place=${encodeURIComponent(JSON.stringify(place))}` : "#/prices/import";
  const client = createQueryClient();
  render(<App client={client} router={makeRouter(client)} />);
  await screen.findByRole("heading", { level: 1, name: "Import price table" }, { timeout: 8000 });
  return host;
}

const box = (name: string) => screen.findByRole("checkbox", { name }, { timeout: 8000 });

it("shows a table as lines, ticks what is usual, and leaves a hundredfold price alone", async () => {
  const host = await open("/tables/litellm.json");
  expect(((await box("Take gpt-6.1-sol, Input")) as HTMLInputElement).checked).toBe(true);
  expect(((await box("Take gpt-6.1-sol, Output")) as HTMLInputElement).checked).toBe(false);
  expect(((await box("Take mistral-small, Input")) as HTMLInputElement).checked).toBe(false);
  expect(screen.getByText(/a hundred times the one before/)).toBeTruthy();
  expect(screen.getByText("Sources disagree", { selector: "[role=grid] *" })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "Tick these" }));
  await waitFor(async () => expect(((await box("Take mistral-small, Input")) as HTMLInputElement).checked).toBe(true));
  expect(((await box("Take gpt-6.1-sol, Output")) as HTMLInputElement).checked).toBe(false);
  await userEvent.click(await box("Take gpt-6.1-sol, Output"));
  await userEvent.click(await screen.findByRole("button", { name: /Take 6 lines/ }));
  expect(await screen.findByText("Prices were taken")).toBeTruthy();
  expect(host.calls.filter((call) => call.name === "price_import_run").map((call) => call.request)).toMatchObject([{ token: "t1" }]);
}, 30_000);

it("filters by kind and counts what is ticked again", async () => {
  await open("/tables/litellm.json");
  await box("Take gpt-7, Input");
  await userEvent.click(screen.getByRole("button", { name: /Everything/ }));
  await userEvent.click(await screen.findByRole("option", { name: /Vanished/ }));
  await waitFor(() => expect(within(screen.getByRole("grid")).queryByText("gpt-7")).toBeNull());
  await userEvent.click(await box("Take mistral-small, Input"));
  expect(await screen.findByText("1 of 1 ticked")).toBeTruthy();
}, 30_000);

it("names an address that answers with a page, and takes nothing", async () => {
  const host = await open();
  await userEvent.type(await screen.findByLabelText("Address"), "example.com{Enter}");
  expect(await screen.findByText("An address begins with https:// or http://")).toBeTruthy();
  await userEvent.clear(screen.getByLabelText("Address"));
  await userEvent.type(screen.getByLabelText("Address"), "https://example.com/page{Enter}");
  expect(await screen.findByText(/answers with a web page/)).toBeTruthy();
  expect(host.calls.some((call) => call.name === "price_import_run")).toBe(false);
}, 30_000);

it("asks what the columns of a list mean, and reads it again with the answer", async () => {
  const host = await open("/tables/acme.csv");
  expect(await screen.findByText(/cannot be read like this/)).toBeTruthy();
  await userEvent.type(screen.getByLabelText("Provider"), "acme");
  await userEvent.tab();
  expect(await box("Take gpt-7, Input")).toBeTruthy();
  const asked = host.calls.filter((call) => call.name === "price_import_preview").at(-1)?.request;
  expect(asked).toMatchObject({ mapping: { provider: "acme", tokensPerPrice: 1_000_000, decimal: "," } });
}, 30_000);
