import { describe, expect, it } from "vitest";
import { editDecimal, readDecimal, separators } from "./decimal-input";

const value = (text: string, locale: string) => {
  const reading = readDecimal(text, locale, { allowNegative: true });
  return reading.kind === "value" ? reading.value : reading.kind === "problem" ? reading.problem : "";
};

describe("reading what was typed", () => {
  it("takes the separators of the locale", () => {
    expect(value("1,234.50", "en-GB")).toBe("1234.5");
    expect(value("1.234,50", "de-DE")).toBe("1234.5");
    expect(value("1\u202f234,50", "fr-FR")).toBe("1234.5");
    expect(value("1 234,50", "sv-SE")).toBe("1234.5");
    expect(value("1’234.50", "de-CH")).toBe("1234.5");
    expect(value("1'234.50", "de-CH")).toBe("1234.5");
    expect(value("12,34,567.5", "en-IN")).toBe("1234567.5");
  });

  it("never guesses a decimal comma", () => {
    expect(value("1,5", "en-GB")).toBe("misplaced_grouping");
    expect(value("1.5", "de-DE")).toBe("misplaced_grouping");
    expect(value("1,500", "en-GB")).toBe("1500");
    expect(value("1,500", "de-DE")).toBe("1.5");
    expect(value("1.500", "de-DE")).toBe("1500");
    expect(value("1.5", "fr-FR")).toBe("wrong_separator");
  });

  it("refuses a mixture", () => {
    expect(value("1.234.5", "en-GB")).toBe("wrong_separator");
    expect(value("1,23,4.5", "en-GB")).toBe("misplaced_grouping");
    expect(value("1.5,000", "en-GB")).toBe("wrong_separator");
    expect(value("12a", "en-GB")).toBe("not_a_number");
    expect(value("=A1*2", "en-GB")).toBe("not_a_number");
    expect(value("1e3", "en-GB")).toBe("not_a_number");
    expect(value("-", "en-GB")).toBe("not_a_number");
  });

  it("forgives what a paste brings along", () => {
    expect(value(" €1,234.50 ", "en-GB")).toBe("1234.5");
    expect(value("1.234,50\u00a0€", "de-DE")).toBe("1234.5");
    expect(value("\u22123.5", "en-GB")).toBe("-3.5");
    expect(value("27.7%", "en-GB")).toBe("27.7");
    expect(value("\u200e12", "en-GB")).toBe("12");
    expect(value(".5", "en-GB")).toBe("0.5");
    expect(value("5.", "en-GB")).toBe("5");
  });

  it("keeps every digit", () => {
    expect(value("0.000000000000000000000001", "en-GB")).toBe("0.000000000000000000000001");
    expect(value("123456789012345678901234567890.1", "en-GB")).toBe("123456789012345678901234567890.1");
  });

  it("obeys the field's rules", () => {
    expect(readDecimal("-1", "en-GB")).toEqual({ kind: "problem", problem: "negative" });
    expect(readDecimal("-0", "en-GB")).toEqual({ kind: "value", value: "0" });
    expect(readDecimal("1.234", "en-GB", { maxPlaces: 2 })).toEqual({ kind: "problem", problem: "too_many_places" });
    expect(readDecimal("1.230", "en-GB", { maxPlaces: 2 })).toEqual({ kind: "value", value: "1.23" });
    expect(readDecimal("  ", "en-GB")).toEqual({ kind: "empty" });
  });

  it("reads back what it writes, in every locale", () => {
    for (const locale of ["en-GB", "en-US", "de-DE", "de-CH", "fr-FR", "sv-SE", "pl-PL", "en-IN", "es-ES", "pt-BR"]) {
      for (const figure of ["0", "12.47", "-0.000025", "1234567.5"]) {
        expect(value(editDecimal(figure as never, locale), locale), `${figure} in ${locale}`).toBe(figure);
      }
      expect(separators(locale).decimal).not.toBe(separators(locale).group);
    }
  });
});
