import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it } from "vitest";
import { App } from "../../app/App";
import { makeRouter } from "../../app/router";
import { installShortcuts } from "../../app/use-shortcut";
import type { FakeHandlers } from "../../ipc/fake";
import type { BookReply } from "../../ipc/generated/types";
import { createQueryClient } from "../../ipc/query";
import "../../lib/i18n";
import { openBook } from "../../test/book";
import { fakeHost } from "../../test/render";
import { fake } from "./fake";
import { MOST_LOGO } from "./model";

let stop: () => void;
beforeEach(() => (stop = installShortcuts()));
afterEach(() => {
  stop();
  cleanup();
});

const SLOW = { timeout: 8000 };
const closed: BookReply = { book: null };
const around: FakeHandlers = {
  choices: () => ({ currencies: ["EUR", "SEK", "USD"], zones: ["Europe/Berlin"], locales: ["en-GB", "de-DE"], countries: ["DE", "FR"], dimensions: [] }),
  undo: () => closed,
  book_sample_remove: () => closed,
  backup_create: ({ path }: { path: string | null }) => ({ path: path ?? "/home/mara/halden 2026-11-03.ratebook" }),
  customer_list: () => ({ rows: [], month: null }),
  customer_names: () => ({ rows: [] }),
};

async function open(section: string) {
  const host = fakeHost({ handlers: { ...openBook, ...around, ...fake } });
  window.location.hash = `#/settings?section=${section}`;
  const client = createQueryClient();
  render(<App client={client} router={makeRouter(client)} />);
  await screen.findByRole("navigation", { name: "Sections of the settings" }, SLOW);
  return host;
}

const user = userEvent.setup();
const sent = (host: Awaited<ReturnType<typeof open>>, name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.request as Record<string, never>);

it("saves what was changed in the section, whole and with a way back", async () => {
  const host = await open("company");
  const name = await screen.findByLabelText("Short name", {}, SLOW);
  expect(screen.queryByRole("button", { name: "Revert" })).toBeNull();
  await user.type(name, " Nord");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("The company is saved", {}, SLOW);
  expect(sent(host, "company_save")[0]).toMatchObject({
    company: { name: "Halden Systems Nord", legalName: "Halden Systems GmbH", bank: { bic: "BYLADEM1001" }, numberPrefix: "HS-{year}-" },
  });
  await waitFor(() => expect(screen.queryByRole("button", { name: "Revert" })).toBeNull(), SLOW);
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(sent(host, "undo")).toHaveLength(1), SLOW);
}, 40_000);

it("asks before unsaved edits are lost, also between sections", async () => {
  const host = await open("company");
  await user.type(await screen.findByLabelText("Short name", {}, SLOW), " x");
  await user.click(screen.getByRole("link", { name: "Book" }));
  const question = await screen.findByRole("alertdialog", {}, SLOW);
  await user.click(within(question).getByRole("button", { name: "Keep editing" }));
  expect((screen.getByLabelText("Short name") as HTMLInputElement).value).toBe("Halden Systems x");

  await user.click(screen.getByRole("link", { name: "Book" }));
  await user.click(within(await screen.findByRole("alertdialog", {}, SLOW)).getByRole("button", { name: "Throw away" }));
  expect(await screen.findByRole("heading", { level: 2, name: "Book" }, SLOW)).toBeTruthy();
  expect(sent(host, "company_save")).toEqual([]);
}, 40_000);

it("shows the next number of a template while it is typed, and faults at its field", async () => {
  const host = await open("numbers");
  const invoices = (await screen.findByRole("textbox", { name: "Invoices" }, SLOW)) as HTMLInputElement;
  expect(screen.getByText("HS-2026-0488")).toBeTruthy();
  await user.clear(invoices);
  await user.type(invoices, "R-{{YY}-");
  expect(await screen.findByText(/The counter is missing/, {}, SLOW)).toBeTruthy();
  expect(screen.getByRole("button", { name: /^Save/ })).toHaveProperty("disabled", true);
  await user.type(invoices, "{{00000}");
  expect(await screen.findByText("R-26-00488", {}, SLOW)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: /^Save/ }));
  await screen.findByText("The numbers are saved", {}, SLOW);
  expect(sent(host, "number_series_save")[0]).toMatchObject({ invoice: { template: "R-{YY}-{00000}", first: 1 } });
}, 40_000);

