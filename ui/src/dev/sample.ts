import { eachDay } from "../lib/dates";

export interface SampleCustomer {
  name: string;
  tokens: string;
  revenue: string;
  cost: string;
  margin: string;
  months: string[];
}

export const eur = (amount: string) => ({ amount, currency: "EUR" });
export const days = eachDay("2026-10-01", "2026-10-31");
export const seriesNames = ["gpt-6.1-sol", "claude-sonnet-5-5", "gemini-3.8-flash", "claude-haiku-4-5", "17 other models"];

const NAMES = [
  "Pixelforge Games AB", "Trellis CRM B.V.", "Kestrel Robotics B.V.", "Mapleworks Ltd", "Kite & Key Labs Inc.",
  "Orchard Legal LLP", "Brio Telehealth SAS", "Rook Security Oy", "Ardent Support Ltd", "Nordlicht Versicherung AG",
];

export const customers: SampleCustomer[] = Array.from({ length: 240 }, (_, at) => ({
  name: at < NAMES.length ? (NAMES[at] ?? "") : `${NAMES[at % NAMES.length]} ${at}`,
  tokens: String(96_415_720 + at * 1_234_567),
  revenue: `${50_907 - at * 97}.15`,
  cost: `${43_633 - at * 61}.67`,
  margin: at < 3 ? `-${10 - at * 2.8}`.slice(0, 5) : `${12 + (at % 47)}.5`,
  months: Array.from({ length: 12 }, (_, month) => String(100 + month * 9 + ((at * 7 + month * 5) % 23))),
}));
