import styles from "./ColumnMapper.module.css";
import { type Option, Select } from "./Select";

const NONE = "*none";

export interface MappedColumn {
  name: string;
  /** A first value of it. */
  example: string;
  note?: string;
  /** What it means by now. */
  field: string | null;
  label: string;
  /** What it can mean. */
  options: readonly Option<string>[];
}

interface ColumnMapperProps {
  heads: { inFile: string; example: string; inBook: string };
  /** The choice of a column that is not read. */
  unused: string;
  columns: readonly MappedColumn[];
  onField: (column: string, field: string | null) => void;
}

/** The columns of a file, an example of each, and what it means: guessed, and changed here. */
export function ColumnMapper({ heads, unused, columns, onField }: ColumnMapperProps) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">{heads.inFile}</th>
          <th scope="col">{heads.example}</th>
          <th scope="col">{heads.inBook}</th>
        </tr>
      </thead>
      <tbody>
        {columns.map((column) => (
          <tr key={column.name} data-unused={column.field === null || undefined}>
            <td className="mono">
              {column.name}
              {column.note && <span className={styles.note}>{column.note}</span>}
            </td>
            <td className="muted id">
              <span className="truncate">{column.example}</span>
            </td>
            <td>
              <Select
                size="small"
                aria-label={column.label}
                value={column.field ?? NONE}
                options={[{ value: NONE, label: unused }, ...column.options]}
                onChange={(value) => onField(column.name, value === NONE ? null : value)}
              />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
