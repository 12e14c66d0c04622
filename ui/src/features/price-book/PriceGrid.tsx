import { useEffect, useEffectEvent, useId, useState, type CSSProperties, type KeyboardEvent, type MouseEvent, type PointerEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PriceRow } from "../../ipc/generated/types";
import type { ColumnSpan } from "./columns";
import { opensWith, type GridAct, gridActOf } from "./grid-keys";
import { GridHead } from "./GridHead";
import { GridLines } from "./GridLines";
import { type Cursor, gridMoveOf, keyAt, type Layout, lineAt, moveCursor } from "./layout";
import type { View } from "./model";
import styles from "./PriceGrid.module.css";
import { boundsOf, type Bounds, type Corner, everything, extend, filled, isMany, type Range } from "./selection";
import { HEAD_HEIGHT, NAME_WIDTH } from "./sizes";
import { useClipboard, type Copy } from "./use-clipboard";
import type { Changes } from "./use-comparison";
import { useDragRange } from "./use-drag-range";

export interface PriceGridProps {
  layout: Layout;
  rows: ReadonlyMap<number, PriceRow>;
  spans: readonly ColumnSpan[];
  view: View;
  /** The rows answer an older search. */
  isOld: boolean;
  /** Line of the cursor, −1 when it is not in the grid. */
  line: number;
  dimension: string | null;
  /** The place was chosen by somebody: only then the columns move to show it. */
  isChosen: boolean;
  onCursor: (cursor: Cursor) => void;
  /** The selected cells; null when it is the cursor alone. */
  range: Range | null;
  onRange: (range: Range | null) => void;
  /** What is copied of a range, or of the cursor. */
  onCopy: (bounds: Bounds | null) => Copy | Promise<Copy> | null;
  /** A price can be typed here: not in the view of costs. */
  canType: boolean;
  /** Enter, the first sign of a price, or a double click. */
  onEdit: (anchor: HTMLElement, start: string | null) => void;
  /** Delete, Ctrl D, Ctrl R and the like: done to the range or the cursor. */
  onAct: (act: GridAct, bounds: Bounds) => void;
  /** The corner of a range was dragged: what stands in `base` goes on over `whole`. */
  onFill: (base: Bounds, whole: Bounds) => void;
  onPaste: (text: string, html: string, bounds: Bounds) => void;
  /** Against another version, shown in place of the prices. */
  changes: Changes | null;
  /** What is typed over a cell. */
  editor: ReactNode;
  onToggle: (provider: string) => void;
  /** First and last line in view, for loading. */
  onView: (from: number, to: number) => void;
}

