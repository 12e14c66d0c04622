import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { Button } from "../components/Button";
import { draw } from "../test/render";
import { shortcuts, type Shortcut } from "./shortcuts";
import { installShortcuts, useShortcut } from "./use-shortcut";
import words from "../locales/en/shortcuts.json";

let remove = () => {};
beforeEach(() => {
  remove = installShortcuts();
});
afterEach(() => remove());

interface Heard {
  go: () => void;
  primary: () => void;
  undo: () => void;
  press: () => void;
  inModal: () => void;
}

function Page({ heard, modal }: { heard: Heard; modal?: boolean }) {
  useShortcut("goUsage", heard.go);
  useShortcut("primary", heard.primary);
  useShortcut("undo", heard.undo);
  useShortcut("primary", heard.inModal, { enabled: modal === true, scope: "modal" });
  return (
    <>
      <Button onPress={heard.press}>{"Export"}</Button>
      <input aria-label="Name" />
      {modal && <div data-modal />}
    </>
  );
}

const all = (): Heard => ({ go: vi.fn(), primary: vi.fn(), undo: vi.fn(), press: vi.fn(), inModal: vi.fn() });

it("hears a sequence of keys, but not while somebody types", async () => {
  const heard = all();
  await draw(<Page heard={heard} />);
  await userEvent.keyboard("gu");
  expect(heard.go).toHaveBeenCalledOnce();
  await userEvent.click(await screen.findByRole("textbox"));
  await userEvent.keyboard("gu");
  expect(heard.go).toHaveBeenCalledOnce();
});

it("gives Ctrl Enter to the primary action, not to the focused button", async () => {
  const heard = all();
  await draw(<Page heard={heard} />);
  (await screen.findByRole("button")).focus();
  await userEvent.keyboard("{Control>}{Enter}{/Control}");
  expect(heard.primary).toHaveBeenCalledOnce();
  expect(heard.press).not.toHaveBeenCalled();
});

it("leaves Ctrl Z to a text field", async () => {
  const heard = all();
  await draw(<Page heard={heard} />);
  await userEvent.keyboard("{Control>}z{/Control}");
  expect(heard.undo).toHaveBeenCalledOnce();
  await userEvent.click(await screen.findByRole("textbox"));
  await userEvent.keyboard("{Control>}z{/Control}");
  expect(heard.undo).toHaveBeenCalledOnce();
});

it("rests the page's keys under a sheet", async () => {
  const heard = all();
  await draw(<Page heard={heard} modal />);
  await screen.findByRole("textbox");
  await userEvent.keyboard("gu{Control>}{Enter}{/Control}");
  expect(heard.go).not.toHaveBeenCalled();
  expect(heard.primary).not.toHaveBeenCalled();
  expect(heard.inModal).toHaveBeenCalledOnce();
});

it("has one action per key in each group, and words for all", () => {
  const entries: [string, Shortcut][] = Object.entries(shortcuts);
  const combos = entries.map(([, { combo, group }]) => `${group} ${combo}`);
  expect(new Set(combos).size).toBe(combos.length);
  expect(entries.filter(([id]) => !(id in words)).map(([id]) => id)).toEqual([]);
});
