import { cleanup, render, screen, within } from "@testing-library/react";
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
beforeAll(() => import("./AuditScreen").then(() => undefined), 60_000);
beforeEach(() => (stop = installShortcuts()));
afterEach(() => {
  stop();
  cleanup();
});

const SLOW = { timeout: 8000 };
const user = userEvent.setup();

it("finds entries by word and object, tells what changed, and saves what is listed", async () => {
  const host = fakeHost({ handlers: { ...openBook, ...fake } });
  window.location.hash = "#/audit";
  const client = createQueryClient();
  render(<App client={client} router={makeRouter(client)} />);
  await screen.findByText("5 entries", {}, SLOW);
  await user.type(screen.getByRole("searchbox"), "another");
  await screen.findByText("1 entry", {}, SLOW);
  await user.click(await screen.findByText("Payment taken back"));
  expect(await screen.findByText("DE123456789", {}, SLOW)).toBeTruthy();
  expect(screen.queryByText("notes"), "what is empty says nothing").toBeNull();
  await user.click(screen.getByRole("button", { name: "Only entries of HS-2026-0487" }));
  // Explained in a sheet where the window is narrow.
  await user.keyboard("{Escape}");
  await user.clear(await screen.findByRole("searchbox", {}, SLOW));
  await screen.findByText("3 entries", {}, SLOW);
  const grid = screen.getByRole("grid", { name: "Audit log" });
  expect(within(grid).getAllByText("HS-2026-0487")).toHaveLength(3);

  host.dialogAnswers.push(["/tmp/log.csv"]);
  await user.click(screen.getByRole("button", { name: "Save as CSV" }));
  await screen.findByText(/saved as log.csv/, {}, SLOW);
  const sent = host.calls.find((call) => call.name === "audit_export")?.request;
  expect(sent).toMatchObject({ path: "/tmp/log.csv", filter: { object: "i-0487" } });
}, 30_000);
