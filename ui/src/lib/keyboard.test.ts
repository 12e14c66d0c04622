import { describe, expect, it } from "vitest";
import { firesWhileTyping, isTyping, keycaps, pressText, step } from "./keyboard";

const press = (key: string, more: Partial<Parameters<typeof pressText>[0]> = {}) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

describe("keys", () => {
  it("writes a press the way the table does", () => {
    expect(pressText(press("k", { ctrlKey: true }), false)).toBe("mod+k");
    expect(pressText(press("Z", { ctrlKey: true, shiftKey: true }), false)).toBe("mod+shift+z");
    expect(pressText(press("?", { shiftKey: true }), false)).toBe("?");
    expect(pressText(press("Escape"), false)).toBe("esc");
    expect(pressText(press("k", { metaKey: true }), true)).toBe("mod+k");
    expect(pressText(press("k", { ctrlKey: true }), true)).toBe("ctrl+k");
  });

  it("waits for the second key of a sequence, but not for ever", () => {
    const combos = ["g p", "g u", "j"];
    const first = step(combos, null, "g", 1000);
    expect(first).toEqual({ kind: "wait", state: { prefix: "g", at: 1000 } });
    const state = first.kind === "wait" ? first.state : null;
    expect(step(combos, state, "p", 1400)).toEqual({ kind: "match", combo: "g p" });
    expect(step(combos, state, "p", 9000)).toEqual({ kind: "none" });
    expect(step(combos, state, "j", 1400)).toEqual({ kind: "match", combo: "j" });
  });

  it("leaves plain keys to text fields", () => {
    expect(firesWhileTyping("mod+k")).toBe(true);
    expect(firesWhileTyping("g p")).toBe(false);
    const input = document.createElement("input");
    const tick = Object.assign(document.createElement("input"), { type: "checkbox" });
    expect([isTyping(input), isTyping(tick), isTyping(document.createElement("textarea"))]).toEqual([true, false, true]);
  });

  it("draws caps for each system", () => {
    expect(keycaps("mod+shift+z", false)).toEqual(["Ctrl Shift Z"]);
    expect(keycaps("mod+k", true)).toEqual(["⌘K"]);
    expect(keycaps("g p", false)).toEqual(["G", "P"]);
  });
});
