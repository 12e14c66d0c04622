import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import { draw, fakeHost } from "../../test/render";
import { fake } from "./fake";
import { fakeCell, MODELS, RULES } from "./fake-data";
import { MarkupEditor } from "./MarkupEditor";
import { RulesSheet } from "./RulesSheet";
import { useStaging } from "./use-staging";

vi.setConfig({ testTimeout: 60_000 });

const SOL = MODELS.find((model) => model.model === "gpt-6.1-sol");

function Editor({ sign }: { sign?: string }) {
  const staging = useStaging();
  const [isOpen, setOpen] = useState(true);
  if (!isOpen) return <p>closed</p>;
  const target = { provider: "openai", model: "gpt-6.1-sol" };
  return <MarkupEditor editing={{ anchor: document.body, target, example: SOL ? fakeCell(SOL, "output_tokens", RULES) : null, currency: "EUR", sign }} staging={staging} onClose={() => setOpen(false)} />;
}

function Rules() {
  return <RulesSheet staging={useStaging()} currency="EUR" onClose={() => undefined} />;
}

const staged = (host: ReturnType<typeof fakeHost>) => host.calls.filter((call) => call.name === "price_stage").map((call) => call.request);
const percent = () => screen.findByLabelText("Markup in percent");

it("stages the markup of the model with Enter: nothing takes effect at once", async () => {
  const host = fakeHost({ handlers: fake });
  await draw(<Editor />);
  await userEvent.clear(await percent());
  await userEvent.type(await percent(), "37.5{Enter}");
  expect(await screen.findByText("closed")).toBeTruthy();
  expect(staged(host)).toEqual([
    {
      edits: [
        {
          scope: { level: "book", owner: null, provider: "openai", model: "gpt-6.1-sol", dimension: null, conditions: null },
          what: "markup",
          text: "",
          markup: { percent: "37.5", fixedPerUnit: null, fixedPerRequest: null, minimumMargin: null, roundTo: null },
          note: "",
        },
      ],
    },
  ]);
});

it("asks for the effect before anything is staged, and Esc stages nothing", async () => {
  const host = fakeHost({ handlers: fake });
  await draw(<Editor />);
  await userEvent.click(await screen.findByRole("radio", { name: "Provider" }));
  await userEvent.clear(await percent());
  await userEvent.type(await percent(), "55");
  await waitFor(() => {
    const asked = host.calls.filter((call) => call.name === "markup_preview").at(-1)?.request;
    expect(asked).toMatchObject({ scope: { provider: "openai", model: null, dimension: null }, markup: { percent: "55" } });
  });
  expect(await screen.findByText(/9 pay more/)).toBeTruthy();
  await userEvent.keyboard("{Escape}");
  expect(await screen.findByText("closed")).toBeTruthy();
  expect(staged(host)).toEqual([]);
});

it("shows what a price of the model would be while the markup is typed", async () => {
  const host = fakeHost({ handlers: fake });
  await draw(<Editor />);
  await userEvent.clear(await percent());
  await userEvent.type(await percent(), "150");
  const then = await screen.findByRole("status", { name: "What it makes of one price" }, { timeout: 10_000 });
  await waitFor(() => expect(then.textContent).toContain("60.0%"), { timeout: 10_000 });
  await userEvent.clear(await percent());
  await userEvent.type(await percent(), "-10");
  await waitFor(() => expect(screen.getByRole("status", { name: "What it makes of one price" }).textContent).toContain("below cost"), { timeout: 10_000 });
  expect(staged(host)).toEqual([]);
});

it("shows a fault of the book at its field and keeps what was typed", async () => {
  fakeHost({
    handlers: {
      ...fake,
      price_stage: () => ({ staged: false, results: [{ cell: null, fault: { code: "too_small", at: null, word: "-100" } }], draft: { staged: 0, validOn: null, reason: "", restores: null, number: 15, live: 14 } }),
    },
  });
  await draw(<Editor />);
  await userEvent.clear(await percent());
  await userEvent.type(await percent(), "-120{Enter}");
  expect(await screen.findByText("The number is too small")).toBeTruthy();
  expect(((await percent()) as HTMLInputElement).value).toBe("-120");
  await userEvent.type(await percent(), "0");
  expect(screen.queryByText("The number is too small")).toBeNull();
});

it("begins with the sign that opened it", async () => {
  const host = fakeHost({ handlers: fake });
  await draw(<Editor sign="-" />);
  expect(((await percent()) as HTMLInputElement).value).toBe("-");
  expect(screen.queryByText("This is not a number")).toBeNull();
  await userEvent.type(await percent(), "5{Enter}");
  expect(await screen.findByText("closed")).toBeTruthy();
  expect(staged(host)).toMatchObject([{ edits: [{ markup: { percent: "-5" } }] }]);
});

it("leads from the form of a rule back to the list, and the focus with it", async () => {
  fakeHost({ handlers: fake });
  await draw(<Rules />);
  await userEvent.click(await screen.findByRole("button", { name: "Add rule" }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Markup")));
  await userEvent.keyboard("{Escape}");
  expect(await screen.findByRole("button", { name: "Add rule" })).toBeTruthy();
});

it("stages the end of a rule from the list of rules", async () => {
  const host = fakeHost({ handlers: fake });
  await draw(<Rules />);
  await userEvent.click(await screen.findByRole("button", { name: "End the rule of gpt-6.1-sol" }));
  await waitFor(() => expect(staged(host)).toMatchObject([{ edits: [{ scope: { provider: "openai", model: "gpt-6.1-sol", dimension: null }, what: "clear" }] }]));
});
