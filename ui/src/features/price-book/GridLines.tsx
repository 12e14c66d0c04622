import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect } from "react";
import type { PriceRow } from "../../ipc/generated/types";
import { type Layout, type Line, lineAt } from "./layout";
import { ModelLine, ProviderLine } from "./Lines";
import type { View } from "./model";
import type { Bounds, Corner } from "./selection";
import styles from "./PriceGrid.module.css";
import type { Changes } from "./use-comparison";
import { HEAD_HEIGHT, NAME_WIDTH } from "./sizes";

export interface GridLinesProps {
  layout: Layout;
  rows: ReadonlyMap<number, PriceRow>;
  view: View;
  line: number;
  dimension: string | null;
  scroller: HTMLDivElement | null;
  rowHeight: number;
  columns: readonly string[];
  columnWidth: number;
  activeId: string;
  /** The selected range; null when it is the cursor alone. */
  marked: Bounds | null;
  /** Changes against another version, by `provider/model/column`. */
  changes: Changes | null;
  /** Line of the far end of a range that the keys extend: it is kept in view. */
  follow: number | null;
  /** Where the handle that fills stands. */
  corner: Corner | null;
  /** What a drag of the handle covers by now. */
  filling: Bounds | null;
  onView: (from: number, to: number) => void;
}

/** The lines and columns in view. */
export function GridLines(props: GridLinesProps) {
  // The virtualizer is one object that changes inside: memoised reads of it would be stale.
  "use no memo";
  const { layout, scroller, rowHeight, columns, columnWidth, line, follow, onView } = props;
  // oxlint-disable-next-line react/incompatible-library -- "use no memo" above answers it
  const lines = useVirtualizer({
    count: layout.lines,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    overscan: 10,
  });
  const across = useVirtualizer({
    horizontal: true,
    count: columns.length,
    getScrollElement: () => scroller,
    estimateSize: () => columnWidth,
    scrollMargin: NAME_WIDTH,
    overscan: 2,
  });
  useEffect(() => lines.measure(), [lines, rowHeight]);
  useEffect(() => across.measure(), [across, columnWidth]);
  useEffect(() => {
    if (line >= 0) lines.scrollToIndex(line, { align: "auto" });
  }, [lines, line]);
  useEffect(() => {
    if (follow !== null) lines.scrollToIndex(follow, { align: "auto" });
  }, [lines, follow]);
  const items = lines.getVirtualItems();
  const [top, bottom] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  useEffect(() => onView(top, bottom), [onView, top, bottom]);
  const shown = across.getVirtualItems();
  const from = shown[0]?.index ?? 0;
  const to = shown.at(-1)?.index ?? -1;
  return (
    <div className={styles.space} role="rowgroup" style={{ height: lines.getTotalSize() }}>
      {items.map((item) => (
        <GridLine key={item.index} {...props} at={item.index} top={item.start - HEAD_HEIGHT} from={from} to={to} />
      ))}
    </div>
  );
}

interface GridLineProps extends GridLinesProps {
  at: number;
  top: number;
  from: number;
  to: number;
}

function GridLine({ at, top, from, to, ...props }: GridLineProps) {
  const { layout, rows, columns, view, line, dimension, activeId, marked, changes, corner, filling } = props;
  const found: Line | null = lineAt(layout, at);
  if (!found) return null;
  const isOn = at === line;
  if (found.kind === "provider") {
    return (
      <ProviderLine
        group={found.group}
        at={at}
        top={top}
        activeId={isOn ? activeId : undefined}
      />
    );
  }
  const isFilling = filling !== null && at >= filling.top && at <= filling.bottom;
  const isMarked = marked !== null && at >= marked.top && at <= marked.bottom;
  return (
    <ModelLine
      row={rows.get(found.index)}
      at={at}
      top={top}
      columns={columns}
      from={from}
      to={to}
      view={view}
      activeId={isOn ? activeId : undefined}
      dimension={isOn ? dimension : undefined}
      markedFrom={isMarked ? (marked.wholeRows ? -1 : marked.left) : -2}
      markedTo={isMarked ? marked.right : -2}
      fillFrom={isFilling ? filling.left : -2}
      fillTo={isFilling ? filling.right : -2}
      corner={corner?.line === at ? corner.column : -2}
      changes={changes}
    />
  );
}
