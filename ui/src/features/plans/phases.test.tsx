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
import { changePhase, countBy, nextPhase } from "./phases";

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

it("begins a phase where the one before ends", () => {
  const trial = { ...nextPhase([]), name: "Trial" };
  const both = [trial, nextPhase([trial])];
  expect(both.map(({ first, last }) => [first, last])).toEqual([["1", "1"], ["2", "2"]]);
  expect(changePhase(both, 0, { last: "3" })[1]).toMatchObject({ first: "4", last: "2" });
  expect(changePhase(both, 0, { last: "" })[1]).toMatchObject({ first: "2" });
  expect(countBy(both, "days").map(({ by, first, last }) => [by, first, last])).toEqual([["days", "", ""], ["days", "", ""]]);
});

it("sells a trial and a ramp, and takes back an edit", async () => {
  const choices = () => ({ currencies: ["EUR", "USD"], zones: [], locales: [], countries: [], dimensions: [] });
  const host = fakeHost({ handlers: { ...openBook, ...fake, choices } });
  window.location.hash = "#/plans?plan=p-team";
  const client = createQueryClient();
  render(<App client={client} router={makeRouter(client)} />);
  await user.click(await screen.findByRole("button", { name: "Add a phase" }, SLOW));
  await user.type(screen.getByLabelText("Name of the phase"), "Trial");
  const phase = within(screen.getByRole("group", { name: "Trial" }));
  await user.click(phase.getByRole("button", { name: "Change a charge" }));
  await user.click(phase.getByRole("switch", { name: "Not charged at all" }));
  await user.click(phase.getByRole("button", { name: "Change a charge" }));
  await user.click(phase.getByRole("button", { name: "Change a charge" }));
  const runs = within(phase.getByRole("group", { name: "Agent runs in Trial" }));
  await user.click(runs.getByRole("switch", { name: "A price of its own" }));
  // It begins as the plan has it.
  expect((runs.getByRole("textbox", { name: "Tier 1: price per unit" }) as HTMLInputElement).value).toBe("0.08");
  await user.clear(runs.getByRole("textbox", { name: "Tier 1: price per unit" }));
  await user.type(runs.getByRole("textbox", { name: "Tier 1: price per unit" }), "0.01");
  await user.type(runs.getByRole("textbox", { name: "Units included" }), "5x");
  const save = () => screen.getByRole("button", { name: /^Save draft/ }) as HTMLButtonElement;
  expect(save().disabled).toBe(true);
  await user.clear(runs.getByRole("textbox", { name: "Units included" }));
  await user.type(runs.getByRole("textbox", { name: "Units included" }), "50");
  await user.click(phase.getByRole("button", { name: "Remove what is different about Model usage" }));
  expect(phase.queryByRole("group", { name: "Model usage in Trial" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  expect(phase.getByRole("group", { name: "Model usage in Trial" })).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Redo" }));
  await user.click(save());
  await waitFor(() => expect(host.calls.some((call) => call.name === "plan_save")).toBe(true), SLOW);
  const saved = host.calls.findLast((call) => call.name === "plan_save")?.request as { terms: { phases: unknown } };
  expect(saved.terms.phases).toMatchObject([
    {
      name: "Trial",
      by: "periods",
      first: "1",
      last: "1",
      changes: [
        { charge: "Team fee", off: true },
        { charge: "Agent runs", included: "50", price: { model: "graduated", meter: "m-runs", tiers: [{ unitPrice: "0.01" }, {}, {}] } },
      ],
    },
  ]);
}, 60_000);
