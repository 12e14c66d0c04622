import { X } from "lucide-react";
import type { RefObject } from "react";
import { useTranslation } from "react-i18next";
import { comboOf } from "../../app/shortcuts";
import { Button } from "../../components/Button";
import { DateField } from "../../components/DateField";
import { Select } from "../../components/Select";
import { SearchField } from "../../components/TextField";
import styles from "./Audit.module.css";
import type { AuditSearch } from "./model";
import { areaName } from "./words";

export interface FiltersProps {
  search: AuditSearch;
  areas: readonly string[];
  inputRef: RefObject<HTMLInputElement | null>;
  onChange: (part: AuditSearch) => void;
}

const ALL = "";

/** Words, a kind, days; and the one document or customer whose entries are shown. */
export function Filters({ search, areas, inputRef, onChange }: FiltersProps) {
  const { t } = useTranslation("audit");
  const options = [{ value: ALL, label: t("allAreas") }, ...areas.map((area) => ({ value: area, label: areaName(area) }))];
  return (
    <>
      <SearchField
        label={t("find")}
        placeholder={t("find")}
        keys={comboOf("filter")}
        inputRef={inputRef}
        className={styles.find}
        value={search.find ?? ""}
        onChange={(find) => onChange({ find })}
      />
      <Select lead={t("kind")} options={options} value={search.area ?? ALL} onChange={(area) => onChange({ area })} />
      <span className={styles.day}>
        <span className="muted">{t("from")}</span>
        <DateField aria-label={t("fromDay")} value={search.from ?? null} onChange={(from) => onChange({ from: from ?? undefined })} />
      </span>
      <span className={styles.day}>
        <span className="muted">{t("to")}</span>
        <DateField aria-label={t("toDay")} value={search.to ?? null} onChange={(to) => onChange({ to: to ?? undefined })} />
      </span>
      {search.object && (
        <Button size="small" icon={X} onPress={() => onChange({ object: undefined })}>
          {t("allObjects")}
        </Button>
      )}
    </>
  );
}
