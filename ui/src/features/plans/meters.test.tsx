import { cleanup, render, screen, waitFor } from "@testing-library/react";
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
// The screen is loaded when it is first shown; on a busy machine that alone takes seconds.
beforeAll(() => import("./PlansScreen").then(() => undefined), 60_000);
beforeEach(() => (stop = installShortcuts()));
afterEach(() => {
  stop();
  cleanup();
});

const SLOW = { timeout: 8000 };
const user = userEvent.setup();
const choose = async (button: RegExp, option: string) => {
  await user.click(screen.getByRole("button", { name: button }));
  await user.click(await screen.findByRole("option", { name: option }, SLOW));
};

it("counts in every way: what is missing is named, what is not used does not travel", async () => {
  const host = fakeHost({ handlers: { ...openBook, ...fake } });
  window.location.hash = "#/plans?meters=true";
  const client = createQueryClient();
  render(<App client={client} router={makeRouter(client)} />);
  const saved = () => host.calls.findLast((call) => call.name === "meter_save")?.request as unknown;
  await user.click(await screen.findByRole("button", { name: "New meter" }, SLOW));
  await user.type(await screen.findByLabelText("Name", {}, SLOW), "Users");
  await user.type(screen.getByLabelText("Event name"), "agent_run");
  expect(screen.getByText("Every event counts as one. 3 events are 3.")).toBeTruthy();
  await choose(/^Number of events/, "Number of different values");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(screen.getByLabelText("Property").getAttribute("aria-invalid")).toBe("true"), SLOW);
  await user.type(screen.getByLabelText("Property"), "user");
  await user.type(screen.getByLabelText(/^Kept apart by/), "region, tier");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Users is saved", {}, SLOW);
  expect(saved()).toMatchObject({ meter: { aggregation: "unique_count", key: "user", quantity: null, formula: null, groupBy: ["region", "tier"] } });
  expect(await screen.findByText("Different user of agent_run", {}, SLOW)).toBeTruthy();

  await user.click(screen.getByRole("button", { name: "Edit Pages read" }));
  await choose(/^Sum/, "Greatest value");
  await user.click(screen.getByRole("radio", { name: "A computed value" }));
  await user.type(screen.getByLabelText("Formula"), "pages * 2");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Pages read is saved", {}, SLOW);
  expect(saved()).toMatchObject({ meter: { aggregation: "max", quantity: null, formula: "pages * 2", key: null } });
}, 60_000);
