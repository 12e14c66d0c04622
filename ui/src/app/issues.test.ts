import { expect, it } from "vitest";
import { ApiError } from "../ipc/errors";
import { errorText } from "./errors";
import { issueAt, issueUnder, otherIssues } from "./issues";

const error = new ApiError({
  code: "invalid",
  issues: [
    { path: "customer.name", code: "required", params: {} },
    { path: "customer.address.country", code: "some_new_rule", params: {} },
    { path: "", code: "negative", params: {} },
  ],
});

it("puts an issue at its field, in words", () => {
  expect(issueAt(error, "customer.name")).toBe("Needed here");
  expect(issueAt(error, "customer.email")).toBeNull();
  expect(issueAt(null, "customer.name")).toBeNull();
});

it("never loses an issue that no field shows, nor a code without words", () => {
  expect(otherIssues(error, ["customer.name"])).toEqual(["Not accepted (some_new_rule)", "It cannot be below zero"]);
  expect(otherIssues(error, ["customer.*"])).toEqual(["It cannot be below zero"]);
});

it("says what was kept when there is no field to name", () => {
  const busy = new ApiError({ code: "busy" });
  expect(otherIssues(busy, [])).toEqual(["The book is busy. Try again in a moment."]);
  expect(errorText(new ApiError({ code: "internal", incident: "7f3a" })).detail).toContain("7f3a");
});

it("finds an issue at a part of a field, not at a field of a similar name", () => {
  const parts = new ApiError({
    code: "invalid",
    issues: [
      { path: "aliases[2]", code: "duplicate", params: {} },
      { path: "taxId", code: "required", params: {} },
    ],
  });
  expect(issueUnder(parts, "aliases")).toBe("This is given twice");
  expect(issueUnder(parts, "tax")).toBeNull();
  expect(issueUnder(parts, "taxId")).toBe("Needed here");
});
