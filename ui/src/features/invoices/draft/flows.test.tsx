import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { App } from "../../../app/App";
import { makeRouter } from "../../../app/router";
import { installShortcuts } from "../../../app/use-shortcut";
import { createQueryClient } from "../../../ipc/query";
import "../../../lib/i18n";
import { openBook } from "../../../test/book";
import { fakeHost } from "../../../test/render";
import { fake } from "../fake";

let stop: () => void;
const SLOW = { timeout: 8000 };
// Screens are loaded when they are first shown; on a busy machine that alone takes seconds.
beforeAll(() => import("../InvoicesScreen").then(() => undefined), 60_000);

beforeEach(() => {
  // Wide enough for the inspector to stand beside the paper.
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
const sent = (host: Awaited<ReturnType<typeof open>>, name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.request as Record<string, unknown>);

it("holds the selected draft with a reason by one key, and leaves it out of the others", async () => {
  const host = await open("/invoices?at=draft%3Ac-1027");
  await screen.findByRole("button", { name: "Hold…" }, SLOW);
  await user.keyboard("h");
  const question = await screen.findByRole("dialog", { name: /Hold the invoice of Nordlicht/ }, SLOW);
  await user.click(within(question).getByRole("button", { name: /^Hold/ }));
  expect(await within(question).findByText("Needed here")).toBeTruthy();
  await user.type(within(question).getByRole("textbox"), "waits for the order");
  await user.click(within(question).getByRole("button", { name: /^Hold/ }));
  expect(await screen.findByText("Held: waits for the order", {}, SLOW)).toBeTruthy();
  expect(sent(host, "invoice_draft_mark").at(-1)).toEqual({ customerIds: ["c-1027"], month: "2026-10", mark: "hold", reason: "waits for the order" });
  expect(await screen.findByRole("button", { name: /Finalize 5/ }, SLOW)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Release" }));
  expect(await screen.findByRole("button", { name: /Finalize 6/ }, SLOW)).toBeTruthy();
}, 40_000);

it("approves with Space and takes it back with Space", async () => {
  const host = await open("/invoices?at=draft%3Ac-1027");
  await screen.findByRole("button", { name: "Approve" }, SLOW);
  await user.keyboard(" ");
  expect(await screen.findByText("Nordlicht Versicherung AG is approved.", {}, SLOW)).toBeTruthy();
  expect(await screen.findByRole("button", { name: "Take approval back" }, SLOW)).toBeTruthy();
  await user.keyboard(" ");
  await waitFor(() => expect(sent(host, "invoice_draft_mark").map((request) => request.mark)).toEqual(["approve", "unapprove"]), SLOW);
}, 40_000);

it("adds a line and a discount, says what it comes to, and names a discount that is too large", async () => {
  const host = await open("/invoices?at=draft%3Ac-1027");
  await screen.findByRole("button", { name: "Adjust…" }, SLOW);
  await user.keyboard("e");
  const sheet = await screen.findByRole("dialog", { name: /Adjust the invoice of Nordlicht/ }, SLOW);
  await user.click(within(sheet).getByRole("button", { name: "Line" }));
  await user.type(within(sheet).getByRole("textbox", { name: "Text on the invoice" }), "Onboarding");
  await user.type(within(sheet).getByRole("textbox", { name: "Price of one in EUR" }), "150");
  const comesTo = () => within(sheet).getByRole("region", { name: "What the draft comes to" }).textContent;
  await waitFor(() => expect(comesTo()).toContain("€9,532.55"), SLOW);
  await user.click(within(sheet).getByRole("radio", { name: "Amount" }));
  await user.type(within(sheet).getByRole("textbox", { name: "Amount in EUR" }), "99999");
  await user.type(within(sheet).getByRole("textbox", { name: "Reason" }), "first year");
  expect(await within(sheet).findByText(/More than the lines come to/, {}, SLOW)).toBeTruthy();
  const off = within(sheet).getByRole("textbox", { name: "Amount in EUR" });
  await user.clear(off);
  await user.type(off, "32.55");
  await waitFor(() => expect(comesTo()).toContain("−€32.55"), SLOW);
  await user.type(within(sheet).getByRole("textbox", { name: "Purchase order" }), "PO 4711");
  await user.click(within(sheet).getByRole("button", { name: /^Save/ }));
  await screen.findByText("The draft of Nordlicht Versicherung AG is adjusted.", {}, SLOW);
  expect(sent(host, "invoice_draft_save")[0]).toMatchObject({
    customerId: "c-1027",
    month: "2026-10",
    edit: {
      currency: "EUR",
      lines: [{ text: "Onboarding", quantity: "1", unitPrice: "150", tax: null }],
      discount: { percent: null, amount: "32.55", reason: "first year" },
      purchaseOrder: "PO 4711",
    },
  });
}, 60_000);

it("names what is worth a look, in words and days", async () => {
  await open("/invoices?at=draft%3Ac-1003");
  const flags = await screen.findByRole("list", { name: "Worth a look" }, SLOW);
  expect(flags.textContent).toContain("no usage on 4 days: 19–21 October 2026, 31 October 2026");
}, 40_000);

it("gives an invoice up with a reason, and takes that back", async () => {
  const host = await open("/invoices?at=i-0486");
  await user.click(await screen.findByRole("button", { name: "Give up…" }, SLOW));
  const question = await screen.findByRole("alertdialog", { name: /Give up what is open of HS-2026-0486/ }, SLOW);
  await user.type(within(question).getByRole("textbox"), "insolvent");
  await user.click(within(question).getByRole("button", { name: "Give up" }));
  // At the invoice and in the list.
  await waitFor(() => expect(screen.getAllByText("Uncollectible")).toHaveLength(2), SLOW);
  expect(sent(host, "invoice_write_off")[0]).toEqual({ invoiceId: "i-0486", reason: "insolvent", reverse: false });
  await user.click(screen.getByRole("button", { name: "To be paid after all…" }));
  const back = await screen.findByRole("alertdialog", {}, SLOW);
  await user.type(within(back).getByRole("textbox"), "paid the court");
  await user.click(within(back).getByRole("button", { name: "Take back" }));
  await waitFor(() => expect(screen.queryByText("Uncollectible")).toBeNull(), SLOW);
  expect(screen.getAllByText("Not paid").length).toBeGreaterThan(0);
}, 40_000);

it("replaces a void invoice at once, under the next number", async () => {
  const host = await open("/invoices?at=i-0486");
  await user.click(await screen.findByRole("button", { name: "Void" }, SLOW));
  const question = await screen.findByRole("alertdialog", {}, SLOW);
  await user.type(within(question).getByRole("textbox"), "wrong address");
  await user.click(within(question).getByRole("checkbox", { name: /Make the month final anew/ }));
  await user.click(within(question).getByRole("button", { name: /Void HS-2026-0486/ }));
  await screen.findByText("HS-2026-0486 is void, replaced by HS-2026-0488.", {}, SLOW);
  expect(sent(host, "invoice_reissue")[0]).toMatchObject({ id: "i-0486", reason: "wrong address" });
}, 40_000);

it("exports all final documents into a new folder", async () => {
  const host = await open("/invoices?at=i-0486");
  host.dialogAnswers.push("/home/mara/out");
  await user.click(await screen.findByRole("button", { name: "Export all" }, SLOW));
  await user.click(await screen.findByRole("menuitem", { name: /PDF and lines/ }, SLOW));
  await screen.findByText(/4 files in Invoices 2026-10/, {}, SLOW);
  expect(sent(host, "invoice_export")[0]).toMatchObject({ month: "2026-10", path: "/home/mara/out/Invoices 2026-10", format: null });
}, 40_000);
