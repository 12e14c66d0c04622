import { expect, it } from "vitest";
import { addDays, addMonths, eachDay, isDate, monthDays, today, wholeDay } from "./dates";

it("knows the calendar", () => {
  expect(isDate("2028-02-29")).toBe(true);
  expect(isDate("2027-02-29")).toBe(false);
  expect(isDate("2027-2-9")).toBe(false);
  expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  expect(addMonths("2026-12", 2)).toBe("2027-02");
  expect(monthDays("2028-02")).toEqual({ first: "2028-02-01", last: "2028-02-29" });
  expect(eachDay("2026-10-30", "2026-11-01")).toEqual(["2026-10-30", "2026-10-31", "2026-11-01"]);
});

it("takes today from the book's zone", () => {
  const evening = new Date("2026-10-31T23:30:00Z");
  expect(today("UTC", evening)).toBe("2026-10-31");
  expect(today("Europe/Berlin", evening)).toBe("2026-11-01");
});

it("does not rely on how an engine writes a date", () => {
  // WebKit writes 10/31/2026 where Chromium writes 2026-10-31.
  const own = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, "format") ?? {};
  Object.defineProperty(Intl.DateTimeFormat.prototype, "format", { ...own, get: () => () => "10/31/2026" });
  expect(today("UTC", new Date("2026-10-31T12:00:00Z"))).toBe("2026-10-31");
  Object.defineProperty(Intl.DateTimeFormat.prototype, "format", own);
});

it("takes no day while its year is typed", () => {
  expect(wholeDay("0002-10-01")).toBeNull();
  expect(wholeDay("0202-10-01")).toBeNull();
  expect(wholeDay("2026-10-01")).toBe("2026-10-01");
  expect(wholeDay(null)).toBeNull();
});
