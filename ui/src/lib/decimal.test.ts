import { describe, expect, it } from "vitest";
import { abs, add, compare, isDecimal, negate, normalize, places, shift, sign, subtract, sum } from "./decimal";

describe("decimals", () => {
  it("knows the one form that travels", () => {
    expect(["0", "-1", "12.50", "0.0000025"].every(isDecimal)).toBe(true);
    expect(["", ".5", "5.", "+1", "1e3", "1,5", "NaN", " 1", "--1"].some(isDecimal)).toBe(false);
  });

  it("orders values that a float cannot tell apart", () => {
    expect(compare("0.1", "0.10000000000000000001")).toBe(-1);
    expect(compare("9007199254740993", "9007199254740992")).toBe(1);
    expect(compare("1.50", "1.5")).toBe(0);
    expect(compare("-2", "1")).toBe(-1);
    expect(compare("-0", "0")).toBe(0);
  });

  it("adds and subtracts exactly", () => {
    expect(add("0.1", "0.2")).toBe("0.3");
    expect(add("-0.05", "0.05")).toBe("0.00");
    expect(subtract("1", "0.999999999999999999999999")).toBe("0.000000000000000000000001");
    expect(sum(["374085.88", "-391.23", "0.35"])).toBe("373695.00");
    expect(sum([])).toBe("0");
  });

  it("moves the point without arithmetic", () => {
    expect(shift("0.0000025", 6)).toBe("2.5");
    expect(shift("12.47", -6)).toBe("0.00001247");
    expect(shift("-27.7", -2)).toBe("-0.277");
    expect(shift("1500", -3)).toBe("1.5");
    expect(shift("0", 6)).toBe("0");
  });

  it("gives equal values equal text", () => {
    expect(normalize("007.500")).toBe("7.5");
    expect(normalize("-0.00")).toBe("0");
    expect(negate("5")).toBe("-5");
    expect(negate("0")).toBe("0");
    expect(abs("-3.2")).toBe("3.2");
    expect(places("2.5000")).toBe(1);
    expect([sign("-0.001"), sign("0.000"), sign("3")]).toEqual([-1, 0, 1]);
  });

  it("refuses what is no decimal", () => {
    expect(() => add("1,5", "1")).toThrow("not a decimal");
  });
});
