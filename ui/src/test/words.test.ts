// @vitest-environment node
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import errors from "../locales/en/errors.json";
import jobs from "../locales/en/jobs.json";
import steps from "../locales/en/steps.json";

const CRATES = join(import.meta.dirname, "../../../src-tauri/crates");

/** Stable words that Rust hands to the window, as they stand in its source. */
function words(crates: readonly string[], pattern: RegExp): string[] {
  const found = crates.flatMap((name) =>
    readdirSync(join(CRATES, name, "src"), { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".rs") && !/tests?(\.rs|[\\/])/.test(path))
      .flatMap((path) => {
        const text = readFileSync(join(CRATES, name, "src", path), "utf8").split("#[cfg(test)]")[0] ?? "";
        return [...text.matchAll(pattern)].map((hit) => hit[1] ?? "");
      }),
  );
  return [...new Set(found)].toSorted();
}

const missing = (known: object, wanted: string[]) => wanted.filter((word) => !(word in known));

it("has a sentence for every reason that Rust refuses with", () => {
  const reasons = words(["api"], /(?:ApiError|Self)::refused\(\s*"([a-z_]+)"/g);
  expect(reasons.length).toBeGreaterThan(10);
  expect(missing(errors.reason, reasons)).toEqual([]);
});

it("has words for every fault that Rust finds at a field", () => {
  const codes = words(["api", "catalog"], /(?:Issue::new|ApiError::field)\([^;"]*(?:"[^"]*"[^;"]*)??,\s*"([a-z_]+)"/g);
  expect(codes.length).toBeGreaterThan(10);
  expect(missing(errors.issue, codes)).toEqual([]);
});

it("names every step of undo and every stage of a job", () => {
  const edits = words(["api"], /\.edit\(\s*"([a-z_]+)"/g);
  const stages = words(["api"], /\.report\(\s*"([a-z_]+)"/g);
  expect(edits.length).toBeGreaterThan(5);
  expect([missing(steps, edits), missing(jobs.stage, stages)]).toEqual([[], []]);
});
