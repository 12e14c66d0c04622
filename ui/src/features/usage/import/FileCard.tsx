import { FileSpreadsheet } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../../components/Icon";
import { KeyValues } from "../../../components/Panel";
import { Quantity } from "../../../components/Quantity";
import { Select } from "../../../components/Select";
import type { UsageImportPreviewReply } from "../../../ipc/generated/types";
import { useFormats } from "../../../lib/use-formats";
import { formatName } from "../words";
import styles from "./Import.module.css";
import { sizeParts, type Choice } from "./model";

export interface FileCardProps {
  preview: UsageImportPreviewReply;
  choice: Choice;
  onFormat: (format: string) => void;
}

/** Name, size and kind of the file; the kind can be chosen when the guess is wrong. */
export function FileCard({ preview, choice, onFormat }: FileCardProps) {
  const { t } = useTranslation("usage");
  const formats = useFormats();
  const size = sizeParts(preview.size);
  const options = [
    { value: "auto", label: t("import.auto") },
    ...preview.formats.map((format) => ({ value: format, label: formatName(format) })),
  ];
  return (
    <section className={styles.file} aria-label={t("import.step.file")}>
      <div className="row">
        <Icon icon={FileSpreadsheet} />
        <b className="medium truncate id">{preview.name}</b>
      </div>
      <KeyValues
        items={[
          { key: t("import.size"), value: t(`import.unit.${size.unit}`, { value: formats.quantity(size.value) }) },
          { key: t("import.looksLike"), value: preview.isPriceTable ? t("import.priceTable") : formatName(preview.format) },
          ...(preview.isPriceTable ? [] : [{ key: t("import.looked"), value: <Quantity value={preview.rows} /> }]),
        ]}
      />
      {!preview.isPriceTable && (
        <Select label={t("import.readAs")} value={choice.format} options={options} onChange={onFormat} />
      )}
    </section>
  );
}
