import { describe, expect, it } from "vitest";
import type { InvoiceGetReply, InvoiceRow } from "../../ipc/generated/types";
import { invoice, ROWS } from "./fake-data";
import {
  addsUp,
  counts,
  digitsOf,
  findRow,
  found,
  idAlone,
  isUnusual,
  pdfTargets,
  readSearch,
  requestOf,
  rowKey,
  sections,
  toFinalize,
  totals,
  withMark,
} from "./model";

const byName = (name: string) => ROWS.find((row) => row.customer.startsWith(name)) as InvoiceRow;

describe("the list of a month", () => {
  it("stands held documents first, then unusual ones, then as expected, then final ones", () => {
    expect(sections(ROWS, "all").map((one) => one.section)).toEqual(["held", "unusual", "ready", "final", "void"]);
    expect(sections(ROWS, "ready").map((one) => one.section)).toEqual(["unusual", "ready"]);
    expect(sections(ROWS, "final").map((one) => one.section)).toEqual(["final", "void"]);
  });

  it("calls a draft unusual above a quarter more or less, never a final one", () => {
    expect(isUnusual(byName("Pixelforge"))).toBe(true);
    expect(isUnusual(byName("Solstice"))).toBe(true);
    expect(isUnusual({ ...byName("Nordlicht"), change: "25" as InvoiceRow["change"] })).toBe(false);
    expect(isUnusual({ ...byName("Brio"), change: "400" as InvoiceRow["change"] })).toBe(false);
  });

  it("counts what each filter shows", () => {
    expect(counts(ROWS)).toEqual({ all: 12, held: 3, ready: 6, final: 3 });
  });
});

it("finds documents by part of a name or number", () => {
  expect(found(ROWS, "nordl").map((row) => row.customer)).toEqual(["Nordlicht Versicherung AG"]);
  expect(found(ROWS, "0487").map((row) => row.number)).toEqual(["HS-2026-0487"]);
  expect(found(ROWS, "nordlcht").map((row) => row.customerId)).toEqual(["c-1027"]);
  expect(found(ROWS, " ")).toHaveLength(12);
});

describe("what the primary button makes final", () => {
  it("is every draft, unless it was unticked", () => {
    const all = toFinalize(ROWS, new Map());
    expect(all.every((row) => row.state === "draft")).toBe(true);
    expect(all).toHaveLength(6);
    const marks = withMark(new Map(), byName("Nordlicht"));
    expect(toFinalize(ROWS, marks)).toHaveLength(5);
    expect(toFinalize(ROWS, withMark(marks, byName("Nordlicht")))).toHaveLength(6);
  });

  it("never holds a held or final document, ticked or not", () => {
    const marks = withMark(withMark(new Map(), byName("Kestrel")), byName("Brio"));
    expect(toFinalize(ROWS, marks)).toHaveLength(6);
  });

  it("is summed exactly and per currency", () => {
    expect(totals(toFinalize(ROWS, new Map()))).toEqual([
      { currency: "EUR", amount: "98791.93" },
      { currency: "USD", amount: "4191.69" },
    ]);
  });
});

describe("a document in the address", () => {
  it("is found again after it became final", () => {
    const row = byName("Nordlicht");
    const final: InvoiceRow = { ...row, id: "i-1", number: "HS-1", state: "finalized" };
    expect(findRow([final], rowKey(row))).toBe(final);
  });
  it("does not lead a draft to the void invoice of the same customer", () => {
    expect(findRow(ROWS, "draft:c-1011")?.number).toBe("HS-2026-0487");
  });
  it("is asked for by id, a draft by customer and month", () => {
    expect(requestOf(byName("Brio"))).toEqual({ id: "i-0486", customerId: null, month: null });
    expect(requestOf(byName("Nordlicht"))).toEqual({ id: null, customerId: "c-1027", month: "2026-10" });
  });
  it("is looked up by its id alone only where no month is said", () => {
    expect(idAlone(readSearch({ invoice: "i-0486" }))).toBe("i-0486");
    expect(idAlone({ at: "i-0486", month: "2026-10" })).toBeNull();
    expect(idAlone({ at: "draft:c-1027" })).toBeNull();
    expect(idAlone({})).toBeNull();
  });
  it("keeps only what makes sense", () => {
    expect(readSearch({ month: "2026-1", show: "paid", at: 7, line: -2 })).toEqual({ at: "7" });
    expect(readSearch({ month: "2026-10", show: "held", line: 3 })).toEqual({ month: "2026-10", show: "held", line: 3 });
  });
});

it("splits PDFs into final ones and drafts", () => {
  expect(pdfTargets([byName("Brio"), byName("Nordlicht")])).toEqual({ ids: ["i-0486"], draftCustomerIds: ["c-1027"] });
});

describe("the check of the sums", () => {
  const whole = invoice(byName("Nordlicht"));
  it("agrees when lines, tax and total do", () => expect(addsUp(whole)).toBe(true));
  it("sees one cent too much anywhere", () => {
    const money = (amount: string) => ({ amount, currency: "EUR" }) as InvoiceGetReply["tax"];
    expect(addsUp({ ...whole, tax: money("1782.69") })).toBe(false);
    expect(addsUp({ ...whole, row: { ...whole.row, total: money("11165.24") } })).toBe(false);
    expect(addsUp({ ...whole, lines: whole.lines.slice(1) })).toBe(false);
  });
});

it("compares figures by their digits in every script", () => {
  expect(digitsOf("1.202,30 €")).toBe("120230");
  expect(digitsOf("−1’000.00")).toBe("100000");
  expect(digitsOf("١٬٢٠٢٫٣٠")).toBe("120230");
  expect(digitsOf("१२")).toBe("12");
});
