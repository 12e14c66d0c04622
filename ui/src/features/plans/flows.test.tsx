import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it } from "vitest";
import { App } from "../../app/App";
import { makeRouter } from "../../app/router";
import { installShortcuts } from "../../app/use-shortcut";
import { createQueryClient } from "../../ipc/query";
import "../../lib/i18n";
import { openBook } from "../../test/book";
import { fakeHost } from "../../test/render";
import { fake } from "./fake";

let stop: () => void;
beforeEach(() => (stop = installShortcuts()));
afterEach(() => {
  stop();
  cleanup();
});

const SLOW = { timeout: 8000 };
const user = userEvent.setup();
const choices = () => ({ currencies: ["EUR", "USD"], zones: [], locales: [], countries: [], dimensions: [] });

async function open(address: string) {
  const host = fakeHost({ handlers: { ...openBook, ...fake, choices, undo: () => ({ book: null }) } });
  window.location.hash = `#${address}`;
  const client = createQueryClient();
  render(<App client={client} router={makeRouter(client)} />);
  await screen.findByRole("heading", { level: 1 }, SLOW);
  return host;
}
const sent = (host: Awaited<ReturnType<typeof open>>, name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.request as Record<string, never>);

it("makes a plan: fault at its field, saved, published", async () => {
  const host = await open("/plans?create=true");
  await user.type(await screen.findByLabelText("Name", {}, SLOW), "Starter");
  await user.click(screen.getByRole("button", { name: "Add usage" }));
  await user.type(screen.getByLabelText("Price per unit"), "0.002");
  await waitFor(() => expect(screen.getByRole("status", { name: "Amount" }).textContent).toContain("2.00"), SLOW);
  await user.keyboard("{Control>}{Enter}{/Control}");
  const name = screen.getByLabelText("Name on the invoice");
  await waitFor(() => expect(name.getAttribute("aria-invalid")).toBe("true"), SLOW);
  await user.type(name, "Calls");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Starter is saved", {}, SLOW);
  expect(sent(host, "plan_save").at(-1)).toMatchObject({
    id: "",
    currency: "EUR",
    charges: [{ name: "Calls", kind: "usage", meter: "model_calls", model: "per_unit", unitPrice: "0.002", tiers: null }],
  });
  await user.click(await screen.findByRole("button", { name: "Publish" }, SLOW));
  await user.click(within(await screen.findByRole("dialog", {}, SLOW)).getByRole("button", { name: /^Publish/ }));
  await screen.findByText("Starter is published", {}, SLOW);
  expect(sent(host, "plan_publish")[0]).toMatchObject({ moveFrom: null });
  expect(await screen.findByText(/cannot be changed/, {}, SLOW)).toBeTruthy();
}, 40_000);

it("asks before an edited draft is left", async () => {
  const host = await open("/plans?plan=p-team");
  await user.type(await screen.findByLabelText("Name", {}, SLOW), "X");
  await user.click(screen.getByRole("link", { name: /Enterprise/ }));
  await user.click(within(await screen.findByRole("alertdialog", {}, SLOW)).getByRole("button", { name: "Keep editing" }));
  expect((screen.getByLabelText("Name") as HTMLInputElement).value).toBe("TeamX");
  await user.click(screen.getByRole("link", { name: /Enterprise/ }));
  await user.click(within(await screen.findByRole("alertdialog", {}, SLOW)).getByRole("button", { name: "Throw away" }));
  expect(await screen.findByRole("heading", { level: 2, name: "Enterprise" }, SLOW)).toBeTruthy();
  expect(sent(host, "plan_save")).toHaveLength(0);
}, 40_000);
