import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Users } from "lucide-react";
import { afterEach, expect, it, vi } from "vitest";
import { draw } from "../../test/render";
import { useActions, useResultProvider, type Action, type ResultProvider } from "../actions";
import { Palette } from "./Palette";
import { closePalette, openPalette } from "./state";

const run = vi.fn<(what: string) => void>();
const actions: Action[] = [
  { id: "import", title: "Import usage", icon: Users, run: () => run("import") },
  { id: "new", title: "New customer", icon: Users, run: () => run("new") },
];
const provider: ResultProvider = {
  id: "book",
  search: async (query) => [
    {
      id: "customer",
      title: "Customers",
      found: query.startsWith("nord")
        ? [{ id: "c1", title: "Nordlicht AG", icon: Users, run: () => run("nordlicht"), preview: () => "Scale, monthly" }]
        : [],
    },
  ],
};
const broken: ResultProvider = { id: "broken", search: () => Promise.reject(new Error("gone")) };

function Page() {
  useActions(actions);
  useResultProvider(provider);
  useResultProvider(broken);
  return <Palette />;
}

afterEach(() => {
  closePalette();
  localStorage.clear();
  run.mockClear();
});

async function open() {
  await draw(<Page />);
  openPalette();
  const field = await screen.findByRole("combobox");
  field.focus();
  return field;
}

it("runs an action by name, with a slip, by keyboard alone", async () => {
  await open();
  await userEvent.keyboard("improt{Enter}");
  expect(run).toHaveBeenCalledWith("import");
  expect(screen.queryByRole("combobox")).toBeNull();
});

it("finds things though one provider fails, and previews the selected one", async () => {
  await open();
  await userEvent.keyboard("nordl");
  await vi.waitFor(() => expect(screen.getByRole("listbox").textContent).toContain("Nordlicht AG"));
  const row = within(screen.getByRole("group", { name: "Customers" })).getByRole("option");
  expect(row.getAttribute("aria-selected")).toBe("true");
  expect(screen.getByText("Scale, monthly")).toBeTruthy();
  await userEvent.keyboard("{Enter}");
  expect(run).toHaveBeenCalledWith("nordlicht");
});

it("offers what was used last first", async () => {
  await open();
  await userEvent.keyboard("new cus{Enter}");
  openPalette();
  const recent = await screen.findByRole("group", { name: "Recent" });
  expect(within(recent).getByRole("option").textContent).toContain("New customer");
});

it("says when nothing was found", async () => {
  await open();
  await userEvent.keyboard("zzzzzz");
  expect(await screen.findByText("Nothing found for “zzzzzz”.")).toBeTruthy();
});
