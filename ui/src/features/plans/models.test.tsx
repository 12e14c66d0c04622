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
// The screen is loaded when it is first shown; on a busy machine that alone takes seconds.
beforeAll(() => import("./PlansScreen").then(() => undefined), 60_000);
beforeEach(() => (stop = installShortcuts()));
afterEach(() => {
  stop();
  cleanup();
});

const SLOW = { timeout: 8000 };
const user = userEvent.setup();

/** A new plan with a usage charge of a model. */
async function charge(model: string) {
  const choices = () => ({ currencies: ["EUR", "USD"], zones: [], locales: [], countries: [], dimensions: [] });
  const host = fakeHost({ handlers: { ...openBook, ...fake, choices } });
  window.location.hash = "#/plans?create=true";
  const client = createQueryClient();
  render(<App client={client} router={makeRouter(client)} />);
  await user.type(await screen.findByLabelText("Name", {}, SLOW), "Deal");
  await user.click(screen.getByRole("button", { name: "Add usage" }));
  await user.type(screen.getByLabelText("Name on the invoice"), "Usage");
  await choose(screen.getByRole("button", { name: /^Per unit/ }), model);
  const saved = () => {
    const request = host.calls.findLast((call) => call.name === "plan_save")?.request as { charges: { document: string }[] } | undefined;
    return JSON.parse(request?.charges[0]?.document ?? "null") as unknown;
  };
  const asked = () => {
    const request = host.calls.findLast((call) => call.name === "charge_quote")?.request as { usage?: string } | undefined;
    return JSON.parse(request?.usage ?? "null") as unknown;
  };
  return { host, saved, asked };
}
const choose = async (button: HTMLElement, option: string) => {
  await user.click(button);
  await user.click(await screen.findByRole("option", { name: option }, SLOW));
};
const type = async (field: HTMLElement, text: string) => {
  await user.clear(field);
  await user.type(field, text);
};
const box = (name: string, inside = screen.getByRole("main")) => within(inside).getByRole("textbox", { name });
const save = () => user.keyboard("{Control>}{Enter}{/Control}");
const amounts = async (text: string) => waitFor(() => expect(screen.getByRole("status", { name: "Amount" }).textContent).toBe(text), SLOW);
const group = (name: string | RegExp) => screen.getByRole("group", { name });

it("sells a share of each event: faulty, derived event by event, saved", async () => {
  const { saved, asked } = await charge("Percentage of each event");
  await save();
  await waitFor(() => expect(box("Share of each event").getAttribute("aria-invalid")).toBe("true"), SLOW);
  await type(box("Share of each event"), "2.9");
  await type(box("Fee for each event optional"), "0.3");
  await amounts("€12.21");
  const derived = group("Try a usage").textContent;
  expect(derived).toContain("Event 2€7.55");
  expect(derived).toContain("2.9% of €250");
  await type(box("Amounts of the events"), "10 x");
  expect(box("Amounts of the events").getAttribute("aria-invalid")).toBe("true");
  await type(box("Amounts of the events"), "10 20");
  await amounts("€1.47");
  expect(asked()).toEqual({ events: ["10", "20"] });
  await save();
  await screen.findByText("Deal is saved", {}, SLOW);
  expect(saved()).toEqual({ model: "percentage", rate_percent: "2.9", fixed_fee_per_event: "0.3" });
}, 60_000);

it("sells shares of a sum of money in tiers", async () => {
  const { saved } = await charge("Percentages in tiers");
  await user.click(screen.getByRole("button", { name: "Add a tier" }));
  await type(box("Tier 1: up to and including"), "1000");
  await type(box("Tier 1: share"), "2");
  await type(box("Tier 2: share"), "1");
  await type(box("Try an amount"), "1500");
  await amounts("€25.00");
  expect(screen.getByRole("group", { name: "Try a quantity" }).textContent).toContain("1% of €500");
  await save();
  await screen.findByText("Deal is saved", {}, SLOW);
  expect(saved()).toMatchObject({ tiers: [{ up_to: "1000", rate_percent: "2" }, { rate_percent: "1" }] });
}, 60_000);

