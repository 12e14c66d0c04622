import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { App } from "../../app/App";
import { makeRouter } from "../../app/router";
import { installShortcuts } from "../../app/use-shortcut";
import { createQueryClient } from "../../ipc/query";
import "../../lib/i18n";
import { openBook } from "../../test/book";
import { fakeHost } from "../../test/render";
import { fake } from "./fake";

let stop: () => void;
const SLOW = { timeout: 8000 };

// Screens are loaded when they are first shown; on a busy machine that alone takes seconds.
beforeAll(() => import("./InvoicesScreen").then(() => undefined), 60_000);
beforeEach(() => {
  (window as unknown as { happyDOM: { setViewport(size: { width: number }): void } }).happyDOM.setViewport({ width: 1440 });
  stop = installShortcuts();
});
afterEach(() => {
  stop();
  cleanup();
});

async function open(address: string) {
  const host = fakeHost({ handlers: { ...openBook, ...fake } });
  window.location.hash = `#${address}`;
  const client = createQueryClient();
  render(<App client={client} router={makeRouter(client)} />);
  await screen.findByRole("button", { name: /Finalize \d/ }, SLOW);
  return host;
}

const user = userEvent.setup();
const sent = (host: Awaited<ReturnType<typeof open>>) =>
  host.calls.filter((call) => call.name === "einvoice_save").map((call) => call.request as Record<string, unknown>);

it("names what the e-invoice of a draft lacks, and leads to the form", async () => {
  await open("/invoices?at=draft%3Ac-1042");
  expect(await screen.findByText("XRechnung, CII: something is missing", {}, SLOW)).toBeTruthy();
  const company = screen.getByRole("group", { name: "Of the company" });
  expect(within(company).getByText("Telephone: Needed here")).toBeTruthy();
  const customer = screen.getByRole("group", { name: "Of the customer" });
  expect(within(customer).getByText("Their reference: Needed here")).toBeTruthy();
  await user.click(within(customer).getByRole("button", { name: "Open the customer" }));
  await waitFor(() => expect(window.location.hash).toContain("/customers/c-1042?edit=true"), SLOW);
}, 30_000);

it("says that a draft has all that its e-invoice asks for", async () => {
  await open("/invoices?at=draft%3Ac-1027");
  expect(await screen.findByText("Factur-X, ZUGFeRD: all is there", {}, SLOW)).toBeTruthy();
}, 30_000);

it("saves a final invoice in the form that the customer wants, or says what another one lacks", async () => {
  const host = await open("/invoices?at=i-0486");
  await user.click(await screen.findByRole("button", { name: "Save e-invoice" }, SLOW));
  const [first] = await screen.findAllByRole("menuitem", {}, SLOW);
  expect(first?.textContent).toContain("Factur-X, ZUGFeRD");
  expect(first?.textContent).toContain("as the customer wants it");
  host.dialogAnswers.push("/home/mara/HS-2026-0486.pdf");
  await user.click(first as HTMLElement);
  await screen.findByText("Saved as HS-2026-0486.pdf", {}, SLOW);
  expect(sent(host)).toEqual([{ ids: ["i-0486"], creditNoteIds: [], format: "factur_x", path: "/home/mara/HS-2026-0486.pdf" }]);

  await user.click(screen.getByRole("button", { name: "Save e-invoice" }));
  host.dialogAnswers.push("/home/mara/HS-2026-0486.xml");
  await user.click(await screen.findByRole("menuitem", { name: /Peppol/ }, SLOW));
  const lacks = await screen.findByRole("group", { name: "Of the customer" }, SLOW);
  expect(within(lacks).getByText("Their reference: Needed here")).toBeTruthy();
}, 30_000);

it("saves a credit note as an e-invoice", async () => {
  const host = await open("/invoices?at=i-0486");
  await user.click(await screen.findByRole("button", { name: "Credit note…" }, SLOW));
  const sheet = await screen.findByRole("dialog", { name: /Credit note for HS-2026-0486/ });
  await user.type(within(sheet).getByRole("textbox", { name: /Reason/ }), "agreed");
  await user.click(await within(sheet).findByRole("button", { name: /Issue credit note/ }));
  await screen.findByText("CN-HS-2026-0001 is issued.", {}, SLOW);
  await user.click(await screen.findByRole("button", { name: "Save CN-HS-2026-0001 as e-invoice" }, SLOW));
  host.dialogAnswers.push("/home/mara/CN-HS-2026-0001.xml");
  await user.click(await screen.findByRole("menuitem", { name: /XRechnung, UBL/ }, SLOW));
  await screen.findByText("Saved as CN-HS-2026-0001.xml", {}, SLOW);
  expect(sent(host)).toEqual([
    { ids: [], creditNoteIds: ["CN-HS-2026-0001"], format: "xrechnung_ubl", path: "/home/mara/CN-HS-2026-0001.xml" },
  ]);
}, 30_000);
