import { ArrowDown, ArrowUp } from "lucide-react";
import { Icon } from "../Icon";
import type { Column } from "./DataTable";
import styles from "./DataTable.module.css";
import type { Sort } from "./model";

export interface TableHeadProps<Row> {
  columns: readonly Column<Row>[];
  sort: Sort | null;
  onSort: (column: Column<Row>) => void;
}

/** The sticky head; a sortable column is a button. */
export function TableHead<Row>({ columns, sort, onSort }: TableHeadProps<Row>) {
  return (
    <div className={styles.head} role="row" aria-rowindex={1}>
      {columns.map((column) => {
        const sorted = sort?.column === column.id ? sort.direction : null;
        const direction = sorted === "up" ? "ascending" : sorted === "down" ? "descending" : undefined;
        return (
          <div
            key={column.id}
            role="columnheader"
            className={styles.cell}
            data-align={column.align}
            aria-sort={direction}
          >
            {column.sortBy ? (
              <button type="button" tabIndex={-1} className={styles.sort} onClick={() => onSort(column)}>
                <span className="truncate">{column.head}</span>
                {sorted && <Icon icon={sorted === "up" ? ArrowUp : ArrowDown} size="xs" />}
              </button>
            ) : (
              <span className="truncate">{column.head}</span>
            )}
          </div>
        );
      })}
    </div>
  );
}
