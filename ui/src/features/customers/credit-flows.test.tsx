import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it } from "vitest";
import { App } from "../../app/App";
import { makeRouter } from "../../app/router";
import { installShortcuts } from "../../app/use-shortcut";
import { ApiError } from "../../ipc/errors";
import type { FakeHandlers } from "../../ipc/fake";
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

async function open(address: string, more: FakeHandlers = {}) {
  const host = fakeHost({ handlers: { ...openBook, undo: () => ({ book: null }), ...fake, ...more } });
  window.location.hash = `#${address}`;
  const client = createQueryClient();
  render(<App client={client} router={makeRouter(client)} />);
  await screen.findByRole("heading", { level: 1 }, SLOW);
  return host;
}

const user = userEvent.setup();
const sent = (host: Awaited<ReturnType<typeof open>>, name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.request as Record<string, never>);

it("grants credit: every fault at its field at once, then granted with a way back", async () => {
  const host = await open("/customers/c-1009");
  expect(await screen.findByText("No credit yet.", {}, SLOW)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Grant credit" }));
  const form = await screen.findByRole("dialog", { name: "Grant credit to Brio Telehealth SAS" }, SLOW);
  expect(document.activeElement).toBe(within(form).getByLabelText("Amount"));
  await user.type(within(form).getByLabelText("Amount"), "-5");
  await user.type(within(form).getByLabelText("Priority"), "300");
  await user.click(within(form).getByRole("button", { name: /^Grant credit/ }));

  const fault = async (label: string, words: string) => {
    const field = within(form).getByLabelText(label);
    await waitFor(() => expect(field.getAttribute("aria-invalid")).toBe("true"), SLOW);
    const described = (field.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent);
    expect(described.join(" ")).toContain(words);
  };
  await fault("Amount", "It must be above zero");
  await fault("Priority", "Too large");
  expect(document.activeElement).toBe(within(form).getByLabelText("Amount"));

  await user.clear(within(form).getByLabelText("Amount"));
  await user.type(within(form).getByLabelText("Amount"), "250.00");
  await user.clear(within(form).getByLabelText("Priority"));
  await user.type(within(form).getByLabelText("Priority"), "10");
  await user.click(within(form).getByRole("button", { name: /Pays for/ }));
  await user.click(await screen.findByRole("option", { name: "Agent runs" }, SLOW));
  expect(within(form).getByRole("button", { name: "Without Agent runs" })).toBeTruthy();
  await user.click(within(form).getByRole("button", { name: "Cancel" }));
  const question = await screen.findByRole("alertdialog", {}, SLOW);
  await user.click(within(question).getByRole("button", { name: "Keep editing" }));
  await user.keyboard("{Control>}{Enter}{/Control}");

  await screen.findByText("€250.00 are granted to Brio Telehealth SAS", {}, SLOW);
  expect(sent(host, "credit_grant_create").at(-1)).toMatchObject({
    customerId: "c-1009",
    amount: "250",
    currency: "EUR",
    kind: "paid",
    tax: "pre_tax",
    priority: "10",
    expiresAt: null,
    scope: ["meter:mtr_1"],
  });
  expect(await screen.findByText(/only Agent runs · priority 10/, {}, SLOW)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(sent(host, "undo")).toHaveLength(1), SLOW);
}, 40_000);

it("shows the ledger with balances and leads from an entry to its invoice", async () => {
  await open("/customers/c-1027");
  await user.click(await screen.findByRole("button", { name: "Ledger" }, SLOW));
  const sheet = await screen.findByRole("dialog", { name: "Credit of Nordlicht Versicherung AG" }, SLOW);
  const used = await within(sheet).findByText(/HS-2026-0447/, {}, SLOW);
  const row = used.closest("[role=row]") as HTMLElement;
  expect(row.textContent).toContain("−€3,109.60");
  expect(row.textContent).toContain("€1,890.40");
  await user.dblClick(row);
  await waitFor(() => expect(window.location.hash).toContain("/invoices?month=2026-09"), SLOW);
}, 40_000);

it("takes back what is left only after a question and with a reason", async () => {
  const host = await open("/customers/c-1027");
  await user.click(await screen.findByRole("button", { name: "Take back what is left of €5,000.00" }, SLOW));
  const question = await screen.findByRole("alertdialog", { name: "Take back €1,890.40?" }, SLOW);
  await user.click(within(question).getByRole("button", { name: "Take back €1,890.40" }));
  expect(within(question).getByText("Say why, it is kept in the ledger")).toBeTruthy();
  expect(sent(host, "credit_grant_void")).toHaveLength(0);
  await user.type(within(question).getByLabelText("Reason"), "paid back");
  await user.click(within(question).getByRole("button", { name: "Take back €1,890.40" }));
  await screen.findByText("€1,890.40 are taken back from Nordlicht Versicherung AG", {}, SLOW);
  expect(sent(host, "credit_grant_void")).toEqual([{ id: "grt-1", reason: "paid back" }]);
  expect(await screen.findByText("Taken back", {}, SLOW)).toBeTruthy();
}, 40_000);

it("says when credit cannot be read and asks again", async () => {
  let broken = true;
  const credit_grant_list: FakeHandlers["credit_grant_list"] = (request, context) => {
    if (broken) throw new ApiError({ code: "corrupt" });
    return fake.credit_grant_list?.(request, context);
  };
  await open("/customers/c-1009", { credit_grant_list });
  const alert = await screen.findByRole("alert", {}, SLOW);
  expect(alert.textContent).toContain("damaged");
  broken = false;
  await user.click(within(alert).getByRole("button", { name: "Try again" }));
  expect(await screen.findByText("No credit yet.", {}, SLOW)).toBeTruthy();
}, 40_000);
