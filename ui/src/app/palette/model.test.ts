import { Users } from "lucide-react";
import { describe, expect, it } from "vitest";
import type { Action, Found } from "../actions";
import { moved, pieces, sections } from "./model";

const run = () => undefined;
const action = (id: string, title: string, keywords?: string): Action => ({ id, title, keywords, icon: Users, run });
const thing = (id: string, title: string): Found => ({ id, title, icon: Users, run });
const actions = [action("a", "Import usage"), action("b", "New customer"), action("c", "Light, dark, as system", "theme appearance")];
const words = { recent: "Recent", actions: "Actions" };
const ids = (query: string, found: Found[] = [], recent: string[] = []) =>
  sections(query, actions, [{ id: "model", title: "Models", found }], recent, words).map((section) => [section.id, section.entries.map((entry) => entry.id)]);

describe("the palette", () => {
  it("starts with what was used last", () => {
    expect(ids("", [], ["b", "gone"])).toEqual([["recent", ["b"]], ["actions", ["a", "c"]]]);
  });

  it("finds an action by other words and with a slip", () => {
    expect(ids("theme")).toEqual([["actions", ["c"]]]);
    expect(ids("custmoer")).toEqual([["actions", ["b"]]]);
  });

  it("puts a title that says it before one whose other words say it", () => {
    const settings = [action("book", "Settings: Book", "company"), action("company", "Settings: Company", "company")];
    const [found] = sections("settings: company", settings, [], [], words);
    expect(found?.entries.map((entry) => entry.id)).toEqual(["company", "book"]);
  });

  it("lists things before actions that only resemble the query", () => {
    expect(ids("kimi", [thing("m", "kimi-k3")])).toEqual([["model", ["m"]]]);
    expect(ids("usge", [thing("m", "usge-model")])[0]?.[0]).toBe("model");
  });

  it("lists a clear action before things", () => {
    expect(ids("import", [thing("m", "important-model")])[0]?.[0]).toBe("actions");
  });

  it("leaves empty groups out", () => {
    expect(ids("zzzzzz")).toEqual([]);
  });

  it("wraps around", () => {
    expect([moved(0, -1, 3), moved(2, 1, 3), moved(0, 1, 0)]).toEqual([2, 0, 0]);
  });

  it("marks what was found", () => {
    expect(pieces("kimi-k3", [[0, 4]])).toEqual([{ text: "kimi", hit: true }, { text: "-k3", hit: false }]);
  });
});
