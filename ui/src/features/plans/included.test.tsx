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

it("includes credit in a plan and carries what is left over", async () => {
  const choices = () => ({ currencies: ["EUR", "USD"], zones: [], locales: [], countries: [], dimensions: [] });
  const host = fakeHost({ handlers: { ...openBook, ...fake, choices } });
  window.location.hash = "#/plans?create=true";
  const client = createQueryClient();
  render(<App client={client} router={makeRouter(client)} />);
  await user.type(await screen.findByLabelText("Name", {}, SLOW), "Starter");
  await user.click(screen.getByRole("button", { name: "Add credit" }));
  await user.type(screen.getByLabelText("Name on the invoice"), "Starter credit");
  await user.type(screen.getByLabelText("Priority"), "300");
  await user.keyboard("{Control>}{Enter}{/Control}");
  for (const label of ["Credit of a full period", "Priority"]) {
    await waitFor(() => expect(screen.getByLabelText(label).getAttribute("aria-invalid")).toBe("true"), SLOW);
  }
  await user.type(screen.getByLabelText("Credit of a full period"), "31");
  await user.clear(screen.getByLabelText("Priority"));
  await user.type(screen.getByLabelText("Priority"), "10");
  await user.click(screen.getByRole("switch", { name: "Carry over what is left" }));
  expect((screen.getByLabelText("At most") as HTMLInputElement).value).toBe("31");
  await user.type(screen.getByLabelText("At least"), "2");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await screen.findByText("Starter is saved", {}, SLOW);
  const saved = host.calls.findLast((call) => call.name === "plan_save")?.request;
  expect(saved).toMatchObject({
    charges: [
      {
        name: "Starter credit",
        kind: "credit",
        amount: "31",
        timing: null,
        meter: null,
        model: null,
        credit: { priority: "10", tax: "pre_tax", least: "2", most: "31" },
      },
    ],
  });
}, 40_000);
