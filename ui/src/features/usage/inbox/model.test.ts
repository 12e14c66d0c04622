import { expect, it } from "vitest";
import type { InboxItem } from "../../../ipc/generated/types";
import { grouped, itemKey, itemName, modelOf, pairOf, pileCounts, readInboxSearch } from "./model";

const item = (kind: InboxItem["kind"], subject: string): InboxItem => ({
  kind,
  subject,
  detail: "",
  events: 1,
  since: null,
  suggestions: [],
});

const items = [
  item("late_usage", "c-1"),
  item("unknown_model", "openai/x"),
  item("unknown_customer", "a"),
  item("unknown_customer", "b"),
  item("no_exchange_rate", "USD/SEK"),
];

it("counts what waits by what to do about it", () => {
  expect(pileCounts(items)).toEqual({ unmapped: 3, unpriced: 1, late: 1, other: 0 });
});

it("lists names before prices and keeps the order inside a kind", () => {
  expect(grouped(items, undefined).map((group) => group.kind)).toEqual([
    "unknown_customer",
    "unknown_model",
    "no_exchange_rate",
    "late_usage",
  ]);
  expect(grouped(items, undefined)[0]?.items.map((one) => one.subject)).toEqual(["a", "b"]);
});

it("shows one pile only when asked", () => {
  expect(grouped(items, "unpriced").map((group) => group.kind)).toEqual(["no_exchange_rate"]);
  expect(grouped(items, "other")).toEqual([]);
});

it("keeps a slash of the model's own name", () => {
  expect(modelOf(item("unknown_model", "openrouter/meta/llama"))).toEqual({
    provider: "openrouter",
    model: "meta/llama",
  });
  expect(modelOf(item("unknown_model", "halden"))).toEqual({ provider: "", model: "halden" });
});

it("reads the currencies of a missing rate", () => {
  expect(pairOf(item("no_exchange_rate", "USD/SEK"))).toEqual({ base: "USD", quote: "SEK" });
});

it("drops a pile that does not exist", () => {
  expect(readInboxSearch({ show: "all", at: "x" })).toEqual({ at: "x" });
});

it("tells apart two missing prices of one model", () => {
  const one = { ...item("no_price", "a/b"), detail: "input" };
  expect(itemKey(one)).not.toBe(itemKey({ ...one, detail: "output" }));
});

it("calls an item by the customer where the subject is only an id", () => {
  expect(itemName({ ...item("no_subscription", "019f-1"), detail: "Sable & Finch LLC" })).toBe("Sable & Finch LLC");
  expect(itemName({ ...item("late_usage", "HS-2026-0007"), detail: "" })).toBe("HS-2026-0007");
  expect(itemName({ ...item("no_price", "a/b"), detail: "input_tokens" })).toBe("a/b");
});
