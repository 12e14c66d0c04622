import { cleanup, render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it } from "vitest";
import { App } from "../../app/App";
import { makeRouter } from "../../app/router";
import { installShortcuts } from "../../app/use-shortcut";
import { createQueryClient } from "../../ipc/query";
import "../../lib/i18n";
import type { FakeHandlers } from "../../ipc/fake";
import { fakeHost } from "../../test/render";
import { fake } from "./fake";

let stop: () => void;
beforeEach(() => (stop = installShortcuts()));
afterEach(() => {
  stop();
  cleanup();
});

const SLOW = { timeout: 8000 };

async function open(handlers: FakeHandlers = {}) {
  const host = fakeHost({ handlers: { ...fake, ...handlers } });
  // The book of the in-memory host is closed before the window looks.
  await host.call("book_close", {});
  window.location.hash = "#/";
  const client = createQueryClient();
  render(<App client={client} router={makeRouter(client)} />);
  await screen.findByRole("heading", { name: "Import usage" }, SLOW);
  return host;
}

const user = userEvent.setup();
const sent = (host: Awaited<ReturnType<typeof open>>, name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.request);

it("opens the sample book with Enter", async () => {
  const host = await open();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(sent(host, "book_sample_open")).toEqual([{}]), SLOW);
}, 40_000);

it("makes a book for a dropped usage file and looks at the file", async () => {
  const host = await open();
  host.drop({ kind: "drop", paths: ["/home/mara/spend.csv"] });
  await waitFor(() => expect(sent(host, "book_create")).toEqual([{ currency: "EUR", country: "DE", path: null }]), SLOW);
  await screen.findByRole("heading", { level: 1, name: "Import" }, SLOW);
  await waitFor(() => expect(sent(host, "usage_import_preview")[0]).toMatchObject({ path: "/home/mara/spend.csv" }), SLOW);
}, 40_000);

it("makes no book when no file was chosen", async () => {
  const host = await open();
  host.dialogAnswers.push(null);
  await user.click(screen.getByRole("button", { name: "Choose file" }));
  host.dialogAnswers.push("/home/mara/spend.jsonl");
  await user.click(screen.getByRole("button", { name: "Choose file" }));
  await waitFor(() => expect(sent(host, "book_create")).toHaveLength(1), SLOW);
}, 40_000);

it("says which book could not be opened and tries again", async () => {
  const error = { code: "refused", issues: [], params: { reason: "book_in_use" }, incident: null };
  const notOpened = { name: "halden.ratebook", path: "/home/mara/halden.ratebook", error };
  const host = await open({ book_status: (request, context) => ({ ...(fake.book_status?.(request, context) as object), notOpened }) });
  const note = await screen.findByRole("alert", {}, SLOW);
  expect(note.textContent).toContain("halden.ratebook could not be opened");
  expect(note.textContent).toContain("Another Ratebook has this book open.");
  await user.click(screen.getByRole("button", { name: "Try again" }));
  await waitFor(() => expect(sent(host, "book_open")).toEqual([{ path: "/home/mara/halden.ratebook" }]), SLOW);
}, 40_000);

it("has nowhere to go without a book", async () => {
  await open();
  const place = screen.getByRole("link", { name: "Price book" });
  expect(place.getAttribute("aria-disabled")).toBe("true");
  await user.keyboard("gp");
  expect(window.location.hash).toBe("#/");
  await user.keyboard("{Control>}k{/Control}");
  await screen.findByRole("option", { name: /Open the sample book/ }, SLOW);
  expect(screen.queryByRole("option", { name: /Go to Price book/ })).toBeNull();
}, 40_000);
