import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import type { DecimalString } from "../lib/decimal";
import { FormatContext } from "../lib/use-formats";
import { draw } from "../test/render";
import { DecimalField } from "./DecimalField";

const heard = vi.fn<(value: DecimalString | null) => void>();

function Price({ locale, start = null }: { locale: string; start?: string | null }) {
  const [value, setValue] = useState(start as DecimalString | null);
  return (
    <FormatContext value={{ locale, timeZone: "UTC" }}>
      <DecimalField
        label="Price"
        maxPlaces={4}
        value={value}
        onChange={(next) => {
          heard(next);
          setValue(next);
        }}
      />
    </FormatContext>
  );
}

const field = () => screen.findByRole("textbox", { name: "Price" }) as Promise<HTMLInputElement>;

it("reads a decimal comma where the locale writes one", async () => {
  await draw(<Price locale="de-DE" start="12.47" />);
  const input = await field();
  expect(input.value).toBe("12,47");
  await userEvent.clear(input);
  await userEvent.type(input, "1.234,5");
  expect(heard).toHaveBeenLastCalledWith("1234.5");
});

it("refuses a decimal comma in English, keeps what was typed and says why", async () => {
  await draw(<Price locale="en-GB" />);
  const input = await field();
  await userEvent.type(input, "1,5");
  await userEvent.tab();
  expect(input.value).toBe("1,5");
  expect(input.getAttribute("aria-invalid")).toBe("true");
  expect(screen.getByText("The grouping of digits is not clear")).toBeTruthy();
  expect(heard).not.toHaveBeenCalledWith("1.5");
});

it("keeps the text while typing and tidies it afterwards", async () => {
  await draw(<Price locale="en-GB" />);
  const input = await field();
  await userEvent.type(input, "1,234.50");
  expect(input.value).toBe("1,234.50");
  await userEvent.tab();
  expect(input.value).toBe("1234.5");
});

it("takes a paste with a currency sign", async () => {
  await draw(<Price locale="en-GB" />);
  await userEvent.click(await field());
  await userEvent.paste(" €1,234.50 ");
  expect(heard).toHaveBeenLastCalledWith("1234.5");
});

it("says null for an empty field", async () => {
  await draw(<Price locale="en-GB" start="2" />);
  await userEvent.clear(await field());
  expect(heard).toHaveBeenLastCalledWith(null);
});
