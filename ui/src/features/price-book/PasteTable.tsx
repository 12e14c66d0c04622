import { useTranslation } from "react-i18next";
import { Select } from "../../components/Select";
import type { PasteFault, PasteReading } from "./paste-plan";
import styles from "./PasteTable.module.css";
import { columnWords } from "./words";

const ROWS = 6;
const NONE = "-";
const NAMES = "names";

interface PasteTableProps {
  block: readonly (readonly string[])[];
  reading: PasteReading;
  columns: readonly string[];
  faults: readonly PasteFault[];
  /** What a pasted column is: a column of the grid, the names, or null to leave it out. */
  onColumn: (at: number, id: string | null) => void;
}

/** The first lines as they were pasted, and above each column what it is taken for. */
export function PasteTable({ block, reading, columns, faults, onColumn }: PasteTableProps) {
  const { t } = useTranslation("price-book");
  const width = block[0]?.length ?? 0;
  const bad = new Set(faults.map(({ row, column }) => `${row}.${column}`));
  const options = [
    { value: NONE, label: t("paste.leave") },
    { value: NAMES, label: t("paste.names") },
    ...columns.map((id) => ({ value: id, label: columnWords(id) })),
  ];
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls by keys
    <div className={styles.pasteFrame} tabIndex={0} role="group" aria-label={t("paste.table")}>
      <table className={styles.pasteTable}>
        <thead>
          <tr>
            {Array.from({ length: width }, (_, at) => (
              <th key={at}>
                <Select
                  aria-label={t("paste.column", { column: at + 1 })}
                  size="small"
                  value={reading.names === at ? NAMES : (reading.columns[at] ?? NONE)}
                  options={options}
                  onChange={(value) => onColumn(at, value === NONE ? null : value)}
                />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {block.slice(0, ROWS).map((cells, at) => (
            <tr key={at} data-head={(reading.hasHead && at === 0) || undefined}>
              {cells.map((cell, across) => (
                <td key={across} data-bad={bad.has(`${at + 1}.${across + 1}`) || undefined} data-left={(reading.names !== across && !reading.columns[across]) || undefined}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {block.length > ROWS && <p className="small muted">{t("paste.moreRows", { count: block.length - ROWS })}</p>}
    </div>
  );
}
