import { useTranslation } from "react-i18next";
import type { Column } from "../../components/table/DataTable";
import type { AuditRow } from "../../ipc/generated/types";
import { useFormats } from "../../lib/use-formats";
import { actor, deed, subject } from "./words";

/** An entry on one line. The order is that of the log: newest first. */
export function useColumns(): Column<AuditRow>[] {
  const { t } = useTranslation("audit");
  const formats = useFormats();
  return [
    { id: "seq", head: t("column.entry"), width: "64px", align: "end", cell: (row) => <span className="num dim">{formats.quantity(String(row.seq))}</span> },
    { id: "at", head: t("column.at"), width: "minmax(150px, 0.6fr)", cell: (row) => <span className="num">{formats.instant(row.at)}</span> },
    { id: "who", head: t("column.who"), width: "minmax(110px, 0.6fr)", cell: (row) => <span className="truncate">{actor(row)}</span> },
    { id: "what", head: t("column.what"), width: "minmax(170px, 1fr)", cell: (row) => <span className="truncate medium">{deed(row.code)}</span> },
    { id: "subject", head: t("column.subject"), width: "minmax(170px, 1.4fr)", cell: (row) => <span className="truncate">{subject(row)}</span> },
    { id: "reason", head: t("column.reason"), width: "minmax(140px, 1.2fr)", cell: (row) => <span className="truncate muted">{row.reason}</span> },
  ];
}
