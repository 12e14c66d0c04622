import { match, rank, type Range } from "../../lib/search";
import type { Action, Found, FoundSection } from "../actions";

/** One row of the palette. */
export interface Entry {
  id: string;
  title: string;
  ranges: Range[];
  item: Action | Found;
}

export interface Section {
  id: string;
  title: string;
  entries: Entry[];
}

export interface PaletteWords {
  recent: string;
  actions: string;
}

/** Score of a word found inside another one: everything below only resembles the query. */
const INSIDE = 55;

/** Rows shown per group of things; the rest is one click away on its screen. */
export const PER_SECTION = 6;

/** What the palette lists for a query: things found, then actions; recent ones first when empty. */
export function sections(
  query: string,
  actions: readonly Action[],
  found: readonly FoundSection[],
  recent: readonly string[],
  words: PaletteWords,
): Section[] {
  if (query.trim() === "") return emptyQuery(actions, recent, words);
  const things = found.map(({ id, title, found: items }) => ({
    id,
    title,
    entries: items.slice(0, PER_SECTION).map((item) => entry(item, query)),
  }));
  // What the title says itself comes before what only a keyword says.
  const hits = rank(query, actions, (action) => `${action.title} ${action.keywords ?? ""}`);
  const titled = ({ item }: { item: Action }) => (match(query, item.title)?.score ?? 0) >= INSIDE;
  const ranked = [...hits.filter(titled), ...hits.filter((hit) => !titled(hit))];
  const acts = {
    id: "actions",
    title: words.actions,
    entries: ranked.slice(0, PER_SECTION * 2).map(({ item }) => entry(item, query)),
  };
  // A clear hit on an action stands above things that only resemble the query.
  const order = (ranked[0]?.match.score ?? 0) >= 75 ? [acts, ...things] : [...things, acts];
  return order.filter((section) => section.entries.length > 0);
}

function emptyQuery(
  actions: readonly Action[],
  recent: readonly string[],
  words: PaletteWords,
): Section[] {
  const known = recent.flatMap((id) => actions.find((action) => action.id === id) ?? []);
  const others = actions.filter((action) => !recent.includes(action.id));
  return [
    { id: "recent", title: words.recent, entries: known.map((item) => entry(item, "")) },
    { id: "actions", title: words.actions, entries: others.map((item) => entry(item, "")) },
  ].filter((section) => section.entries.length > 0);
}

function entry(item: Action | Found, query: string): Entry {
  const ranges = query === "" ? [] : (match(query, item.title)?.ranges ?? []);
  return { id: item.id, title: item.title, ranges, item };
}

/** The row after a key: wraps around, stays inside the list. */
export function moved(index: number, by: number, count: number): number {
  return count === 0 ? 0 : (index + by + count) % count;
}

/** The title cut into found and other pieces, for drawing. */
export function pieces(title: string, ranges: readonly Range[]): { text: string; hit: boolean }[] {
  const cut: { text: string; hit: boolean }[] = [];
  let at = 0;
  for (const [from, to] of ranges) {
    if (from > at) cut.push({ text: title.slice(at, from), hit: false });
    cut.push({ text: title.slice(from, to), hit: true });
    at = to;
  }
  if (at < title.length) cut.push({ text: title.slice(at), hit: false });
  return cut;
}
