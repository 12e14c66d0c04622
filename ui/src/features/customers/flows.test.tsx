import { cleanup, render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { App } from "../../app/App";
import { makeRouter } from "../../app/router";
import { installShortcuts } from "../../app/use-shortcut";
import type { FakeHandlers } from "../../ipc/fake";
import { createQueryClient } from "../../ipc/query";
import "../../lib/i18n";
import { openBook } from "../../test/book";
import { fakeHost } from "../../test/render";
import { fake } from "./fake";

let stop: () => void;
// Screens are loaded when they are first shown; on a busy machine that alone takes seconds.
beforeAll(() => Promise.all([import("./CustomersScreen"), import("./CustomerScreen")]).then(() => undefined), 60_000);
beforeEach(() => (stop = installShortcuts()));
afterEach(() => {
  stop();
  cleanup();
});

const SLOW = { timeout: 8000 };
const around: FakeHandlers = {
  choices: () => ({ currencies: ["EUR", "USD"], zones: ["Europe/Berlin"], locales: ["en-GB", "de-DE"], countries: ["DE", "FR"], dimensions: [] }),
  company_get: () => ({
    company: { address: { country: "DE" }, currency: "EUR", locale: "en-GB", zone: "Europe/Berlin" },
    nextNumber: "HS-2026-0488",
    usualTax: { kind: "rate", percent: "19", reason: null },
  }),
  undo: () => ({ book: null }),
};

async function open(address: string) {
  const host = fakeHost({ handlers: { ...openBook, ...around, ...fake } });
  window.location.hash = `#${address}`;
  const client = createQueryClient();
  render(<App client={client} router={makeRouter(client)} />);
  await screen.findByRole("heading", { level: 1 }, SLOW);
  return host;
}

const user = userEvent.setup();
const sent = (host: Awaited<ReturnType<typeof open>>, name: string) =>
  host.calls.filter((call) => call.name === name).map((call) => call.request as Record<string, never>);

it("makes a customer of an unknown name: faults at their fields, then saved with a way back", async () => {
  const host = await open("/customers?new=org_77");
  const form = await screen.findByRole("dialog", { name: "New customer" }, SLOW);
  expect(within(form).getByText("org_77")).toBeTruthy();
  await user.type(within(form).getByLabelText(/E-mail for invoices/), "nobody");
  await user.click(within(form).getByRole("radio", { name: /Reverse charge/ }));
  await user.click(within(form).getByRole("button", { name: /Create customer/ }));

  const fault = async (label: RegExp | string, words: string) => {
    const field = within(form).getByLabelText(label);
    await waitFor(() => expect(field.getAttribute("aria-invalid")).toBe("true"), SLOW);
    const described = (field.getAttribute("aria-describedby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent);
    expect(described.join(" ")).toContain(words);
  };
  await fault("Name", "Needed here");
  await fault(/E-mail for invoices/, "This is not an e-mail address");
  await fault(/Tax id/, "Needed here");
  expect(document.activeElement).toBe(within(form).getByLabelText("Name"));

  await user.type(within(form).getByLabelText("Name"), "Acme SAS");
  await user.type(within(form).getByLabelText(/E-mail for invoices/), "@acme.example");
  await user.type(within(form).getByLabelText(/Tax id/), "FR40303265045");
  await user.keyboard("{Control>}{Enter}{/Control}");

  expect(await screen.findByRole("heading", { level: 1, name: "Acme SAS" }, SLOW)).toBeTruthy();
  expect(sent(host, "customer_save").at(-1)).toMatchObject({
    customer: {
      id: "",
      name: "Acme SAS",
      email: "nobody@acme.example",
      taxId: "FR40303265045",
      currency: "EUR",
      aliases: ["org_77"],
      tax: { kind: "reverse_charge" },
      address: { country: "DE" },
    },
  });
  expect(screen.getByText("Acme SAS is a customer now")).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(sent(host, "undo")).toHaveLength(1), SLOW);
}, 40_000);

it("asks before what was typed is thrown away", async () => {
  await open("/customers?create=1");
  const form = await screen.findByRole("dialog", { name: "New customer" }, SLOW);
  await user.type(within(form).getByLabelText("Name"), "Half a");
  await user.click(within(form).getByRole("button", { name: "Cancel" }));
  const question = await screen.findByRole("alertdialog", {}, SLOW);
  await user.click(within(question).getByRole("button", { name: "Keep editing" }));
  expect((within(form).getByLabelText("Name") as HTMLInputElement).value).toBe("Half a");
  await user.click(within(form).getByRole("button", { name: "Cancel" }));
  await user.click(within(await screen.findByRole("alertdialog", {}, SLOW)).getByRole("button", { name: "Throw away" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull(), SLOW);
}, 40_000);

it("saves a name in usage at once and keeps one that is taken, with its fault", async () => {
  const host = await open("/customers/c-1027");
  await screen.findByRole("heading", { level: 1, name: "Nordlicht Versicherung AG" }, SLOW);
  await user.type(screen.getByLabelText("Add a name", { selector: "input" }), "nl-prod{Enter}");
  await screen.findByText("Names of Nordlicht Versicherung AG are saved", {}, SLOW);
  expect(sent(host, "customer_save")[0]).toMatchObject({ customer: { id: "c-1027", aliases: ["nordlicht", "org_1027", "nl-prod"] } });

  await user.type(screen.getByLabelText("Add a name", { selector: "input" }), "brio{Enter}");
  expect(await screen.findByText("brio is taken", {}, SLOW)).toBeTruthy();
  expect(screen.getByRole("button", { name: "Remove brio" })).toBeTruthy();
}, 40_000);

it("puts a customer on a plan in its currency, and refuses to take away what was billed", async () => {
  const host = await open("/customers/c-1009");
  await screen.findByRole("heading", { level: 1, name: "Brio Telehealth SAS" }, SLOW);
  await user.click(screen.getByRole("button", { name: "Add" }));
  const sheet = await screen.findByRole("dialog", { name: "Put on a plan" }, SLOW);
  const save = within(sheet).getByRole("button", { name: /^Save/ });
  expect((save as HTMLButtonElement).disabled).toBe(true);
  await user.click(await within(sheet).findByRole("button", { name: /Choose a plan/ }, SLOW));
  await user.click(await screen.findByRole("option", { name: "Enterprise, version 2" }, SLOW));
  await user.click(within(sheet).getByRole("button", { name: /^Save/ }));
  await screen.findByText("Brio Telehealth SAS is on Enterprise, version 2", {}, SLOW);
  expect(sent(host, "subscription_save")[0]).toMatchObject({
    subscription: { id: "", customerId: "c-1009", planVersionId: "v-enterprise-2", endsOn: null },
  });

  await user.click(screen.getByRole("button", { name: "Take Team away" }));
  expect(await screen.findByText(/billed already, so it stays/, {}, SLOW)).toBeTruthy();
}, 40_000);

it("agrees an amount and a price of any model, and asks before they are lost", async () => {
  const host = await open("/customers/c-1009");
  await user.click(await screen.findByRole("button", { name: "Add" }, SLOW));
  const sheet = within(await screen.findByRole("dialog", { name: "Put on a plan" }, SLOW));
  await user.click(await sheet.findByRole("button", { name: /Choose a plan/ }, SLOW));
  await user.click(await screen.findByRole("option", { name: "Enterprise, version 2" }, SLOW));
  await user.click(await sheet.findByRole("button", { name: "Agree another price" }, SLOW));
  const save = () => sheet.getByRole("button", { name: /^Save/ }) as HTMLButtonElement;
  await user.type(sheet.getByLabelText("Amount instead"), "12x");
  expect(save().disabled).toBe(true);
  await user.keyboard("{Escape}");
  await user.click(within(await screen.findByRole("alertdialog", {}, SLOW)).getByRole("button", { name: "Keep editing" }));
  await user.clear(sheet.getByLabelText("Amount instead"));
  await user.type(sheet.getByLabelText("Amount instead"), "1500");
  await user.click(sheet.getByRole("button", { name: "Agree another price" }));
  await user.click(sheet.getByRole("switch", { name: "A price of its own" }));
  await user.click(sheet.getByRole("button", { name: /^Per unit/ }));
  await user.click(await screen.findByRole("option", { name: "Packages" }, SLOW));
  // It begins with the numbers of the plan.
  expect((sheet.getByLabelText("Price of a package") as HTMLInputElement).value).toBe("20");
  await user.click(save());
  await screen.findByText("Brio Telehealth SAS is on Enterprise, version 2", {}, SLOW);
  expect(sent(host, "subscription_save")[0]).toMatchObject({
    subscription: {
      agreed: {
        overrides: [
          { charge: "Platform", amount: "1500" },
          { charge: "Calls", price: { model: "document", document: '{"model":"package","package_size":"1000","package_price":"20","round":"up"}' } },
        ],
      },
    },
  });
}, 40_000);

it("takes a customer out of use from the menu", async () => {
  const host = await open("/customers/c-1027");
  await user.click(await screen.findByRole("button", { name: "More" }, SLOW));
  await user.click(await screen.findByRole("menuitem", { name: "Archive" }, SLOW));
  await screen.findByText("Nordlicht Versicherung AG is archived", {}, SLOW);
  expect(sent(host, "customer_save")[0]).toMatchObject({ customer: { archived: true } });
}, 40_000);

it("finds in the list by what is typed and says so when nothing matches", async () => {
  await open("/customers");
  await screen.findByText("Brio Telehealth SAS", {}, SLOW);
  await user.keyboard("/");
  await user.keyboard("nothing like it");
  expect(await screen.findByText("No customer matches “nothing like it”.", {}, SLOW)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: "Clear the filter" }));
  expect(await screen.findByText("Brio Telehealth SAS", {}, SLOW)).toBeTruthy();
}, 40_000);
