/** A part of a text that the query found, `[from, to)`. */
export type Range = [from: number, to: number];

export interface Match {
  /** Higher is better; 0 never occurs. */
  score: number;
  ranges: Range[];
}

/**
 * Finds a query in a text the way people type: every word of the query must be found, as a whole,
 * at the start of a word, inside, as initials in order, or with one slip (two in long words).
 */
export function match(query: string, text: string): Match | null {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return { score: 1, ranges: [] };
  const folded = fold(text);
  let score = 0;
  const ranges: Range[] = [];
  for (const word of words) {
    const found = matchWord(word, folded);
    if (!found) return null;
    score += found.score;
    ranges.push(...found.ranges);
  }
  // Of two equal hits the shorter text is the nearer one.
  return { score: score / words.length + 1 / (1 + folded.length), ranges: mergeRanges(ranges) };
}

/** Lower case without accents, one character per character so that positions stay. */
export function fold(text: string): string {
  return Array.from(text.toLowerCase(), (sign) => {
    const bare = sign.normalize("NFD").replace(/\p{M}/gu, "");
    return bare.length === sign.length ? bare : sign;
  }).join("");
}

function matchWord(word: string, text: string): Match | null {
  const at = bestIndex(word, text);
  if (at >= 0) {
    const start = isWordStart(text, at);
    const whole = start && (at + word.length === text.length || !isWordSign(text[at + word.length]));
    const score = at === 0 && whole ? 100 : whole ? 90 : at === 0 ? 85 : start ? 75 : 55;
    return { score, ranges: [[at, at + word.length]] };
  }
  return matchInitials(word, text) ?? matchWithSlips(word, text);
}

function bestIndex(word: string, text: string): number {
  let first = -1;
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (isWordStart(text, at)) return at;
    if (first < 0) first = at;
  }
  return first;
}

/** `hs` finds `Halden Systems`, `g5m` finds `gpt-5-mini`: each sign starts a word, in order. */
function matchInitials(word: string, text: string): Match | null {
  if (word.length < 2) return null;
  const ranges: Range[] = [];
  let from = 0;
  for (const sign of word) {
    let at = text.indexOf(sign, from);
    while (at >= 0 && !isWordStart(text, at)) at = text.indexOf(sign, at + 1);
    if (at < 0) return null;
    ranges.push([at, at + 1]);
    from = at + 1;
  }
  return { score: 45, ranges };
}

function matchWithSlips(word: string, text: string): Match | null {
  if (word.length < 4) return null;
  const allowed = word.length >= 8 ? 2 : 1;
  let best: { slips: number; range: Range } | null = null;
  for (const token of tokens(text)) {
    const piece = text.slice(token[0], Math.min(token[1], token[0] + word.length + allowed));
    const slips = prefixDistance(word, piece, allowed);
    if (slips <= allowed && (best === null || slips < best.slips)) best = { slips, range: token };
  }
  return best && { score: 35 - 10 * best.slips, ranges: [best.range] };
}

function tokens(text: string): Range[] {
  return Array.from(text.matchAll(/[\p{L}\p{N}]+/gu), (hit): Range => [
    hit.index,
    hit.index + hit[0].length,
  ]);
}

/** Fewest edits (a swap of neighbours counts one) that turn `word` into a prefix of `text`. */
export function prefixDistance(word: string, text: string, limit: number): number {
  let before: number[] = [];
  let row = Array.from({ length: text.length + 1 }, (_, j) => j);
  for (let i = 1; i <= word.length; i++) {
    const next = [i];
    for (let j = 1; j <= text.length; j++) {
      const same = word[i - 1] === text[j - 1];
      let cost = Math.min(at(row, j - 1) + (same ? 0 : 1), at(row, j) + 1, at(next, j - 1) + 1);
      const swapped = i > 1 && j > 1 && word[i - 1] === text[j - 2] && word[i - 2] === text[j - 1];
      if (swapped) cost = Math.min(cost, at(before, j - 2) + 1);
      next.push(cost);
    }
    if (Math.min(...next) > limit) return limit + 1;
    before = row;
    row = next;
  }
  return Math.min(...row);
}

const at = (row: number[], index: number) => row[index] ?? Infinity;
const isWordSign = (sign: string | undefined) => sign !== undefined && /[\p{L}\p{N}]/u.test(sign);

function isWordStart(text: string, index: number): boolean {
  if (index === 0) return true;
  const here = text[index] ?? "";
  const left = text[index - 1];
  return !isWordSign(left) || (/\d/.test(here) && !/\d/.test(left ?? ""));
}

function mergeRanges(ranges: Range[]): Range[] {
  const sorted = ranges.toSorted((a, b) => a[0] - b[0]);
  const merged: Range[] = [];
  for (const [from, to] of sorted) {
    const last = merged.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else merged.push([from, to]);
  }
  return merged;
}

/** The texts that match, best first; equal scores keep the order they came in. */
export function rank<T>(
  query: string,
  items: readonly T[],
  textOf: (item: T) => string,
): { item: T; match: Match }[] {
  return items
    .flatMap((item) => {
      const found = match(query, textOf(item));
      return found ? [{ item, match: found }] : [];
    })
    .toSorted((a, b) => b.match.score - a.match.score);
}