it("sets the least margin of an invoice", async () => {
  const host = await open("numbers");
  const guard = await screen.findByRole("textbox", { name: "Least margin of an invoice" }, SLOW);
  await user.type(guard, "-5");
  await user.click(screen.getByRole("button", { name: "Set the least margin" }));
  await waitFor(() => expect(sent(host, "invoice_settings_save")[0]).toEqual({ marginGuard: "-5" }), SLOW);
}, 40_000);

it("takes a PNG as the logo and leaves it when the next file is too large", async () => {
  const host = await open("company");
  await screen.findByText("No logo", {}, SLOW);
  const input = document.querySelector("input[type=file]") as HTMLInputElement;
  const bytes = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  await user.upload(input, new File([bytes], "logo.png", { type: "image/png" }));
  const picture = (await screen.findByAltText("The logo of the company", {}, SLOW)) as HTMLImageElement;
  expect(picture.src).toBe("data:image/png;base64,iVBORw0KGgo=");

  await user.upload(input, new File([new Uint8Array(MOST_LOGO + 1)], "huge.png", { type: "image/png" }));
  expect(await screen.findByText(/larger than 512 KiB/, {}, SLOW)).toBeTruthy();
  expect(screen.getByAltText("The logo of the company")).toBeTruthy();
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(sent(host, "company_save")[0]).toMatchObject({ company: { logoPng: "iVBORw0KGgo=" } }), SLOW);
}, 40_000);

it("adds the rate that the inbox asks for, exactly as typed", async () => {
  const host = await open("exchange&base=USD&quote=SEK");
  const rate = await screen.findByLabelText("One USD is", {}, SLOW);
  await user.type(rate, "9.3841");
  await user.type(screen.getByLabelText("Source"), "ECB");
  await user.click(screen.getByRole("button", { name: /^Stage/ }));
  await screen.findByText("The rate from USD to SEK is staged", {}, SLOW);
  expect(sent(host, "exchange_stage")[0]).toMatchObject({ base: "USD", quote: "SEK", to: { rate: "9.3841", source: "ECB" } });
  expect(await screen.findByText("9.3841", {}, SLOW)).toBeTruthy();
  expect(screen.getByRole("link", { name: "Review and publish in the price book" }).getAttribute("href")).toContain("sheet=review");
  await user.click(screen.getByRole("button", { name: "Take back the staged rate from USD to SEK" }));
  await waitFor(() => expect(sent(host, "exchange_stage")[1]).toEqual({ base: "USD", quote: "SEK", to: null }), SLOW);
}, 40_000);

it("removes the sample book only after a dialog that names it", async () => {
  const host = await open("book");
  await user.click(await screen.findByRole("button", { name: "Remove sample book" }, SLOW));
  const question = await screen.findByRole("alertdialog", { name: "Remove the sample book halden.ratebook?" }, SLOW);
  expect(question.textContent).toContain("12 customers");
  await user.click(within(question).getByRole("button", { name: "Cancel" }));
  expect(sent(host, "book_sample_remove")).toEqual([]);
  await user.click(screen.getByRole("button", { name: /Sample data/ }));
  await user.click(within(await screen.findByRole("alertdialog", {}, SLOW)).getByRole("button", { name: "Remove sample book" }));
  await waitFor(() => expect(sent(host, "book_sample_remove")).toHaveLength(1), SLOW);
}, 40_000);

it("copies the book where the dialog says", async () => {
  const host = await open("book");
  host.dialogAnswers.push("/media/stick/halden.ratebook");
  await user.click(await screen.findByRole("button", { name: "Copy to…" }, SLOW));
  await waitFor(() => expect(sent(host, "backup_create")[0]).toEqual({ path: "/media/stick/halden.ratebook" }), SLOW);
}, 40_000);
