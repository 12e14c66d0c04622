import { describe, expect, it } from "vitest";
import type { InvoiceLineText } from "../../ipc/generated/types";
import { codePath, readPages, spotsOf, type Item, type Pages } from "./pages";

const text = (x: number, y: number, words: string, colour = "#33302b"): Item => ({
  kind: "text",
  x,
  y,
  width: 900,
  role: "regular",
  size: 860,
  colour,
  tabular: false,
  angle: 0,
  text: words,
});

const page = (...items: Item[]) => ({ items });
const sheet = { width: 59528, height: 84189 };

const line = (position: number, quantity: string, amount: string, steps: InvoiceLineText["steps"] = []) =>
  ({ position, quantity, amount: { amount, currency: "EUR" }, steps }) as InvoiceLineText;

describe("the place of a line on the paper", () => {
  it("is the row with its quantity and amount, in any number format", () => {
    const pages: Pages = {
      sheet,
      pages: [
        page(
          text(4200, 20000, "Input tokens"),
          text(40000, 20000, "412.806.144"),
          text(54000, 20000, "1.202,30"),
          text(4200, 21200, "Output tokens"),
          text(40000, 21200, "96.415.720"),
          text(54000, 21200, "1.202,30"),
        ),
      ],
    };
    const spots = spotsOf(pages, [line(1, "96415720", "1202.30"), line(2, "412806144", "1202.30")]);
    expect(spots.map((spot) => [spot.line, Math.round(spot.y / 100)])).toEqual([
      [1, 203],
      [2, 191],
    ]);
    expect(spots.every((spot) => spot.page === 0)).toBe(true);
  });

  it("is not the grey sum above its lines", () => {
    const pages: Pages = {
      sheet,
      pages: [
        page(text(4200, 20000, "gpt-5"), text(54000, 20000, "12.00", "#6b665d")),
        page(text(4200, 9000, "Input tokens"), text(54000, 9000, "12.00")),
      ],
    };
    expect(spotsOf(pages, [line(1, "1", "12.00")])[0]?.page).toBe(1);
  });

  it("covers the rows of all its tiers", () => {
    const tier = (quantity: string) => ({ code: "tier", value: "1", unit: "EUR", facts: [{ key: "quantity", value: quantity }] });
    const pages: Pages = {
      sheet,
      pages: [
        page(
          text(4200, 20000, "Agent runs"),
          text(54000, 20000, "708.00"),
          text(5000, 21200, "Runs 1 to 10,000"),
          text(40000, 21200, "10,000"),
          text(54000, 21200, "420.00"),
          text(5000, 22400, "Runs 10,001 to 19,000"),
          text(40000, 22400, "9,000"),
          text(54000, 22400, "288.00"),
        ),
      ],
    };
    const spots = spotsOf(pages, [line(4, "19000", "708.00", [tier("10000"), tier("9000")])]);
    expect(spots).toHaveLength(3);
    expect(new Set(spots.map((spot) => spot.line))).toEqual(new Set([4]));
  });

  it("is nowhere when the paper does not show it", () => {
    const pages: Pages = { sheet, pages: [page(text(4200, 20000, "Total"), text(54000, 20000, "9.00"))] };
    expect(spotsOf(pages, [line(1, "1", "12.00")])).toEqual([]);
  });
});

describe("reading the layout", () => {
  it("refuses what is not one", () => {
    expect(readPages(null)).toBeNull();
    expect(readPages({ pages: [] })).toBeNull();
    expect(readPages({ sheet, pages: [{}] })).toBeNull();
    expect(readPages({ sheet: { width: 0, height: 0 }, pages: [page()] })).toBeNull();
  });
  it("takes what has a sheet and pages", () => {
    expect(readPages({ sheet, pages: [page()] })?.pages).toHaveLength(1);
  });
});

it("draws the dark modules of a code, neighbours as one", () => {
  expect(codePath(["0110", "1001"])).toBe("M1 0h2v1h-2zM0 1h1v1h-1zM3 1h1v1h-1z");
});
