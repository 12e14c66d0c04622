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
const choices = () => ({ currencies: ["EUR", "USD"], zones: [], locales: [], countries: [], dimensions: [] });

async function open(address: string) {
  const host = fakeHost({ handlers: { ...openBook, ...fake, choices, undo: () => ({ book: null }) } });
  window.location.hash = `#${address}`;
  const client = createQueryClient();
  render(<App client={client} router={makeRouter(client)} />);
  await screen.findByRole("heading", { level: 1 }, SLOW);
  return host;
}
const sent = (host: Awaited<ReturnType<typeof open>>, name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.request as Record<string, never>);

it("makes a plan: fault at its field, saved, published", async () => {
  const host = await open("/plans?create=true");
  await user.type(await screen.findByLabelText("Name", {}, SLOW), "Starter");
  await user.click(screen.getByRole("button", { name: "Add usage" }));
  await user.type(screen.getByLabelText("Price per unit"), "0.002");
  await waitFor(() => expect(screen.getByRole("status", { name: "Amount" }).textContent).toContain("2.00"), SLOW);
  await user.keyboard("{Control>}{Enter}{/Control}");
  const name = screen.getByLabelText("Name on the invoice");
  await waitFor(() => expect(name.getAttribute("aria-invalid")).toBe("true"), SLOW);
  await user.type(name, "Calls");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Starter is saved", {}, SLOW);
  expect(sent(host, "plan_save").at(-1)).toMatchObject({
    id: "",
    currency: "EUR",
    charges: [{ name: "Calls", kind: "usage", meter: "model_calls", model: "per_unit", unitPrice: "0.002", tiers: null }],
  });
  await user.click(await screen.findByRole("button", { name: "Publish" }, SLOW));
  await user.click(within(await screen.findByRole("dialog", {}, SLOW)).getByRole("button", { name: /^Publish/ }));
  await screen.findByText("Starter is published", {}, SLOW);
  expect(sent(host, "plan_publish")[0]).toMatchObject({ moveFrom: null });
  expect(await screen.findByText(/cannot be changed/, {}, SLOW)).toBeTruthy();
}, 40_000);

it("asks before an edited draft is left", async () => {
  const host = await open("/plans?plan=p-team");
  await user.type(await screen.findByLabelText("Name", {}, SLOW), "X");
  await user.click(screen.getByRole("link", { name: /Enterprise/ }));
  await user.click(within(await screen.findByRole("alertdialog", {}, SLOW)).getByRole("button", { name: "Keep editing" }));
  expect((screen.getByLabelText("Name") as HTMLInputElement).value).toBe("TeamX");
  await user.click(screen.getByRole("link", { name: /Enterprise/ }));
  await user.click(within(await screen.findByRole("alertdialog", {}, SLOW)).getByRole("button", { name: "Throw away" }));
  expect(await screen.findByRole("heading", { level: 2, name: "Enterprise" }, SLOW)).toBeTruthy();
  expect(sent(host, "plan_save")).toHaveLength(0);
}, 40_000);

const choose = async (button: HTMLElement, option: string) => {
  await user.click(button);
  await user.click(await screen.findByRole("option", { name: option }, SLOW));
};
/** Of the usage charge that was added to a new plan. */
async function newCharge(name: string) {
  const host = await open("/plans?create=true");
  await user.type(await screen.findByLabelText("Name", {}, SLOW), name);
  await user.click(screen.getByRole("button", { name: "Add usage" }));
  await user.type(screen.getByLabelText("Name on the invoice"), "Calls");
  return host;
}

