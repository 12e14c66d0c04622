import type { InvoiceLineText } from "../../ipc/generated/types";
import { digitsOf } from "./model";

/** The layout of the paper as the PDF has it; all lengths in hundredths of a point. */
export interface Pages {
  sheet: { width: number; height: number };
  pages: { items: Item[] }[];
}

export interface TextItem {
  kind: "text";
  x: number;
  /** Baseline. */
  y: number;
  width?: number;
  role: "regular" | "medium" | "semiBold" | "display";
  size: number;
  colour: string;
  tabular: boolean;
  /** Degrees counter-clockwise about the left end of the baseline. */
  angle: number;
  text: string;
}

interface Box {
  x: number;
  y: number;
  width: number;
}

export type Item =
  | TextItem
  | (Box & { kind: "rule"; weight: number; colour: string })
  | (Box & { kind: "fill"; height: number; colour: string })
  | (Box & { kind: "frame"; height: number; radius: number; weight: number; colour: string })
  /** A QR code: one text per row, `1` for a dark module. */
  | { kind: "code"; x: number; y: number; size: number; rows: string[] }
  | (Box & { kind: "picture"; height: number });

/** Reads the layout; null when it is not one, so that the screen can say so. */
export function readPages(raw: unknown): Pages | null {
  if (typeof raw !== "object" || raw === null) return null;
  const { sheet, pages } = raw as Partial<Pages>;
  const sized = typeof sheet?.width === "number" && typeof sheet.height === "number" && sheet.width > 0;
  if (!sized || !Array.isArray(pages) || pages.length === 0) return null;
  return pages.every((page) => Array.isArray(page?.items)) ? { sheet, pages } : null;
}

/** Words that stand on one line of the paper, from left to right. */
interface PaperRow {
  page: number;
  y: number;
  size: number;
  texts: TextItem[];
}

/** Where a line of the invoice stands on the paper, in the units of the layout. */
export interface Spot {
  /** Position of the line. */
  line: number;
  page: number;
  x: number;
  y: number;
  width: number;
  height: number;
}

const GREY = "#6b665d";
/** Around the words of a line, so that the mark does not touch them. */
const PAD = 220;
/** Height of a row of the table: 16 px. */
const ROW = 1200;
/** The middle of a row lies this share of the letter size above the baseline. */
const MIDDLE = 0.364;

/**
 * Finds each line of the invoice on the paper by its printed amount and quantity. Languages write
 * figures differently, so digits are compared; a sum in grey only repeats the lines below it.
 */
export function spotsOf(pages: Pages, lines: readonly InvoiceLineText[]): Spot[] {
  const rows = pages.pages.flatMap((page, index) => rowsOf(page.items, index));
  const used = new Set<PaperRow>();
  const edge = tableEdges(rows, pages.sheet.width);
  const spots: Spot[] = [];
  for (const line of lines) {
    const own = findRow(rows, used, line);
    if (!own) continue;
    for (const row of [own, ...tierRows(rows, used, own, line)]) {
      used.add(row);
      spots.push({
        line: line.position,
        page: row.page,
        x: edge.left - PAD,
        y: row.y - row.size * MIDDLE - ROW / 2,
        width: edge.right - edge.left + 2 * PAD,
        height: ROW,
      });
    }
  }
  return spots;
}

function rowsOf(items: readonly Item[], page: number): PaperRow[] {
  const rows = new Map<number, PaperRow>();
  for (const item of items) {
    if (item.kind !== "text" || item.angle !== 0) continue;
    const row = rows.get(item.y) ?? { page, y: item.y, size: item.size, texts: [] };
    row.texts.push(item);
    rows.set(item.y, row);
  }
  const found = [...rows.values()].toSorted((a, b) => a.y - b.y);
  for (const row of found) row.texts.sort((a, b) => a.x - b.x);
  return found;
}

function findRow(rows: readonly PaperRow[], used: Set<PaperRow>, line: InvoiceLineText): PaperRow | undefined {
  const amount = digitsOf(line.amount.amount);
  const quantity = digitsOf(line.quantity.replace(/\.0*$/, ""));
  const fits = rows.filter((row) => {
    const last = row.texts.at(-1);
    return !used.has(row) && row.texts.length > 1 && last !== undefined && digitsOf(last.text) === amount;
  });
  const exact = fits.find((row) => row.texts.slice(1, -1).some((text) => digitsOf(text.text) === quantity));
  return exact ?? fits.find((row) => row.texts.at(-1)?.colour !== GREY) ?? fits[0];
}

/** The rows under a line with tiers, each with the quantity of its tier. */
function tierRows(
  rows: readonly PaperRow[],
  used: Set<PaperRow>,
  own: PaperRow,
  line: InvoiceLineText,
): PaperRow[] {
  const tiers = line.steps.filter((step) => step.code === "tier");
  const below = rows.slice(rows.indexOf(own) + 1);
  return tiers.flatMap((tier) => {
    const quantity = digitsOf(tier.facts.find((fact) => fact.key === "quantity")?.value.replace(/\.0*$/, "") ?? "");
    const row = below.find(
      (one) => !used.has(one) && one.texts.slice(1, -1).some((text) => digitsOf(text.text) === quantity),
    );
    return row && quantity !== "" ? [row] : [];
  });
}

/** The table runs from margin to margin; the same distance stands left and right. */
function tableEdges(rows: readonly PaperRow[], width: number): { left: number; right: number } {
  const left = Math.min(...rows.flatMap((row) => row.texts.map((text) => text.x)), width);
  return { left, right: width - left };
}

/** Weights and optical size of the fonts in the PDF, as settings of the variable font. */
export function fontOf(role: TextItem["role"]): { weight: number; opticalSize: number } {
  switch (role) {
    case "medium":
      return { weight: 560, opticalSize: 14 };
    case "semiBold":
      return { weight: 640, opticalSize: 14 };
    case "display":
      return { weight: 600, opticalSize: 32 };
    default:
      return { weight: 430, opticalSize: 14 };
  }
}

/** The dark modules of a QR code as one path, in the units of its modules. */
export function codePath(rows: readonly string[]): string {
  return rows
    .flatMap((row, y) => [...row.matchAll(/1+/g)].map((run) => `M${run.index} ${y}h${run[0].length}v1h-${run[0].length}z`))
    .join("");
}
