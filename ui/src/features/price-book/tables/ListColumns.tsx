import { useTranslation } from "react-i18next";
import { ColumnMapper } from "../../../components/ColumnMapper";
import { Panel } from "../../../components/Panel";
import { Select } from "../../../components/Select";
import { Note } from "../../../components/States";
import { TextField } from "../../../components/TextField";
import type { PriceImportPreviewReply, PriceMappingText } from "../../../ipc/generated/types";
import { dimensionName } from "../words";
import { fieldOf, isMapped, withColumn } from "./mapping";
import styles from "./Tables.module.css";

interface ListColumnsProps {
  preview: PriceImportPreviewReply;
  mapping: PriceMappingText;
  busy: boolean;
  onMapping: (mapping: PriceMappingText) => void;
}

const FIXED = ["provider", "model", "currency", "valid_from", "dimension", "price"];

/** What the columns of a list mean: guessed, and changed here. */
export function ListColumns({ preview, mapping, busy, onMapping }: ListColumnsProps) {
  const { t } = useTranslation("price-book");
  const word = (field: string) => (FIXED.includes(field) ? t(`import.field.${field}`) : dimensionName(field));
  const options = preview.fields.map((value) => ({ value, label: word(value) }));
  const set = (part: Partial<PriceMappingText>) => onMapping({ ...mapping, ...part });
  return (
    <div className={styles.mapping} aria-busy={busy}>
      {preview.problem !== null && <Note tone="pencil">{t("import.problem", { detail: preview.problem })}</Note>}
      <Panel flush grow title={t("import.columns")}>
        <ColumnMapper
          heads={{ inFile: t("import.inFile"), example: t("import.example"), inBook: t("import.inBook") }}
          unused={t("import.unused")}
          columns={preview.columns.map(({ name, example }) => ({ name, example, field: fieldOf(mapping, name), label: t("import.meaning", { column: name }), options }))}
          onField={(column, field) => onMapping(withColumn(mapping, column, field))}
        />
      </Panel>
      <Panel title={t("import.forAll")}>
        <div className={styles.fields}>
          <Select
            label={t("import.tokensPerPrice")}
            value={String(mapping.tokensPerPrice)}
            options={["1", "1000", "1000000"].map((value) => ({ value, label: t(`import.per.${value}`) }))}
            onChange={(value) => set({ tokensPerPrice: value === "1" ? 1 : value === "1000" ? 1000 : 1_000_000 })}
          />
          <Select
            label={t("import.decimal")}
            value={mapping.decimal}
            options={[".", ","].map((value) => ({ value, label: t(value === "." ? "import.point" : "import.comma") }))}
            onChange={(decimal) => set({ decimal })}
          />
          {!isMapped(mapping, "currency") && <Committed label={t("currency")} value={mapping.currency ?? "USD"} onCommit={(currency) => set({ currency: currency.toUpperCase() })} />}
          {!isMapped(mapping, "provider") && <Committed label={t("provider")} value={mapping.provider ?? ""} onCommit={(provider) => set({ provider: provider || null })} />}
          <Committed label={t("import.sourceName")} value={mapping.source} onCommit={(source) => set({ source })} />
        </div>
      </Panel>
    </div>
  );
}

/** A field whose text counts once it is left, so that the file is not read with every key. */
function Committed({ label, value, onCommit }: { label: string; value: string; onCommit: (text: string) => void }) {
  return (
    <TextField
      key={value}
      label={label}
      defaultValue={value}
      onBlur={(event) => {
        const text = event.target instanceof HTMLInputElement ? event.target.value.trim() : value;
        if (text !== value) onCommit(text);
      }}
    />
  );
}
