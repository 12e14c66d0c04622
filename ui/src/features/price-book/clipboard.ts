import type { PriceRow } from "../../ipc/generated/types";
import { type DecimalString, shift } from "../../lib/decimal";
import { editDecimal } from "../../lib/decimal-input";
import { cellOf } from "./columns";
import type { View } from "./model";

/** What is copied of one cell; null where the model does not offer it. */
export type Copied = DecimalString | null;

/** A block to copy: whole rows have a head and names, so that they can be read elsewhere. */
export interface Block {
  head: readonly string[] | null;
  rows: readonly { name: string | null; cells: readonly Copied[] }[];
  /** The figures are percents. */
  isPercent: boolean;
}

/** The figure that a view shows of a cell, exact, as it is copied: of the draft where it is staged. */
export function figureOf(row: PriceRow | undefined, column: string, view: View): Copied {
  const cell = cellOf(row, column);
  if (cell === null) return null;
  const shown = cell.staged ?? cell;
  switch (view) {
    case "cost":
      return cell.costConverted ?? (cell.cost === "" ? null : cell.cost);
    case "markup":
      return shown.markupPercent;
    case "sell":
      return shown.sell;
    case "margin":
      return shown.margin;
  }
}

/** Lines and tabs, numbers as the language of the window writes them: what spreadsheets read. */
export function toTsv({ head, rows, isPercent }: Block, locale: string): string {
  const lines = rows.map(({ name, cells }) => [
    ...(name === null ? [] : [name]),
    ...cells.map((cell) => (cell === null ? "" : `${editDecimal(cell, locale)}${isPercent ? "%" : ""}`)),
  ]);
  return [...(head ? [head] : []), ...lines].map((line) => line.map(oneLine).join("\t")).join("\n");
}

/**
 * A table whose cells also say their number without a language: Excel and LibreOffice read it
 * whatever sign their own language has.
 */
export function toHtml({ head, rows, isPercent }: Block, locale: string): string {
  const figure = (cell: Copied) => {
    if (cell === null) return "<td></td>";
    const number = isPercent ? shift(cell, -2) : cell;
    const shown = `${editDecimal(cell, locale)}${isPercent ? "%" : ""}`;
    return `<td x:num="${number}" sdval="${number}">${shown}</td>`;
  };
  const lines = rows.map(({ name, cells }) => `<tr>${name === null ? "" : `<td>${escape(name)}</td>`}${cells.map(figure).join("")}</tr>`);
  const top = head ? `<tr>${head.map((word) => `<th>${escape(word)}</th>`).join("")}</tr>` : "";
  return `<table>${top}${lines.join("")}</table>`;
}

const oneLine = (text: string) => text.replace(/[\t\r\n]+/g, " ");

function escape(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

/** The cells of what was pasted: of a table if there is one, else of lines and tabs. */
export function readBlock(text: string, html: string): string[][] {
  const table = html.includes("<table") ? readTable(html) : null;
  return trim(table ?? readTsv(text));
}

/** Joined cells that are no mistake. */
const MOST_SPAN = 50;
const MOST_ROWSPAN = 1_000;

function readTable(html: string): string[][] | null {
  const table = new DOMParser().parseFromString(html, "text/html").querySelector("table");
  if (!table) return null;
  // How many lines more a cell joined downwards takes in each column.
  const taken: number[] = [];
  const rows = [...table.querySelectorAll("tr")].map((row) => {
    const cells: string[] = [];
    const skip = () => {
      while ((taken[cells.length] ?? 0) > 0) {
        taken[cells.length] = (taken[cells.length] ?? 0) - 1;
        cells.push("");
      }
    };
    for (const cell of row.querySelectorAll("td,th")) {
      skip();
      const down = spanOf(cell, "rowspan", MOST_ROWSPAN) - 1;
      for (let part = 0; part < spanOf(cell, "colspan", MOST_SPAN); part++) {
        taken[cells.length] = down;
        cells.push(part === 0 ? wordsOf(cell) : "");
      }
    }
    skip();
    return cells;
  });
  return rows.length > 0 ? rows : null;
}

function spanOf(cell: Element, name: "colspan" | "rowspan", most: number): number {
  return Math.min(Math.max(Number.parseInt(cell.getAttribute(name) ?? "1", 10) || 1, 1), most);
}

/** What a cell says; a line break parts words, so that no two numbers become one. */
function wordsOf(cell: Element): string {
  for (const line of cell.querySelectorAll("br")) line.replaceWith(" ");
  return (cell.textContent ?? "").replace(/\s+/g, " ").trim();
}

/**
 * A block over a selection that it fits into several times is repeated in it, as spreadsheets do; any
 * other falls from the selection's first cell on.
 */
export function repeated(block: string[][], { rows, columns }: { rows: number; columns: number }): string[][] {
  const width = block[0]?.length ?? 0;
  const fits = width > 0 && rows % block.length === 0 && columns % width === 0;
  if (!fits || (rows === block.length && columns === width)) return block;
  return Array.from({ length: rows }, (_, at) => {
    const row = block[at % block.length] ?? [];
    return Array.from({ length: columns }, (__, across) => row[across % width] ?? "");
  });
}

const PLAIN = /[^\t\r\n]*/y;

/** Tab separated lines; a cell in quotes may hold tabs, line ends and doubled quotes. */
export function readTsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let cell = "";
    if (text[at] === '"') {
      const end = closingQuote(text, at + 1);
      cell = text.slice(at + 1, end).replaceAll('""', '"');
      at = end + 1;
    }
    PLAIN.lastIndex = at;
    const rest = PLAIN.exec(text)?.[0] ?? "";
    cell += rest;
    at += rest.length;
    row.push(cell.trim());
    if (text[at] === "\t") {
      at += 1;
      if (at === text.length) row.push("");
      continue;
    }
    rows.push(row);
    row = [];
    at += text.startsWith("\r\n", at) ? 2 : 1;
  }
  if (row.length > 0) rows.push(row);
  return rows;
}

function closingQuote(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] !== '"') continue;
    if (text[at + 1] === '"') at += 1;
    else return at;
  }
  return text.length;
}

/** Without the empty lines around it, and with all lines equally long. */
function trim(rows: string[][]): string[][] {
  const isEmpty = (row: string[] | undefined) => row !== undefined && row.every((cell) => cell === "");
  const kept = [...rows];
  while (isEmpty(kept[0])) kept.shift();
  while (isEmpty(kept.at(-1))) kept.pop();
  const width = Math.max(0, ...kept.slice(0, 1).map((row) => row.length));
  const widest = kept.reduce((most, row) => Math.max(most, row.length), width);
  return kept.map((row) => [...row, ...Array<string>(widest - row.length).fill("")]);
}