it("sells by volume with a minimum: derived, faulty, saved, published", async () => {
  const host = await newCharge("Large buyers");
  await choose(screen.getByRole("button", { name: /^Per unit/ }), "Volume");
  await user.click(screen.getByRole("button", { name: "Add a tier" }));
  await user.type(screen.getByLabelText("Tier 1: up to and including"), "2000");
  await user.type(screen.getByLabelText("Tier 1: price per unit"), "0.02");
  await user.type(screen.getByLabelText("Tier 2: price per unit"), "0.015");
  await user.click(screen.getByRole("button", { name: /^More terms/ }));
  await user.type(screen.getByLabelText("At least"), "40");
  const amount = screen.getByRole("status", { name: "Amount" });
  await waitFor(() => expect(amount.textContent).toContain("40.00"), SLOW);
  const derived = screen.getByRole("group", { name: "Try a quantity" });
  expect(derived.textContent).toContain("All at tier 1€20.001,000 × €0.02");
  expect(derived.textContent).toContain("it would be €20.00");

  // A fault of the document stands at its field, also where that is folded away.
  await user.type(screen.getByLabelText("At most"), "30");
  await user.click(screen.getByRole("button", { name: /^More terms/ }));
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(screen.getByLabelText("At least").getAttribute("aria-invalid")).toBe("true"), SLOW);
  await user.clear(screen.getByLabelText("At most"));
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Large buyers is saved", {}, SLOW);
  const charge = sent(host, "plan_save").at(-1)?.charges?.[0] as unknown as { model: string; document: string };
  expect(charge.model).toBe("document");
  expect(JSON.parse(charge.document)).toEqual({
    model: "volume",
    tiers: [
      { up_to: "2000", unit_price: "0.02", flat_fee: "0" },
      { unit_price: "0.015", flat_fee: "0" },
    ],
    charge_flat_at_zero: true,
    minimum: "40",
  });

  await user.click(await screen.findByRole("button", { name: "Publish" }, SLOW));
  await user.click(within(await screen.findByRole("dialog", {}, SLOW)).getByRole("button", { name: /^Publish/ }));
  await screen.findByText(/cannot be changed/, {}, SLOW);
  expect(screen.getByText("Volume")).toBeTruthy();
  expect(screen.getByText("At least").nextSibling?.textContent).toBe("€40.00");
  expect(screen.getByText("€0.015")).toBeTruthy();
}, 60_000);

it("moves the border of a tier by keys, and the table with it", async () => {
  const host = await open("/plans?plan=p-team");
  await user.click(await screen.findByRole("button", { name: "Curves and customers" }, SLOW));
  const sheet = within(await screen.findByRole("dialog", { name: "Agent runs" }, SLOW));
  const handle = await sheet.findByRole("slider", { name: "Tier 2: up to and including" }, SLOW);
  expect(handle.getAttribute("aria-valuetext")).toBe("20,000 run");
  const field = () => (sheet.getByRole("textbox", { name: "Tier 2: up to and including" }) as HTMLInputElement).value;
  handle.focus();
  await user.keyboard("{ArrowRight}");
  expect(field()).toBe("21,000");
  await user.keyboard("{PageUp}{ArrowLeft}");
  expect(field()).toBe("49,000");
  await user.keyboard("{Home}");
  expect(field()).toBe("1,001");
  expect(handle.getAttribute("aria-valuetext")).toBe("1,001 run");
  // The other way round: the field moves the handle.
  await user.clear(sheet.getByRole("textbox", { name: "Tier 2: up to and including" }));
  await user.type(sheet.getByRole("textbox", { name: "Tier 2: up to and including" }), "30000");
  expect(sheet.getByRole("slider", { name: "Tier 2: up to and including" }).getAttribute("aria-valuetext")).toBe("30,000 run");

  // Graduated tiers have no cliff, the same tiers by volume have one: 2,925 at 30,000, 1,350.05 above.
  await waitFor(() => expect(sheet.getByRole("region", { name: "Cliffs" }).textContent).toContain("never costs less"), SLOW);
  await user.click(sheet.getByRole("radio", { name: "Volume" }));
  await waitFor(() => expect(sheet.getByRole("region", { name: "Cliffs" }).textContent).toContain("at 30,001"), SLOW);
  expect(sheet.getByRole("region", { name: "Cliffs" }).textContent).toContain("\u2212€474.95");
  expect(sent(host, "charge_quote").some((request) => (request.quantities as unknown as string[]).length > 60)).toBe(true);
  await user.click(sheet.getByRole("button", { name: "Done" }));
  expect(screen.getByText("Unsaved changes")).toBeTruthy();
  expect(screen.getByRole("button", { name: /^Volume/ })).toBeTruthy();
}, 60_000);

/** The tier editor of the draft with tiers. */
async function openTiers() {
  const host = await open("/plans?plan=p-team");
  await user.click(await screen.findByRole("button", { name: "Curves and customers" }, SLOW));
  const sheet = within(await screen.findByRole("dialog", { name: "Agent runs" }, SLOW));
  await sheet.findByRole("region", { name: /^What this means/ }, SLOW);
  return { host, sheet };
}
type TierSheet = Awaited<ReturnType<typeof openTiers>>["sheet"];
const valueOf = (sheet: TierSheet, name: string) => (sheet.getByRole("textbox", { name }) as HTMLInputElement).value;
const PRICE_2 = "Tier 2: price per unit";

