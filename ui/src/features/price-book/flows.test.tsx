import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { draw, fakeHost } from "../../test/render";
import { fake } from "./fake";
import { fakeCell, MODELS, RULES } from "./fake-data";
import { MarkupEditor } from "./MarkupEditor";
import { RulesSheet } from "./RulesSheet";
import { useMarkupActions } from "./use-markup-actions";

const SOL = MODELS.find((model) => model.model === "gpt-6.1-sol");

function Editor({ sign }: { sign?: string }) {
  const actions = useMarkupActions();
  const [isOpen, setOpen] = useState(true);
  if (!isOpen || !SOL) return <p>closed</p>;
  const target = { provider: "openai", model: SOL.model, dimension: "output_tokens" };
  return <MarkupEditor editing={{ anchor: document.body, target, cell: fakeCell(SOL, "output_tokens", RULES), currency: "EUR", sign }} actions={actions} onClose={() => setOpen(false)} />;
}

function Rules() {
  return <RulesSheet actions={useMarkupActions()} currency="EUR" onClose={() => undefined} />;
}

const saved = (host: ReturnType<typeof fakeHost>) => host.calls.filter((call) => call.name === "markup_save").map((call) => call.request);
const percent = () => screen.findByLabelText("Markup in percent");

it("saves the markup of the cell with Enter, and of the provider when that is chosen", async () => {
  const host = fakeHost({ handlers: fake });
  await draw(<Editor />);
  await userEvent.clear(await percent());
  await userEvent.type(await percent(), "37.5{Enter}");
  expect(await screen.findByText("closed")).toBeTruthy();
  expect(saved(host)).toEqual([
    {
      scope: { level: "book", owner: null, provider: "openai", model: "gpt-6.1-sol", dimension: "output_tokens" },
      markup: { percent: "37.5", fixedPerUnit: null, fixedPerRequest: null, minimumMargin: null, roundTo: null },
      validFrom: null,
    },
  ]);
});

it("asks for the effect before anything is saved, and Esc saves nothing", async () => {
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
  expect(saved(host)).toEqual([]);
});

it("shows what the price would be while the markup is typed", async () => {
  const host = fakeHost({ handlers: fake });
  await draw(<Editor />);
  await userEvent.clear(await percent());
  await userEvent.type(await percent(), "150");
  const then = await screen.findByRole("status", { name: "Then" });
  await waitFor(() => expect(then.textContent).toContain("60.0%"));
  expect(then.textContent).toContain("higher");
  await userEvent.clear(await percent());
  await userEvent.type(await percent(), "-10");
  await waitFor(() => expect(screen.getByRole("status", { name: "Then" }).textContent).toContain("below cost"));
  expect(saved(host)).toEqual([]);
});

it("shows a fault of the book at its field and keeps what was typed", async () => {
  fakeHost({ handlers: fake });
  await draw(<Editor />);
  await userEvent.clear(await percent());
  await userEvent.type(await percent(), "-120{Enter}");
  expect(await screen.findByText("Too small")).toBeTruthy();
  expect(((await percent()) as HTMLInputElement).value).toBe("-120");
});

it("begins with the sign that opened it", async () => {
  const host = fakeHost({ handlers: fake });
  await draw(<Editor sign="-" />);
  expect(((await percent()) as HTMLInputElement).value).toBe("-");
  expect(screen.queryByText("This is not a number")).toBeNull();
  await userEvent.type(await percent(), "5{Enter}");
  expect(await screen.findByText("closed")).toBeTruthy();
  expect(saved(host)).toMatchObject([{ markup: { percent: "-5" } }]);
});

it("takes a fault away once its field is changed, and brings it back when it is the same again", async () => {
  // As from a real host: the answer comes after the page was drawn.
  fakeHost({ handlers: fake, delay: 20 });
  await draw(<Editor />);
  await userEvent.clear(await percent());
  await userEvent.type(await percent(), "-120{Enter}");
  expect(await screen.findByText("Too small")).toBeTruthy();
  await userEvent.type(await percent(), "0");
  expect(screen.queryByText("Too small")).toBeNull();
  await userEvent.type(await percent(), "{Enter}");
  expect(await screen.findByText("Too small")).toBeTruthy();
});

it("leads from the form of a rule back to the list, and the focus with it", async () => {
  fakeHost({ handlers: fake });
  await draw(<Rules />);
  await userEvent.click(await screen.findByRole("button", { name: "Add rule" }));
  await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText("Markup")));
  await userEvent.keyboard("{Escape}");
  expect(await screen.findByRole("button", { name: "Add rule" })).toBeTruthy();
});

it("ends a rule from the list of rules", async () => {
  const host = fakeHost({ handlers: fake });
  await draw(<Rules />);
  await userEvent.click(await screen.findByRole("button", { name: "End the rule of gpt-6.1-sol" }));
  await waitFor(() => expect(screen.queryByRole("button", { name: "End the rule of gpt-6.1-sol" })).toBeNull());
  expect(saved(host)).toMatchObject([{ scope: { provider: "openai", model: "gpt-6.1-sol", dimension: null }, markup: null }]);
});