/** Models by dimensions: one tab stop, arrow keys inside, only what is in view is drawn. */
export function PriceGrid(props: PriceGridProps) {
  const { layout, rows, spans, line, dimension, range, onRange } = props;
  const { t } = useTranslation("price-book");
  const id = useId();
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const space = useSpace(scroller);
  const columns = spans.flatMap((span) => span.columns.map((column) => column.id));
  const width = columnWidth(space.width, columns.length);
  const column = dimension === null ? -1 : columns.indexOf(dimension);
  const cursor: Cursor = { line, dimension, key: null };
  const active: Corner = { line: Math.max(line, 0), column };
  const marked = range === null ? null : boundsOf(range, columns.length);
  // A range that the keys extend is followed; one that was dragged is where the pointer is.
  const [follow, setFollow] = useState<Corner | null>(null);
  useColumnInView(scroller, follow ? follow.column : props.isChosen ? column : -1, width);
  const meant = marked ?? boundsOf({ from: active, to: active }, columns.length);
  useClipboard(scroller, {
    copy: () => props.onCopy(line < 0 && !marked ? null : meant),
    paste: (text, html) => props.onPaste(text, html, meant),
  });

  const keyed = (next: Cursor): Cursor => {
    const place = lineAt(layout, next.line);
    return { ...next, key: place && keyAt(place, rows) };
  };
  const activeId = `${id}-active`;
  const go = (next: Cursor) => {
    setFollow(null);
    onRange(null);
    props.onCursor(keyed(next));
  };
  const stretch = (next: Range, isFollowed: boolean) => {
    setFollow(isFollowed ? next.to : null);
    onRange(isMany(next) ? next : null);
  };

  function onKeyDown(event: KeyboardEvent) {
    const page = Math.max(1, Math.floor((space.height - HEAD_HEIGHT) / space.row) - 1);
    const move = gridMoveOf(event);
    const place = lineAt(layout, line);
    const cell = document.getElementById(activeId);
    const grid = { lines: layout.lines, columns, page };
    const act = gridActOf(event);
    const start = opensWith(event, props.canType && place?.kind === "model" && dimension !== null);
    if (move && event.shiftKey) stretch(extend(range, active, move, grid), true);
    else if (event.key === "a" && (event.ctrlKey || event.metaKey) && layout.lines > 0) stretch(everything(layout.lines, columns.length), false);
    else if (event.key === "Escape" && range) onRange(null);
    else if (move && place?.kind === "provider" && dimension === null && (move === "left" ? place.group.isOpen : move === "right" && !place.group.isOpen)) {
      props.onToggle(place.group.provider.provider);
    } else if (move) {
      // The names are always in view; the start of the row is meant with them.
      if (move === "rowStart" || move === "first") event.currentTarget.scrollLeft = 0;
      go(moveCursor({ ...cursor, line: active.line }, move, grid));
    } else if (event.key === " " && place?.kind === "provider") props.onToggle(place.group.provider.provider);
    else if (act) props.onAct(act, meant);
    else if (start !== undefined && cell) props.onEdit(cell, start);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  // A press selects first; the cell it selects is drawn by the next frame.
  const onEdit = useEffectEvent(props.onEdit);
  const [soon, setSoon] = useState(0);
  const editSoon = () => setSoon((now) => now + 1);
  useEffect(() => {
    const active = soon > 0 && document.getElementById(activeId);
    if (active) onEdit(active, null);
  }, [soon, activeId]);

  const cornerAt = (element: Element | null): Corner | null => {
    const cell = element?.closest<HTMLElement>("[data-line]");
    if (!cell || !scroller?.contains(cell)) return null;
    const name = cell.dataset.dimension;
    const found = Number.parseInt(cell.dataset.line ?? "", 10);
    // The head of a provider has no columns: a range that crosses it keeps its own.
    const isHead = lineAt(layout, found)?.kind === "provider";
    return { line: found, column: isHead ? (range?.to.column ?? column) : name === undefined ? -1 : columns.indexOf(name) };
  };
  const drag = useDragRange(scroller, cornerAt, (from, to) => stretch({ from, to }, false));
  const [filling, setFilling] = useState<{ base: Bounds; whole: Bounds } | null>(null);
  const dragFill = useDragRange(
    scroller,
    cornerAt,
    (_, to) => setFilling((now) => now && { ...now, whole: filled(now.base, to, columns.length) }),
    (isDone) => {
      setFilling(null);
      if (!isDone || !filling || filling.whole === filling.base) return;
      const { base, whole } = filling;
      onRange({ from: { line: whole.top, column: whole.left }, to: { line: whole.bottom, column: whole.right } });
      props.onFill(base, whole);
    },
  );
  // Whole rows have no corner to drag: their names are no prices.
  const canFill = props.canType && line >= 0 && !meant.wholeRows && (range !== null || dimension !== null);

  function onPointerDown(event: PointerEvent) {
    const { target } = event;
    if (event.button !== 0 || event.pointerType === "touch" || !(target instanceof Element)) return;
    if (target.closest("[data-act=fill]")) {
      event.preventDefault();
      scroller?.focus({ preventScroll: true });
      setFilling({ base: meant, whole: meant });
      return dragFill({ line: meant.bottom, column: meant.right });
    }
    if (target.closest("[data-act]")) return;
    const corner = cornerAt(target);
    if (!corner) return;
    if (event.shiftKey) stretch({ from: active, to: corner }, false);
    else go({ line: corner.line, dimension: columns[corner.column] ?? null, key: null });
    drag(event.shiftKey ? active : corner);
  }

  function onClick(event: MouseEvent) {
    const { target } = event;
    if (!(target instanceof Element)) return;
    const corner = cornerAt(target);
    const place = corner && lineAt(layout, corner.line);
    if (!place) return;
    const act = target.closest<HTMLElement>("[data-act]")?.dataset.act;
    if (act === "toggle") return props.onToggle(place.group.provider.provider);
    if (act === "edit") {
      go({ line: corner.line, dimension, key: null });
      editSoon();
      // A finger scrolls: it selects only when it is lifted on the same cell.
    } else if (event.detail > 0 && (event.nativeEvent as globalThis.PointerEvent).pointerType === "touch") {
      go({ line: corner.line, dimension: columns[corner.column] ?? null, key: null });
    }
  }

  return (
    <div className={styles.frame}>
    <div
      ref={setScroller}
      className={styles.scroller}
      role="grid"
      aria-label={t("grid", { view: t(`view.${props.view}`) })}
      aria-rowcount={layout.lines + 2}
      aria-colcount={columns.length + 1}
      aria-busy={props.isOld || undefined}
      aria-multiselectable
      aria-activedescendant={line >= 0 ? activeId : undefined}
      aria-readonly={props.view === "cost" || undefined}
      tabIndex={0}
      data-view={props.view}
      style={{ "--name-width": `${NAME_WIDTH}px`, "--column-width": `${width}px`, "--grid-width": `${NAME_WIDTH + columns.length * width}px` } as CSSProperties}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onClick={onClick}
      onDoubleClick={() => editSoon()}
    >
      <GridHead spans={spans} dimension={dimension} />
      <GridLines
        {...props}
        scroller={scroller}
        rowHeight={space.row}
        columns={columns}
        columnWidth={width}
        activeId={activeId}
        marked={marked}
        follow={follow?.line ?? null}
        corner={canFill ? { line: meant.bottom, column: meant.right } : null}
        filling={filling?.whole ?? null}
      />
    </div>
      {props.editor}
    </div>
  );
}

/** Columns share the width as long as a price fits. */
function columnWidth(space: number, count: number): number {
  if (count === 0) return 96;
  return Math.min(150, Math.max(86, Math.floor((space - NAME_WIDTH) / count)));
}

function useSpace(scroller: HTMLDivElement | null) {
  const [space, setSpace] = useState({ width: 870, height: 560, row: 28 });
  useEffect(() => {
    if (!scroller) return;
    const measure = () => {
      const row = Number.parseInt(getComputedStyle(scroller).getPropertyValue("--row-grid"), 10) || 28;
      setSpace({ width: scroller.clientWidth, height: scroller.clientHeight, row });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(scroller);
    return () => observer.disconnect();
  }, [scroller]);
  return space;
}

/** Scrolls sideways until the cursor's column stands beside the frozen names. */
function useColumnInView(scroller: HTMLDivElement | null, column: number, width: number): void {
  useEffect(() => {
    if (!scroller || column < 0) return;
    const left = column * width;
    const room = scroller.clientWidth - NAME_WIDTH;
    if (left < scroller.scrollLeft) scroller.scrollTo({ left });
    else if (left + width > scroller.scrollLeft + room) scroller.scrollTo({ left: left + width - room });
  }, [scroller, column, width]);
}
