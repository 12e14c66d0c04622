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
// Screens are loaded when they are first shown; on a busy machine that alone takes seconds.
beforeAll(() => Promise.all([import("./InvoicesScreen"), import("./OpenInvoicesScreen")]).then(() => undefined), 60_000);

beforeEach(() => {
  // Wide enough for the inspector to stand beside the paper.
  (window as unknown as { happyDOM: { setViewport(size: { width: number }): void } }).happyDOM.setViewport({ width: 1440 });
  stop = installShortcuts();
});
afterEach(() => {
  stop();
  cleanup();
});

async function open(address: string, ready: RegExp = /Finalize \d/) {
  const host = fakeHost({ handlers: { ...openBook, ...fake } });
  window.location.hash = `#${address}`;
  const client = createQueryClient();
  render(<App client={client} router={makeRouter(client)} />);
  await screen.findByRole("button", { name: ready }, { timeout: 8000 });
  return host;
}

const user = userEvent.setup();
const sent = (host: Awaited<ReturnType<typeof open>>, name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.request as Record<string, unknown>);

it("makes the ticked drafts final after a question that names count, total and number", async () => {
  const host = await open("/invoices");
  const list = await screen.findByRole("region", { name: "Documents of the month" });
  await user.click(within(list).getByRole("checkbox", { name: /Pixelforge/ }));
  await user.click(screen.getByRole("button", { name: /Finalize 5/ }));

  const question = await screen.findByRole("alertdialog", { name: /Make 5 invoices for October 2026 final/ });
  expect(question.textContent).toContain("€47,884.78");
  expect(question.textContent).toContain("HS-2026-0488");
  expect(question.textContent).toContain("cannot be undone");
  expect(sent(host, "invoice_finalize")).toEqual([]);

  await user.click(within(question).getByRole("button", { name: /Finalize 5/ }));
  await screen.findByText(/5 invoices are final: HS-2026-0488 to HS-2026-0492/, {}, { timeout: 8000 });
  expect(sent(host, "invoice_finalize")[0]).toMatchObject({
    month: "2026-10",
    customerIds: ["c-1022", "c-1027", "c-1003", "c-1035", "c-1018"],
  });
  expect(await within(list).findByText("HS-2026-0489")).toBeTruthy();
}, 30_000);

it("does nothing when the question is cancelled", async () => {
  const host = await open("/invoices");
  await user.keyboard("{Control>}{Enter}{/Control}");
  const question = await screen.findByRole("alertdialog");
  await user.click(within(question).getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(screen.queryByRole("alertdialog")).toBeNull());
  expect(sent(host, "invoice_finalize")).toEqual([]);
}, 30_000);

it("explains a line that is chosen", async () => {
  await open("/invoices?at=draft%3Ac-1027");
  const lines = await screen.findAllByRole("button", { name: /gpt-6.1-sol.*Output tokens/ }, { timeout: 8000 });
  await user.click(lines[0] as HTMLElement);
  expect(await screen.findByText("Where it comes from")).toBeTruthy();
  expect(screen.getByText("from €1,202.3040284, half away from zero")).toBeTruthy();
}, 30_000);

it("opens an invoice that the palette knows by its id alone", async () => {
  await open("/invoices?invoice=i-0487");
  expect(await screen.findByText("HS-2026-0487", { selector: ".selectable" }, { timeout: 8000 })).toBeTruthy();
}, 30_000);

it("saves one PDF where the system's dialog says, under the name of the book", async () => {
  const host = await open("/invoices?at=i-0486");
  host.dialogAnswers.push("/home/mara/HS-2026-0486.pdf");
  await user.keyboard("{Control>}s{/Control}");
  await screen.findByText("Saved as HS-2026-0486.pdf", {}, { timeout: 8000 });
  expect(sent(host, "invoice_pdf_save")[0]).toMatchObject({
    ids: ["i-0486"],
    draftCustomerIds: [],
    path: "/home/mara/HS-2026-0486.pdf",
  });
}, 30_000);

it("voids only with a reason", async () => {
  const host = await open("/invoices?at=i-0486");
  await user.click(await screen.findByRole("button", { name: "Void" }, { timeout: 8000 }));
  const question = await screen.findByRole("alertdialog", { name: /Void HS-2026-0486/ });
  await user.click(within(question).getByRole("button", { name: /Void HS-2026-0486/ }));
  expect(within(question).getByText(/Say why/)).toBeTruthy();
  expect(sent(host, "invoice_void")).toEqual([]);

  await user.type(within(question).getByRole("textbox"), "wrong address");
  await user.click(within(question).getByRole("button", { name: /Void HS-2026-0486/ }));
  await screen.findByText("HS-2026-0486 is void.", {}, { timeout: 8000 });
  expect(sent(host, "invoice_void")).toEqual([{ id: "i-0486", reason: "wrong address" }]);
}, 30_000);

