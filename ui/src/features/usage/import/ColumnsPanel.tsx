import { useTranslation } from "react-i18next";
import { Panel } from "../../../components/Panel";
import { Select } from "../../../components/Select";
import { Note } from "../../../components/States";
import type { ColumnText, MappingText, UsageImportPreviewReply } from "../../../ipc/generated/types";
import { useFormats } from "../../../lib/use-formats";
import { fieldName } from "../words";
import styles from "./Import.module.css";
import { fieldOf, withColumn } from "./model";
import { SampleTable } from "./SampleTable";
import { SettingsFields } from "./SettingsFields";

export interface ColumnsPanelProps {
  preview: UsageImportPreviewReply;
  busy: boolean;
  onMapping: (mapping: MappingText) => void;
}

const NONE = "*none";

/** What each column means, then the first events as they would be stored. */
export function ColumnsPanel({ preview, busy, onMapping }: ColumnsPanelProps) {
  const { t } = useTranslation("usage");
  const formats = useFormats();
  const { mapping } = preview;
  const used = preview.columns.filter((column) => fieldOf(mapping, column) !== null).length;
  const aside = mapping
    ? t("import.used", { used: formats.quantity(String(used)), all: formats.quantity(String(preview.columns.length)) })
    : undefined;
  return (
    <Panel flush grow title={mapping ? t("import.step.columns") : t("import.sample")} aside={aside}>
      {mapping ? (
        <>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">{t("import.inFile")}</th>
                <th scope="col">{t("import.example")}</th>
                <th scope="col">{t("import.inBook")}</th>
              </tr>
            </thead>
            <tbody>
              {preview.columns.map((column) => (
                <ColumnRow
                  key={column.name}
                  column={column}
                  field={fieldOf(mapping, column)}
                  fields={preview.fields}
                  onField={(field) => onMapping(withColumn(mapping, column.name, field))}
                />
              ))}
            </tbody>
          </table>
          <SettingsFields mapping={mapping} onMapping={onMapping} />
        </>
      ) : (
        <div className={styles.pad}>
          <Note tone="ink">{t("import.known")}</Note>
        </div>
      )}
      <SampleTable events={preview.sample} busy={busy} titled={mapping !== null} />
    </Panel>
  );
}

interface ColumnRowProps {
  column: ColumnText;
  field: string | null;
  fields: readonly string[];
  onField: (field: string | null) => void;
}

function ColumnRow({ column, field, fields, onField }: ColumnRowProps) {
  const { t } = useTranslation("usage");
  const own = field !== null && !fields.includes(field) ? [field] : [];
  const options = [
    { value: NONE, label: t("import.unused") },
    ...[...own, ...fields].map((value) => ({ value, label: fieldName(value) })),
  ];
  return (
    <tr data-unused={field === null || undefined}>
      <td className="mono">
        {column.name}
        {column.note && column.note !== "not_read" && (
          <span className={styles.note}>{t(`columnNote.${column.note}`, { defaultValue: column.note })}</span>
        )}
      </td>
      <td className="muted id">
        <span className="truncate">{column.example}</span>
      </td>
      <td>
        <Select
          size="small"
          aria-label={t("import.meaning", { column: column.name })}
          value={field ?? NONE}
          options={options}
          onChange={(value) => onField(value === NONE ? null : value)}
        />
      </td>
    </tr>
  );
}
