import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it, vi } from "vitest";
import type { DecimalString } from "../lib/decimal";
import { FormatContext } from "../lib/use-formats";
import { draw } from "../test/render";
import { DecimalField } from "./DecimalField";

const heard = vi.fn<(value: DecimalString | null) => void>();

function Price({ locale, start = null, grouped }: { locale: string; start?: string | null; grouped?: boolean }) {
  const [value, setValue] = useState(start as DecimalString | null);
  return (
    <FormatContext value={{ locale, timeZone: "UTC" }}>
      <DecimalField
        label="Price"
        maxPlaces={4}
        grouped={grouped}
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

it("shows groups of digits while nobody types, in the signs of the locale", async () => {
  await draw(<Price locale="de-DE" start="50000000.25" grouped />);
  const input = await field();
  expect(input.value).toBe("50.000.000,25");
  await userEvent.click(input);
  expect(input.value).toBe("50000000,25");
  await userEvent.clear(input);
  await userEvent.type(input, "20000,5");
  expect(input.value).toBe("20000,5");
  await userEvent.tab();
  expect(input.value).toBe("20.000,5");
  expect(heard).toHaveBeenLastCalledWith("20000.5");
});

it("selects a grouped figure at once, not under the keys that follow", async () => {
  // A busy machine draws its next frame only after two keys were pressed.
  const late: FrameRequestCallback[] = [];
  const frames = vi.spyOn(window, "requestAnimationFrame").mockImplementation((draw) => late.push(draw));
  await draw(<Price locale="en-GB" start="1000" grouped />);
  const input = await field();
  await userEvent.tab();
  expect([input.value, input.selectionStart, input.selectionEnd]).toEqual(["1000", 0, 4]);
  await userEvent.keyboard("25");
  for (const frame of late.splice(0)) frame(performance.now());
  await userEvent.keyboard("00");
  frames.mockRestore();
  expect(input.value).toBe("2500");
});

it("lets what cannot be read go when another value comes", async () => {
  function Both() {
    const [value, setValue] = useState("5" as DecimalString | null);
    return (
      <>
        <DecimalField label="Price" value={value} onChange={setValue} />
        <button type="button" onClick={() => setValue("7" as DecimalString)}>
          Other
        </button>
      </>
    );
  }
  await draw(<Both />);
  await userEvent.clear(await field());
  await userEvent.type(await field(), "5x");
  expect((await field()).getAttribute("aria-invalid")).toBe("true");
  await userEvent.click(screen.getByRole("button", { name: "Other" }));
  expect([(await field()).value, (await field()).getAttribute("aria-invalid")]).toEqual(["7", null]);
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