it("takes an amount back by a credit note, never more than is left, and saves its PDF", async () => {
  const host = await open("/invoices?at=i-0486");
  await user.click(await screen.findByRole("button", { name: "Credit note…" }, { timeout: 8000 }));
  const sheet = await screen.findByRole("dialog", { name: /Credit note for HS-2026-0486/ });
  await user.click(within(sheet).getByRole("radio", { name: "An amount" }));
  const amount = within(sheet).getByRole("textbox", { name: /Net amount/ });
  await user.type(amount, "99999");
  expect(await within(sheet).findByText(/Only 11079.04 EUR is left/)).toBeTruthy();
  expect(within(sheet).getByRole("button", { name: /Issue credit note/ })).toHaveProperty("disabled", true);
  await user.clear(amount);
  await user.type(amount, "79.04");
  await user.type(within(sheet).getByRole("textbox", { name: /Reason/ }), "agreed");
  await waitFor(() => expect(sheet.textContent).toContain("To be paid back€79.04"));
  await user.click(within(sheet).getByRole("button", { name: /Issue credit note/ }));
  await screen.findByText("CN-HS-2026-0001 is issued.", {}, { timeout: 8000 });
  expect(sent(host, "credit_note_create")).toEqual([{ invoiceId: "i-0486", asked: { all: false, lines: [], amount: "79.04" }, reason: "agreed" }]);
  expect(await screen.findByText("€11,000.00 net left")).toBeTruthy();
  host.dialogAnswers.push("/home/mara/CN-HS-2026-0001.pdf");
  await user.click(await screen.findByRole("button", { name: "Save CN-HS-2026-0001 as PDF" }));
  await screen.findByText("Saved as CN-HS-2026-0001.pdf", {}, { timeout: 8000 });
}, 30_000);

it("enters a payment of what is open, and takes a wrong one back", async () => {
  const host = await open("/invoices?at=i-0486");
  await user.click(await screen.findByRole("button", { name: "Payment…" }, { timeout: 8000 }));
  const sheet = await screen.findByRole("dialog", { name: /Payment of HS-2026-0486/ });
  const amount = within(sheet).getByRole("textbox", { name: "Amount in EUR" });
  expect(amount).toHaveProperty("value", "11079.04");
  await user.clear(amount);
  await user.type(amount, "79.04");
  await user.click(within(sheet).getByRole("button", { name: /Enter payment/ }));
  await screen.findByText("HS-2026-0486: €11,000.00 is still open.", {}, { timeout: 8000 });
  expect(sent(host, "payment_add")[0]).toMatchObject({ invoiceId: "i-0486", amount: "79.04", currency: "EUR", receivedOn: "2026-11-03", refund: false });
  // At the document and in the list.
  expect(await screen.findAllByText("Partly paid")).toHaveLength(2);
  await user.click(screen.getByRole("button", { name: "Take back" }));
  const question = await screen.findByRole("alertdialog");
  await user.type(within(question).getByRole("textbox"), "another customer's");
  await user.click(within(question).getByRole("button", { name: "Take back" }));
  await waitFor(() => expect(screen.queryByText("Partly paid")).toBeNull());
}, 30_000);

it("lists what is open, and enters the lines of a bank that are ticked and no others", async () => {
  const host = await open("/invoices/open", /Bank statement/);
  await screen.findByText("2 invoices are open on 3 Nov 2026", {}, { timeout: 8000 });
  host.dialogAnswers.push(["/bank/november.csv"]);
  await user.click(screen.getByRole("button", { name: /Bank statement/ }));
  const sheet = await screen.findByRole("dialog", { name: "Bank statement november.csv" }, { timeout: 8000 });
  expect(await within(sheet).findByText(/Line 6, “ninety”/)).toBeTruthy();
  const ticks = within(sheet).getAllByRole("checkbox").map((box) => (box as HTMLInputElement).checked);
  expect(ticks).toEqual([true, false, false]);
  await user.click(within(sheet).getByRole("checkbox", { name: "Enter line 3" }));
  await user.click(within(sheet).getByRole("checkbox", { name: "Enter line 2" }));
  await user.click(within(sheet).getByRole("button", { name: /Enter 1 payment/ }));
  await screen.findByText(/1 payment entered/, {}, { timeout: 8000 });
  const request = sent(host, "payment_import")[0] as unknown as { accepted: { key: string }[] };
  expect(request.accepted.map((line) => line.key)).toEqual(["k2"]);
}, 30_000);
