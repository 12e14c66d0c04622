import { expect, it } from "vitest";
import { countryName, currencyName, linesOf, namedCodes, zoneName } from "./names";

it("names codes in the language of the window", () => {
  expect(countryName("DE", "en")).toBe("Germany");
  expect(countryName("", "en")).toBe("");
  expect(currencyName("SEK", "en")).toBe("Swedish Krona");
});

it("shows what is not a code as it is", () => {
  expect(countryName("not a code", "en")).toBe("not a code");
});

it("orders choices by name and keeps what the list lacks", () => {
  const codes = namedCodes(["US", "AT", "DE"], countryName, "en", "FR");
  expect(codes.map((one) => one.value)).toEqual(["FR", "AT", "DE", "US"]);
  expect(namedCodes(["DE"], countryName, "en", "DE")).toHaveLength(1);
  expect(namedCodes(["DE"], countryName, "en", "")).toHaveLength(1);
});

it("reads a zone from its place outwards", () => {
  expect(zoneName("America/New_York")).toBe("New York, America");
  expect(zoneName("UTC")).toBe("UTC");
});

it("keeps the lines of an address as typed", () => {
  expect(linesOf("")).toEqual([]);
  expect(linesOf("Speicherstadt 4\n")).toEqual(["Speicherstadt 4", ""]);
});
