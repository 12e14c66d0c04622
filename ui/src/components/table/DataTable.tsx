import { useId, useState, type CSSProperties, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useFormatSetting, useFormats } from "../../lib/use-formats";
import { Button } from "../Button";
import { ErrorState, Skeleton } from "../States";
import styles from "./DataTable.module.css";
import { TableHead } from "./TableHead";
import { TableRows } from "./TableRows";
import {
  leastWidth,
  movedIndex,
  moveOf,
  nextSort,
  sortRows,
  tableState,
  type Sort,
  type SortableColumn,
} from "./model";
import { usePageKeys } from "./use-page-keys";

export interface Column<Row> extends SortableColumn<Row> {
  head: ReactNode;
  cell: (row: Row) => ReactNode;
  /** Figures stand at the end, words at the start. */
  align?: "start" | "end";
  /** A grid track: `120px`, `minmax(160px, 1fr)`. Default `minmax(96px, 1fr)`. */
  width?: string;
}

export interface DataTableProps<Row> {
  /** Read aloud. */
  label: string;
  columns: readonly Column<Row>[];
  /** Undefined while loading. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  selectedKey?: string | null;
  /** Press or arrow keys on a row. */
  onSelect?: (row: Row) => void;
  /** Enter or a double press; a single one when there is no `onSelect`. */
  onOpen?: (row: Row) => void;
  error?: { text: string; detail?: string | null } | null;
  onRetry?: () => void;
  /** One EmptyState. */
  empty: ReactNode;
  /** One NoResult, shown in place of `empty` while a filter is set. */
  noResult?: ReactNode;
  isFiltered?: boolean;
  /** How many rows there are, if not all were loaded: the foot says so. */
  total?: number;
  defaultSort?: Sort | null;
  /** Rows of sums and the like, below the last row. */
  foot?: ReactNode;
  /** 32 unless the density says otherwise; two-line rows want 48. */
  rowHeight?: number;
  /** J, K and the arrow keys work without focus in the table. One table per screen. */
  pageKeys?: boolean;
  /** Marks a row: `pencil` for held ones, `dim` for what does not count. */
  rowTone?: (row: Row) => "pencil" | "dim" | undefined;
}

/** A list: sorts, selects by key or pointer, has a face for loading, empty, error, too many. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowKey, selectedKey = null, onSelect, onOpen, defaultSort = null } = props;
  const { locale } = useFormatSetting();
  const [sort, setSort] = useState<Sort | null>(defaultSort);
  const [ownKey, setOwnKey] = useState<string | null>(null);
  // State and not a ref: the rows below must draw again once their scroller exists.
  const [scroller, setScroller] = useState<HTMLDivElement | null>(null);
  const id = useId();

  const shown = sortRows(rows ?? [], columns, sort, locale);
  const activeKey = selectedKey ?? ownKey;
  const active = activeKey === null ? -1 : shown.findIndex((row) => rowKey(row) === activeKey);
  const state = tableState(rows, props.error, props.isFiltered ?? false);
  const rowHeight = props.rowHeight ?? 32;

  function go(index: number) {
    const row = shown[index];
    if (row === undefined) return;
    setOwnKey(rowKey(row));
    onSelect?.(row);
  }

  function onKeyDown(event: KeyboardEvent | globalThis.KeyboardEvent) {
    const move = moveOf(event);
    const row = shown[active];
    if (move) {
      const page = Math.floor((scroller?.clientHeight ?? 320) / rowHeight) - 1;
      go(movedIndex(active, move, shown.length, Math.max(1, page)));
    } else if (event.key === "Enter" && row !== undefined && onOpen) onOpen(row);
    else return;
    event.preventDefault();
  }
  usePageKeys(props.pageKeys === true && state === "rows", onKeyDown);

  const narrowest = leastWidth(columns);
  const template = columns.map((column) => column.width ?? "minmax(96px, 1fr)").join(" ");
  return (
    <div className={styles.frame}>
      <div
        ref={setScroller}
        className={styles.scroller}
        role="grid"
        aria-label={props.label}
        aria-rowcount={rows ? (props.total ?? rows.length) + 1 : -1}
        aria-colcount={columns.length}
        aria-busy={state === "loading"}
        aria-activedescendant={active >= 0 ? `${id}-${active}` : undefined}
        tabIndex={0}
        style={
          {
            "--columns": template,
            "--row-height": `${rowHeight}px`,
            "--least-width": `${narrowest}px`,
          } as CSSProperties
        }
        onKeyDown={onKeyDown}
      >
        <TableHead columns={columns} sort={sort} onSort={(column) => setSort(nextSort(sort, column))} />
        {state === "rows" ? (
          <TableRows
            id={id}
            scroller={scroller}
            rows={shown}
            columns={columns}
            rowKey={rowKey}
            rowTone={props.rowTone}
            rowHeight={rowHeight}
            active={active}
            onPress={(index) => {
              go(index);
              const row = shown[index];
              if (!onSelect && row !== undefined) onOpen?.(row);
            }}
            onOpen={(index) => {
              const row = shown[index];
              if (row !== undefined) onOpen?.(row);
            }}
            canPress={Boolean(onSelect ?? onOpen)}
          />
        ) : (
          // A grid may hold rows only (WAI-ARIA): what stands in their place is one wide cell.
          <div role="row">
            <div role="gridcell" aria-colspan={columns.length}>
              <TableFace {...props} state={state} rowHeight={rowHeight} />
            </div>
          </div>
        )}
        {state === "rows" && props.foot}
      </div>
      <TooMany shown={rows?.length ?? 0} total={props.total} />
    </div>
  );
}

interface FaceProps
  extends Pick<DataTableProps<never>, "error" | "onRetry" | "empty" | "noResult"> {
  state: "loading" | "error" | "empty" | "noResult" | "rows";
  rowHeight: number;
}

function TableFace({ state, error, onRetry, empty, noResult, rowHeight }: FaceProps) {
  const { t } = useTranslation("common");
  if (state === "loading") return <Skeleton rows={8} height={rowHeight} />;
  if (state === "error") {
    return (
      <ErrorState
        title={error?.text}
        detail={error?.detail}
        action={onRetry && <Button onPress={onRetry}>{t("again")}</Button>}
      />
    );
  }
  return state === "noResult" ? (noResult ?? empty) : empty;
}

function TooMany({ shown, total }: { shown: number; total: number | undefined }) {
  const { t } = useTranslation("common");
  const formats = useFormats();
  if (total === undefined || total <= shown) return null;
  return (
    <p className={styles.more}>
      {t("rowsShown", {
        shown: formats.quantity(String(shown)),
        total: formats.quantity(String(total)),
      })}
    </p>
  );
}

/** A row of sums under the table: one cell per column. */
export function FootRow({ cells }: { cells: readonly { content: ReactNode; align?: "end" }[] }) {
  return (
    <div className={styles.foot} role="row">
      {cells.map((cell, index) => (
        <div key={index} role="gridcell" className={styles.cell} data-align={cell.align}>
          {cell.content}
        </div>
      ))}
    </div>
  );
}