it("moves a price by keys, says what that means for customers, and takes it back", async () => {
  const { host, sheet } = await openTiers();
  const effect = () => sheet.getByRole("region", { name: /^What this means/ }).textContent ?? "";
  await waitFor(() => expect(effect()).toContain("+€4,290.73 against version 2"), SLOW);
  expect(effect()).toContain("9 customersmedian −€9.72, most −€18.71");
  expect(sheet.getByRole("table", { name: "Tiers of Agent runs" }).textContent).toContain("54.2%");
  const handle = sheet.getByRole("slider", { name: PRICE_2 });
  expect(handle.getAttribute("aria-valuetext")).toBe("€0.06 for each run");
  handle.focus();
  await user.keyboard("{ArrowDown}");
  expect(valueOf(sheet, PRICE_2)).toBe("0.059");
  await waitFor(() => expect(effect()).not.toContain("+€4,290.73"), SLOW);
  const asked = sent(host, "charge_compare").at(-1) as unknown as { before: { tiers: unknown[] }; customers: { cost: string | null }[] };
  expect([asked.before.tiers.length, asked.customers.length]).toEqual([3, 28]);
  expect(asked.customers[0]?.cost).not.toBeNull();
  await user.click(sheet.getByRole("button", { name: "Undo: price of tier 2" }));
  expect(valueOf(sheet, PRICE_2)).toBe("0.06");
  await waitFor(() => expect(effect()).toContain("+€4,290.73"), SLOW);
  await user.keyboard("{Control>}{Shift>}z{/Shift}{/Control}");
  expect(valueOf(sheet, PRICE_2)).toBe("0.059");
  handle.focus();
  await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
  expect(valueOf(sheet, PRICE_2)).toBe("0.05");
  await user.click(sheet.getByRole("button", { name: "Back to version 2" }));
  expect(valueOf(sheet, "Tier 2: up to and including")).toBe("10,000");
  await waitFor(() => expect(effect()).toContain("As much as against version 2"), SLOW);
}, 60_000);

it("shows all faults at once, each at its field, and forgets them when they are mended", async () => {
  const { sheet } = await openTiers();
  const field = (name: string) => sheet.getByRole("textbox", { name });
  const type = async (name: string, text: string) => {
    await user.clear(field(name));
    if (text !== "") await user.type(field(name), text);
  };
  await type("Tier 2: up to and including", "500");
  await type("Tier 1: price per unit", "-1");
  await type(PRICE_2, "0.1234567890123");
  await type("Tier 3: price per unit", "");
  const table = sheet.getByRole("table", { name: "Tiers of Agent runs" });
  await waitFor(() => expect(table.textContent).toContain("It must be above 1000"), SLOW);
  await waitFor(() => expect(table.textContent).toContain("Needed here"), SLOW);
  expect(table.textContent).toContain("It cannot be below zero");
  expect(table.textContent).toContain("Too many digits behind the point");
  expect(table.querySelectorAll("[aria-invalid=true]")).toHaveLength(4);
  await user.click(sheet.getByRole("button", { name: "Back to version 2" }));
  await waitFor(() => expect(table.querySelectorAll("[aria-invalid=true]")).toHaveLength(0), SLOW);
  expect(valueOf(sheet, PRICE_2)).toBe("0.065");
}, 60_000);

it("draws to scale, hides lines, keeps numbers when the model changes", async () => {
  const { sheet } = await openTiers();
  await user.click(sheet.getByRole("radio", { name: "Linear" }));
  await sheet.findByText("400,000", {}, SLOW);
  const lines = () => Array.from(document.querySelectorAll("path[data-line]"), (line) => line.getAttribute("data-line"));
  expect(lines()).toEqual(["published", "draft", "published", "draft"]);
  await user.click(sheet.getByRole("button", { name: "Version 2" }));
  expect(lines()).toEqual(["draft", "draft"]);
  await user.click(sheet.getByRole("radio", { name: "Package" }));
  expect([valueOf(sheet, "Units in a package"), valueOf(sheet, "Price of a package")]).toEqual(["1,000", "80"]);
  await user.click(sheet.getByRole("radio", { name: "Volume" }));
  expect([valueOf(sheet, PRICE_2), valueOf(sheet, "Tier 2: flat fee")]).toEqual(["0.06", "25"]);
  await user.click(sheet.getByRole("button", { name: "Add a tier" }));
  expect([valueOf(sheet, "Tier 3: up to and including"), valueOf(sheet, "Tier 4: price per unit")]).toEqual(["200,000", "0.045"]);
}, 60_000);

