import { describe, expect, it } from "vitest";
import type { UsageRow } from "../../ipc/generated/types";
import {
  eventsFilter,
  monthChoices,
  moveKey,
  periodOf,
  readSearch,
  requestOf,
  roundedTo,
  shortName,
  splitModel,
  validDays,
} from "./model";

describe("the address of the usage screen", () => {
  it("keeps what makes sense and drops the rest", () => {
    expect(readSearch({ month: "2026-13", group: "colour", measure: "tokens", customer: "c1" })).toEqual({
      measure: "tokens",
      customer: "c1",
    });
  });

  it("takes custom days only as a pair in order", () => {
    expect(readSearch({ from: "2026-10-05", to: "2026-10-01" })).toEqual({});
    expect(readSearch({ from: "2026-10-01" })).toEqual({});
    expect(readSearch({ from: "2026-10-01", to: "2026-10-05" })).toEqual({
      from: "2026-10-01",
      to: "2026-10-05",
    });
  });

  it("reads an id that looks like a number as text", () => {
    expect(readSearch({ customer: 1027 })).toEqual({ customer: "1027" });
  });
});

describe("the days shown", () => {
  it("are the newest month with usage unless the address says otherwise", () => {
    expect(periodOf({}, ["2026-10", "2026-09"], "2026-11-23")).toEqual({
      from: "2026-10-01",
      to: "2026-10-31",
      month: "2026-10",
    });
    expect(periodOf({ month: "2026-02" }, ["2026-10"], "2026-11-23").to).toBe("2026-02-28");
    expect(periodOf({}, [], "2026-11-23").month).toBe("2026-11");
  });

  it("are the custom days when there are any", () => {
    const search = { month: "2026-09", from: "2026-09-28", to: "2026-10-03" };
    expect(periodOf(search, [], "2026-11-23").month).toBeNull();
  });

  it("names what is wrong with custom days", () => {
    expect(validDays("2026-02-30", "2026-03-01")).toBe("from");
    expect(validDays("2026-02-01", "yesterday")).toBe("to");
    expect(validDays("2026-02-02", "2026-02-01")).toBe("order");
    expect(validDays("2020-01-01", "2026-01-01")).toBe("tooLong");
    expect(validDays("2026-01-01", "2026-12-31")).toBeNull();
  });
});

describe("months to choose from", () => {
  it("have no holes between the oldest and the newest", () => {
    expect(monthChoices(["2026-10", "2026-08"], null)).toEqual(["2026-10", "2026-09", "2026-08"]);
  });
  it("contain the one that is shown", () => {
    expect(monthChoices(["2026-10"], "2026-11")).toEqual(["2026-11", "2026-10"]);
  });
});

const row = (key: string, known = true) => ({ key, name: key, known }) as UsageRow;

describe("events of a selected row", () => {
  it("are asked for by customer and model together", () => {
    expect(eventsFilter(row("c1"), "customer", { model: "openai/gpt-5" })).toEqual({
      customerId: "c1",
      model: "openai/gpt-5",
    });
    expect(eventsFilter(row("openai/gpt-5"), "model", { customer: "c1" })).toEqual({
      customerId: "c1",
      model: "openai/gpt-5",
    });
  });
  it("cannot be asked for where the book does not know the group", () => {
    expect(eventsFilter(row("proj_8Kx2", false), "customer", {})).toBeNull();
    expect(eventsFilter(row("openai"), "provider", {})).toBeNull();
  });
});

it("asks for models by cost unless told otherwise", () => {
  const period = { from: "2026-10-01", to: "2026-10-31", month: "2026-10" };
  expect(requestOf({}, period)).toMatchObject({ group: "model", measure: "cost", customerId: null });
});

it("J and K move inside the list and stop at its ends", () => {
  expect(moveKey(["a", "b"], null, 1)).toBe("a");
  expect(moveKey(["a", "b"], null, -1)).toBe("b");
  expect(moveKey(["a", "b"], "b", 1)).toBe("b");
  expect(moveKey(["a", "b"], "gone", 1)).toBe("a");
  expect(moveKey([], "a", 1)).toBeNull();
});

it("cuts a model key at its first slash only", () => {
  expect(splitModel("openrouter/meta/llama-4")).toEqual({ provider: "openrouter", model: "meta/llama-4" });
});

it("rounds sums for looking at, half away from zero", () => {
  expect(["88.604775912", "0.005", "-0.005", "9.995", "12", "-0.001"].map((value) => roundedTo(value, 2))).toEqual([
    "88.60",
    "0.01",
    "-0.01",
    "10.00",
    "12",
    "0.00",
  ]);
  expect(roundedTo("10508.5", 0)).toBe("10509");
});

it("leaves the provider out of a model's short name only", () => {
  expect(shortName("openai/gpt-5", "openai/gpt-5", "model")).toBe("gpt-5");
  expect(shortName("agent.run", "agent.run", "model")).toBe("agent.run");
  expect(shortName("A/B Testing Ltd", "A/B Testing Ltd", "customer")).toBe("A/B Testing Ltd");
});
