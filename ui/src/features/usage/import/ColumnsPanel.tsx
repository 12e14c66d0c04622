import { useTranslation } from "react-i18next";
import { ColumnMapper } from "../../../components/ColumnMapper";
import { Panel } from "../../../components/Panel";
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

/** What each column means, then the first events as they would be stored. */
export function ColumnsPanel({ preview, busy, onMapping }: ColumnsPanelProps) {
  const { t } = useTranslation("usage");
  const formats = useFormats();
  const { mapping } = preview;
  const used = preview.columns.filter((column) => fieldOf(mapping, column) !== null).length;
  const mapped = ({ name, example, note }: ColumnText, field: string | null) => ({
    name,
    example,
    field,
    note: note && note !== "not_read" ? t(`columnNote.${note}`, { defaultValue: note }) : undefined,
    label: t("import.meaning", { column: name }),
    options: [...(field !== null && !preview.fields.includes(field) ? [field] : []), ...preview.fields].map((value) => ({ value, label: fieldName(value) })),
  });
  const aside = mapping
    ? t("import.used", { used: formats.quantity(String(used)), all: formats.quantity(String(preview.columns.length)) })
    : undefined;
  return (
    <Panel flush grow title={mapping ? t("import.step.columns") : t("import.sample")} aside={aside}>
      {mapping ? (
        <>
          <ColumnMapper
            heads={{ inFile: t("import.inFile"), example: t("import.example"), inBook: t("import.inBook") }}
            unused={t("import.unused")}
            columns={preview.columns.map((column) => mapped(column, fieldOf(mapping, column)))}
            onField={(column, field) => onMapping(withColumn(mapping, column, field))}
          />
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