it("takes tiers from a spreadsheet in one step", async () => {
  const { sheet } = await openTiers();
  await user.click(sheet.getByRole("textbox", { name: PRICE_2 }));
  await user.paste("Up to\tPrice\n5,000\t0.07\n50,000\t0.05\n\t0.04\n");
  expect([valueOf(sheet, "Tier 1: up to and including"), valueOf(sheet, PRICE_2), valueOf(sheet, "Tier 3: price per unit")]).toEqual(["5,000", "0.05", "0.04"]);
  await user.click(sheet.getByRole("button", { name: /^Undo/ }));
  expect(valueOf(sheet, PRICE_2)).toBe("0.06");
  // What is no table goes into the field as it is.
  await user.clear(sheet.getByRole("textbox", { name: PRICE_2 }));
  await user.paste("0.061");
  expect(valueOf(sheet, PRICE_2)).toBe("0.061");
}, 60_000);

it("prices what is typed: fractions, nothing, too much, and what is no quantity", async () => {
  const { sheet } = await openTiers();
  const tried = within(sheet.getByRole("group", { name: "Try a quantity" }));
  const field = tried.getByRole("textbox");
  const amount = tried.getByRole("status", { name: "Amount" });
  const type = async (text: string) => {
    await user.clear(field);
    await user.type(field, text);
  };
  await type("1000.5");
  await waitFor(() => expect(amount.textContent).toBe("€105.03"), SLOW);
  expect(tried.getByText("0.5")).toBeTruthy();
  await type("0");
  await waitFor(() => expect(amount.textContent).toBe("€0.00"), SLOW);
  await user.clear(field);
  expect([(field as HTMLInputElement).value, amount.textContent]).toEqual(["", ""]);
  await type("-5");
  expect([field.getAttribute("aria-invalid"), amount.textContent]).toEqual(["true", ""]);
  await type("1.2345678");
  expect([field.getAttribute("aria-invalid"), amount.textContent]).toEqual(["true", ""]);
}, 60_000);

it("keeps a price that it has no fields for", async () => {
  const host = await open("/plans?create=true");
  const document = '{"model":"cost_plus","markup":{"percent":"20"}}';
  const enterprise = (await host.call("plan_list", {})).plans.find((plan) => plan.name === "Enterprise");
  const priced = enterprise?.versions[0]?.charges[1];
  if (!priced) throw new Error("no charge");
  const charge = { ...priced, name: "Days", meter: "m-runs", model: "document" as const, markup: null, document };
  await host.call("plan_save", { id: "", name: "Raw", description: "", archived: false, currency: "EUR", charges: [charge] });
  cleanup();
  window.location.hash = "#/plans?plan=p-new-5";
  const client = createQueryClient();
  render(<App client={client} router={makeRouter(client)} />);
  const box = await screen.findByRole("region", { name: "Price document" }, SLOW);
  expect(box.textContent).toContain('"percent": "20"');
  await user.type(screen.getByLabelText("Name on the invoice"), "ly");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Raw is saved", {}, SLOW);
  expect(sent(host, "plan_save").at(-1)?.charges).toMatchObject([{ name: "Daysly", model: "document", document }]);
}, 60_000);

it("keeps a billing test: failing, taken over, saved", async () => {
  const host = await open("/plans?plan=p-team");
  await user.click(await screen.findByRole("button", { name: "Add test" }, SLOW));
  await user.type(screen.getByLabelText("Must come to"), "1");
  expect(await screen.findByText("1 fails", {}, SLOW)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Take this amount" }));
  expect(await screen.findByText("1 passes", {}, SLOW)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Save tests" }));
  const name = screen.getByLabelText("What is tested");
  await waitFor(() => expect(name.getAttribute("aria-invalid")).toBe("true"), SLOW);
  await user.type(name, "the usual month");
  await user.click(screen.getByRole("button", { name: "Save tests" }));
  await screen.findByText("Billing tests are saved", {}, SLOW);
  expect(sent(host, "plan_tests_save").at(-1)).toMatchObject({ id: "p-team", tests: [{ name: "the usual month" }] });
}, 40_000);

it("writes a plan as text and names the line of a broken one", async () => {
  const host = await open("/plans?plan=p-team");
  host.dialogAnswers.push("/tmp/team.plan.toml", ["/tmp/broken.toml"]);
  await user.click(await screen.findByRole("button", { name: "More" }, SLOW));
  await user.click(await screen.findByRole("menuitem", { name: "Export as text…" }, SLOW));
  await screen.findByText("Team is written to team.plan.toml", {}, SLOW);
  expect(sent(host, "plan_export").map((one) => one.path)).toEqual([null, "/tmp/team.plan.toml"]);
  await user.click(screen.getByRole("button", { name: "Import plan…" }));
  expect(await screen.findByText(/^9: charges\[0\]\.unit_prise: /, {}, SLOW)).toBeTruthy();
}, 40_000);
