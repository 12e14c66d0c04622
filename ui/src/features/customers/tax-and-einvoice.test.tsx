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
beforeAll(() => Promise.all([import("./CustomersScreen"), import("./CustomerScreen")]).then(() => undefined), 60_000);
beforeEach(() => (stop = installShortcuts()));
afterEach(() => {
  stop();
  cleanup();
});

const SLOW = { timeout: 8000 };
const around: FakeHandlers = {
  choices: () => ({
    currencies: ["EUR"], zones: ["Europe/Berlin"], locales: ["en-GB"], countries: ["AT", "DE"], dimensions: [], endpointSchemes: ["EM", "0204", "0240"],
  }),
};

async function edit(id: string) {
  const host = fakeHost({ handlers: { ...openBook, ...around, ...fake } });
  window.location.hash = `#/customers/${id}?edit=true`;
  const client = createQueryClient();
  render(<App client={client} router={makeRouter(client)} />);
  const form = await screen.findByRole("dialog", { name: /^Edit / }, SLOW);
  return { host, form };
}

const user = userEvent.setup();

it("opens with its form where another screen leads to a missing field, and forgets it when closed", async () => {
  const { form } = await edit("c-1027");
  await user.click(within(form).getByRole("button", { name: "Cancel" }));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull(), SLOW);
  expect(window.location.hash).toBe("#/customers/c-1027");
}, 40_000);

it("enters the e-invoice that a customer wants, with its electronic address", async () => {
  const { host, form } = await edit("c-1027");
  await user.click(within(form).getByRole("button", { name: /Form/ }));
  await user.click(await screen.findByRole("option", { name: /^XRechnung, CII/ }, SLOW));
  await user.type(within(form).getByLabelText(/Their order/), "4500118226");
  const scheme = within(form).getByRole("combobox", { name: "Electronic address" });
  await user.clear(scheme);
  await user.type(scheme, "Leitweg");
  await user.click(await screen.findByRole("option", { name: /Germany, Leitweg-ID/ }, SLOW));
  await user.type(within(form).getByLabelText("Id in this scheme"), "04011000-12345-03");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull(), SLOW);
  const saved = host.calls.filter((call) => call.name === "customer_save").at(-1)?.request;
  expect(saved).toMatchObject({
    customer: {
      einvoice: "xrechnung",
      orderReference: "4500118226",
      endpoint: { scheme: "0204", id: "04011000-12345-03" },
    },
  });
}, 40_000);

it("shows what is usual for the tax with its reason, and takes it on request", async () => {
  const { host, form } = await edit("c-1027");
  expect(await within(form).findByText(/You and the customer are both in Germany/, {}, SLOW)).toBeTruthy();
  await user.click(within(form).getByRole("radio", { name: /Outside the scope/ }));
  await user.click(await within(form).findByRole("button", { name: "Take it" }, SLOW));
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull(), SLOW);
  const saved = host.calls.filter((call) => call.name === "customer_save").at(-1)?.request;
  expect(saved).toMatchObject({ customer: { tax: { kind: "rate", percent: "19" } } });
}, 40_000);