it("keeps the price that was there as that of each day", async () => {
  const { saved, asked } = await charge("Graduated");
  await user.click(screen.getByRole("button", { name: "Add a tier" }));
  await type(box("Tier 1: up to and including"), "100");
  await type(box("Tier 1: price per unit"), "1");
  await type(box("Tier 2: price per unit"), "0.5");
  await choose(screen.getByRole("button", { name: /^Graduated/ }), "Per hour, day or group");
  const inner = group("Price of a day");
  expect((box("Tier 1: price per unit", inner) as HTMLInputElement).value).toBe("1");
  await type(box("Day 1"), "150");
  await type(box("Day 2"), "40");
  await user.click(screen.getByRole("button", { name: "One less" }));
  await amounts("€165.00");
  expect(asked()).toEqual({ buckets: [{ quantity: "150" }, { quantity: "40" }] });
  expect(group("Try a usage").textContent).toContain("Day 1€125");
  await save();
  await screen.findByText("Deal is saved", {}, SLOW);
  expect(saved()).toMatchObject({ model: "bucketed", per: "day", base: { model: "graduated", charge_flat_at_zero: true } });
}, 60_000);

it("has terms inside too, with their faults at their own fields", async () => {
  const { saved } = await charge("Per hour, day or group");
  const inner = group("Price of a day");
  await type(box("Price per unit", inner), "1");
  await user.click(within(inner).getByRole("button", { name: /^More terms/ }));
  await type(box("At least", inner), "130");
  await type(box("At most", inner), "1");
  await save();
  await waitFor(() => expect(box("At least", inner).getAttribute("aria-invalid")).toBe("true"), SLOW);
  await type(box("At most", inner), "x");
  expect((screen.getByRole("button", { name: /^Save draft/ }) as HTMLButtonElement).disabled).toBe(true);
  await user.clear(box("At most", inner));
  await save();
  await screen.findByText("Deal is saved", {}, SLOW);
  expect(saved()).toMatchObject({ model: "bucketed", per: "day", base: { model: "per_unit", unit_price: "1", minimum: "130" } });
}, 60_000);

it("gives each value a price, and all others one", async () => {
  const { saved, asked } = await charge("A price for each value");
  await type(box("Value"), "eu");
  await type(box("Price per unit", group("Price of eu")), "2");
  await user.click(screen.getByRole("button", { name: "Add a value" }));
  await save();
  const second = group("Price of 2");
  await waitFor(() => expect(box("Value", second).getAttribute("aria-invalid")).toBe("true"), SLOW);
  expect(box("Price per unit", second).getAttribute("aria-invalid")).toBe("true");
  await user.click(screen.getByRole("button", { name: "Remove the price of 2" }));
  await choose(within(group("Price of each other value")).getByRole("button", { name: /^Per unit/ }), "Flat amount");
  await type(box("Amount for a month", group("Price of each other value")), "9");
  await type(box("eu"), "3");
  await user.click(screen.getByRole("button", { name: "Try another value" }));
  await user.type(box("Another value"), "us");
  await amounts("€15.00");
  expect(asked()).toMatchObject({ lines: [{ value: "eu", quantity: "3" }, { value: "us" }] });
  await save();
  await screen.findByText("Deal is saved", {}, SLOW);
  expect(saved()).toEqual({
    model: "line_sum",
    lines: [{ value: "eu", price: { model: "per_unit", unit_price: "2" } }],
    default: { model: "flat", amount: "9" },
  });
}, 60_000);

it("limits several units at the same time", async () => {
  const { saved, asked } = await charge("Capacity in steps");
  await type(box("Unit 1, at most"), "seats");
  await user.click(screen.getByRole("button", { name: "Add a unit" }));
  await type(box("Unit 2, at most"), "seats");
  expect(box("Unit 2, at most").getAttribute("aria-invalid")).toBe("true");
  await type(box("Unit 2, at most"), "gb");
  await type(box("Tier 1: most seats"), "5");
  await type(box("Tier 1: most gb"), "100");
  await type(box("Tier 1: amount"), "9");
  await save();
  await waitFor(() => expect(box("Tier 2: amount").getAttribute("aria-invalid")).toBe("true"), SLOW);
  await type(box("Tier 2: amount"), "20");
  await type(box("seats"), "3");
  await type(box("gb"), "101");
  await amounts("€20.00");
  expect(asked()).toEqual({ seats: "3", gb: "101" });
  expect(group("Try a usage").textContent).toContain("gb 101");
  await save();
  await screen.findByText("Deal is saved", {}, SLOW);
  expect(saved()).toEqual({
    model: "capacity",
    tiers: [
      { limits: { seats: "5", gb: "100" }, amount: "9" },
      { limits: { seats: null, gb: null }, amount: "20" },
    ],
  });
}, 60_000);
