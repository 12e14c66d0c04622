import { describe, expect, it } from "vitest";
import * as format from "./format";

const en = { locale: "en-GB", timeZone: "Europe/Berlin" };
const de = { locale: "de-DE", timeZone: "Europe/Berlin" };

describe("formats of figures", () => {
  it("shows amounts with their minor digits and a true minus", () => {
    expect(format.formatMoney("374085.88", "EUR", en).text).toBe("€374,085.88");
    expect(format.formatMoney("-391.23", "EUR", en).text).toBe("\u2212€391.23");
    expect(format.formatMoney("950.92", "EUR", en, "always").text).toBe("+€950.92");
    expect(format.formatMoney("0", "EUR", en, "always").text).toBe("€0.00");
    expect(format.formatMoney("1200", "JPY", en).text).toBe("¥1,200");
    expect(format.formatMoney("1.5", "KWD", en).text.replace(/\s/g, " ")).toBe("KWD 1.500");
  });

  it("never cuts digits of an amount", () => {
    expect(format.formatMoney("1202.3040284", "EUR", en).text).toBe("€1,202.3040284");
    expect(format.formatMoney("90071992547409931.07", "USD", en).text).toBe("$90,071,992,547,409,931.07");
  });

  it("keeps the minor digits apart for headlines", () => {
    expect(format.formatMoney("374085.88", "EUR", en)).toMatchObject({ main: "€374,085", minor: ".88", after: "" });
    expect(format.formatMoney("374085.88", "EUR", de)).toMatchObject({ main: "374.085", minor: ",88", after: "\u00a0€" });
    expect(format.formatMoney("1200", "JPY", en)).toMatchObject({ main: "¥1,200", minor: "" });
  });

  it("shortens for axes only", () => {
    expect(format.formatMoneyShort("295330", "EUR", en)).toBe("€295k");
    expect(format.formatMoneyShort("2500", "EUR", en)).toBe("€2.5k");
    expect(format.formatMoneyShort("1240000", "EUR", en)).toBe("€1.24M");
    expect(format.formatMoneyShort("0", "EUR", en)).toBe("€0");
  });

  it("shows unit prices exactly", () => {
    expect(format.formatUnitPrice("0.1032", "EUR", en)).toBe("€0.1032");
    expect(format.formatUnitPrice("10", "USD", en)).toBe("$10.00");
    expect(format.formatUnitPrice("0.000000000025", null, en)).toBe("0.000000000025");
  });

  it("lines prices of the grid up on their point", () => {
    expect(format.formatCellPrice("2.236", en)).toEqual({ digits: "2.236", faint: "0" });
    expect(format.formatCellPrice("11.18", en)).toEqual({ digits: "11.18", faint: "00" });
    expect(format.formatCellPrice("2.10537", en)).toEqual({ digits: "2.1053", faint: "…" });
    expect(format.formatCellPrice("3", en)).toEqual({ digits: "3.00", faint: "00" });
  });

  it("shows shares with one decimal and changes in points", () => {
    expect(format.formatPercent("27.65", en)).toBe("27.7%");
    expect(format.formatPercent("-10.3", en)).toBe("\u221210.3%");
    expect(format.formatPercent("45", en, { places: 0, sign: "always" })).toBe("+45%");
    expect(format.formatPoints("-3.7", en)).toBe("\u22123.7\u00a0pts");
  });

  it("shows quantities whole or short", () => {
    expect(format.formatQuantity("96415720", en)).toBe("96,415,720");
    expect(format.formatQuantityShort("96415720", en)).toBe("96.42\u00a0M");
    expect(format.formatQuantityShort("412806144", en)).toBe("412.8\u00a0M");
    expect(format.formatQuantityShort("1284093952", en)).toBe("1.28\u00a0B");
    expect(format.formatQuantityShort("14500", en)).toBe("14.5\u00a0K");
    expect(format.formatQuantityShort("980", en)).toBe("980");
  });
});

describe("formats of time", () => {
  it("puts instants into the book's zone", () => {
    expect(format.formatInstant("2026-11-03T08:42:07Z", en)).toBe("3 Nov 2026, 09:42");
    expect(format.formatTime("2026-11-03T08:42:07Z", en, true)).toBe("09:42:07");
    expect(format.formatInstant("2026-10-31T23:30:00Z", en)).toBe("1 Nov 2026, 00:30");
  });

  it("keeps calendar dates where they are", () => {
    const west = { locale: "en-GB", timeZone: "Pacific/Honolulu" };
    expect(format.formatDate("2026-11-03", west)).toBe("3 Nov 2026");
    expect(format.formatMonth("2026-10", west)).toBe("October 2026");
    expect(format.formatDate("2026-11-03", de)).toBe("3. Nov. 2026");
  });

  it("says a period with both its days", () => {
    expect(format.formatPeriod("2026-10-01", "2026-10-31", en)).toBe("1–31 October 2026");
  });
});
