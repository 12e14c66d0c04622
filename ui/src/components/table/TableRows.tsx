import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect } from "react";
import type { Column } from "./DataTable";
import styles from "./DataTable.module.css";

export interface TableRowsProps<Row> {
  id: string;
  scroller: HTMLDivElement | null;
  rows: readonly Row[];
  columns: readonly Column<Row>[];
  rowKey: (row: Row) => string;
  rowTone: ((row: Row) => "pencil" | "dim" | undefined) | undefined;
  rowHeight: number;
  active: number;
  canPress: boolean;
  onPress: (index: number) => void;
  onOpen: (index: number) => void;
}

/** Up to here all rows are drawn; above it only those in view. */
const ALL_ROWS = 80;
const HEAD_HEIGHT = 28;

export function TableRows<Row>(props: TableRowsProps<Row>) {
  return props.rows.length <= ALL_ROWS ? <AllRows {...props} /> : <RowsInView {...props} />;
}

function AllRows<Row>(props: TableRowsProps<Row>) {
  const { active, id } = props;
  useEffect(() => {
    if (active < 0) return;
    document.getElementById(`${id}-${active}`)?.scrollIntoView?.({ block: "nearest" });
  }, [active, id]);
  return props.rows.map((row, index) => (
    <Row key={props.rowKey(row)} {...props} row={row} index={index} />
  ));
}

function RowsInView<Row>(props: TableRowsProps<Row>) {
  // The virtualizer is one object that changes inside: memoised reads of it would be stale.
  "use no memo";
  const { rows, rowHeight, scroller, active } = props;
  // oxlint-disable-next-line react/incompatible-library -- "use no memo" above answers it
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller,
    estimateSize: () => rowHeight,
    scrollMargin: HEAD_HEIGHT,
    scrollPaddingStart: HEAD_HEIGHT,
    overscan: 12,
  });
  useEffect(() => {
    if (active >= 0) virtual.scrollToIndex(active, { align: "auto" });
  }, [virtual, active]);
  return (
    <div className={styles.space} style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((item) => {
        const row = rows[item.index] as Row;
        return (
          <Row key={props.rowKey(row)} {...props} row={row} index={item.index} top={item.start - HEAD_HEIGHT} />
        );
      })}
    </div>
  );
}

interface RowProps<Row> extends TableRowsProps<Row> {
  row: Row;
  index: number;
  top?: number;
}

function Row<Row>({ row, index, top, ...props }: RowProps<Row>) {
  const { id, columns, active, canPress, rowTone, onPress, onOpen } = props;
  return (
    <div
      id={`${id}-${index}`}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={index === active}
      className={styles.row}
      data-press={canPress || undefined}
      data-tone={rowTone?.(row)}
      data-in-view={top === undefined ? undefined : true}
      style={top === undefined ? undefined : { transform: `translateY(${top}px)` }}
      onClick={(event) => {
        if (canPress && !fromControl(event.target)) onPress(index);
      }}
      onDoubleClick={(event) => {
        if (!fromControl(event.target)) onOpen(index);
      }}
    >
      {columns.map((column) => (
        <div key={column.id} role="gridcell" className={styles.cell} data-align={column.align}>
          {column.cell(row)}
        </div>
      ))}
    </div>
  );
}

/** A button or field inside a row takes its own presses. */
function fromControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest("button,a,input,label,select") !== null;
}
