import { useDeferredValue, useState } from "react";
import type { GridFilter } from "../../ipc/generated/types";
import { usePreferences } from "../../lib/preferences";
import { cellOf, columnsOf, shownColumns } from "./columns";
import { cursorLine, keyAt, layoutOf, lineAt, pagesOf, type Cursor } from "./layout";
import type { PriceSearch } from "./model";
import { isMany, type Range } from "./selection";
import { useCursor } from "./use-cursor";
import { type GridQuery, usePrices } from "./use-prices";

interface Typed {
  search: PriceSearch;
  text: string;
  show: GridFilter;
  onAddress: (model: string | undefined, dimension: string | undefined) => void;
}

/** What the grid shows, where its cursor stands and which cells are selected. */
export function useGridState({ search, text, show, onAddress }: Typed) {
  // Asked with each key: what is typed is drawn first, and older answers stay until the new one.
  const typed = useDeferredValue(text);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [inView, setInView] = useState({ from: 0, to: 40 });
  const [pages, setPages] = useState<readonly number[]>([0]);
  const query: GridQuery = { search: typed, provider: search.provider ?? null, filter: show };
  const prices = usePrices(query, pages);
  const { head, rows } = prices;
  const layout = layoutOf(head?.providers ?? [], closed);
  const wanted = pagesOf(layout, inView.from, inView.to);
  if (head && wanted.join() !== pages.join()) setPages(wanted);

  const [cursor, setCursor] = useCursor(search, onAddress);
  const line = cursorLine(cursor, layout, rows);
  const place = lineAt(layout, line);
  const row = place?.kind === "model" ? rows.get(place.index) : undefined;
  const allSpans = columnsOf(head);
  const { hiddenColumns } = usePreferences();
  const hidden = new Set(hiddenColumns);
  const spans = shownColumns(allSpans, hidden, cursor?.dimension ?? null);
  const columns = spans.flatMap((span) => span.columns.map((column) => column.id));
  const first = row?.cells.find((cell) => cell.dimension === "output_tokens") ?? row?.cells[0];
  const column = cursor ? cursor.dimension : (first?.dimension ?? null);
  // A model that the filter does not show any more stays in the inspector.
  const model = row ? `${row.provider}/${row.model}` : place === null && cursor?.key?.includes("/") ? cursor.key : null;

  // A range names lines: when other rows stand on them, it is gone.
  const rowsKey = JSON.stringify([query, [...closed], head?.total, columns]);
  const [selected, setSelected] = useState<{ range: Range; of: string } | null>(null);
  const range = selected?.of === rowsKey ? selected.range : null;

  return {
    prices,
    isOld: prices.isOld || typed !== text,
    head,
    rows,
    query,
    pages,
    typed,
    layout,
    spans,
    /** With the hidden ones. */
    allSpans,
    hidden,
    columns,
    line,
    place,
    row,
    /** Id of the cursor's column; null is the name. */
    column,
    cell: cellOf(row, column),
    /** `provider/model` of the inspector. */
    model,
    isChosen: cursor !== null,
    range,
    setRange: (next: Range | null) => setSelected(next && isMany(next) ? { range: next, of: rowsKey } : null),
    setCursor: (next: Cursor) => {
      const at = lineAt(layout, next.line);
      setCursor({ ...next, key: at && keyAt(at, rows) });
    },
    toggle: (provider: string) =>
      setClosed((now) => (now.has(provider) ? new Set([...now].filter((one) => one !== provider)) : new Set([...now, provider]))),
    view: (from: number, to: number) => setInView((now) => (now.from === from && now.to === to ? now : { from, to })),
  };
}

export type GridState = ReturnType<typeof useGridState>;
