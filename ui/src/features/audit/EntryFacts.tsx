import { useNavigate } from "@tanstack/react-router";
import { ExternalLink, ListFilter } from "lucide-react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { Inspector, InspectorSection } from "../../components/Inspector";
import { KeyValues } from "../../components/Panel";
import { ErrorState, Skeleton } from "../../components/States";
import type { AuditObjectText, AuditRow, AuditTableText } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { useFormats } from "../../lib/use-formats";
import styles from "./Audit.module.css";
import { notShown, told } from "./model";
import { actor, deed, subject } from "./words";

export interface EntryFactsProps {
  row: AuditRow;
  onObject: (id: string) => void;
}

/** One entry: who, when, why, what it is about, and each value before and after. */
export function EntryFacts({ row, onObject }: EntryFactsProps) {
  const { t } = useTranslation(["audit", "common"]);
  const formats = useFormats();
  const reply = useCommand("audit_get", { seq: row.seq });
  const items = [
    { key: t("column.subject"), value: subject(row) },
    { key: t("column.reason"), value: row.reason },
    { key: t("column.who"), value: actor(row) },
    { key: t("program"), value: t(`shell.${row.shell}`, { defaultValue: row.shell }) },
    { key: t("column.at"), value: formats.instant(row.at) },
  ].filter((item) => item.value !== "");
  return (
    <Inspector title={deed(row.code)} subtitle={t("entry", { entry: formats.quantity(String(row.seq)) })}>
      <InspectorSection>
        <KeyValues items={items} />
      </InspectorSection>
      {row.objects.length > 0 && (
        <InspectorSection title={t("objects")}>
          <ul className={styles.objects}>
            {row.objects.slice(0, 20).map((object) => (
              <ObjectLine key={`${object.kind} ${object.id}`} object={object} onObject={onObject} />
            ))}
          </ul>
          {row.objects.length > 20 && <p className="small muted">{t("andMore", { count: row.objects.length - 20 })}</p>}
        </InspectorSection>
      )}
      {reply.error ? (
        <ErrorState title={errorText(reply.error).text} action={<Button onPress={() => void reply.refetch()}>{t("common:again")}</Button>} />
      ) : !reply.data ? (
        <Skeleton rows={5} height={28} />
      ) : (
        <>
          {reply.data.changes.map((table) => (
            <Changes key={table.table} table={table} />
          ))}
          <InspectorSection title={t("hash")}>
            <p className={`mono selectable small ${styles.hash}`}>{reply.data.hash}</p>
          </InspectorSection>
        </>
      )}
    </Inspector>
  );
}

function ObjectLine({ object, onObject }: { object: AuditObjectText; onObject: (id: string) => void }) {
  const { t } = useTranslation("audit");
  const navigate = useNavigate();
  const name = object.label || object.id;
  const open = () => {
    if (object.kind === "invoice") void navigate({ to: "/invoices", search: { at: object.id } });
    else if (object.kind === "customer") void navigate({ to: "/customers/$id", params: { id: object.id } });
  };
  return (
    <li>
      <span className="muted">{t(`object.${object.kind}`, { defaultValue: object.kind })}</span>
      <span className="truncate grow">{name}</span>
      {(object.kind === "invoice" || object.kind === "customer") && (
        <IconButton icon={ExternalLink} size="small" label={t("open", { name })} onPress={open} />
      )}
      <IconButton icon={ListFilter} size="small" label={t("onlyOf", { name })} onPress={() => onObject(object.id)} />
    </li>
  );
}

/** What changed in one table of the book; names of columns are the book's own. */
function Changes({ table }: { table: AuditTableText }) {
  const { t } = useTranslation("audit");
  const rest = notShown(table);
  return (
    <InspectorSection title={<span className="mono">{table.table}</span>} aside={t("rows", { added: table.added, changed: table.changed, removed: table.removed })}>
      {table.rows.slice(0, 8).map((change, index) => (
        <div key={index} className={styles.change}>
          {change.of !== "" && <p className="small mono truncate">{change.of}</p>}
          <dl className="selectable">
            {told(change).map((field) => (
              <div key={field.name}>
                <dt>{field.name}</dt>
                <dd>
                  {field.before !== null && <del>{field.before}</del>}
                  {field.after !== null && <ins>{field.after}</ins>}
                </dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
      {rest + Math.max(0, table.rows.length - 8) > 0 && <p className="small muted">{t("andMore", { count: rest + Math.max(0, table.rows.length - 8) })}</p>}
    </InspectorSection>
  );
}
