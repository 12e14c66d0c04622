import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Lock } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { Screen } from "../../app/Screen";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import { MonthPicker } from "../../components/MonthPicker";
import { EmptyState, ErrorState, Skeleton } from "../../components/States";
import { moveOf, movedIndex } from "../../components/table/model";
import { usePageKeys } from "../../components/table/use-page-keys";
import { useCommand } from "../../ipc/query";
import { DraftDialogs } from "./draft/DraftDialogs";
import { useDraftActions } from "./draft/use-draft-actions";
import { useDraftKeys } from "./draft/use-draft-keys";
import { FinalizeDialog } from "./FinalizeDialog";
import { InvoiceInspector } from "./InvoiceInspector";
import { InvoiceList } from "./InvoiceList";
import { InvoicesMenu } from "./InvoicesMenu";
import styles from "./Invoices.module.css";
import { canMark, findRow, found, idAlone, rowKey, sections, toFinalize, withMark, type InvoicesSearch, type Marks } from "./model";
import { Preview } from "./Preview";
import { RunNote } from "./RunNote";
import { useInvoiceActions } from "./use-invoice-actions";
import { VerifySheet } from "./VerifySheet";
import { VoidDialog } from "./VoidDialog";

const route = getRouteApi("/invoices");

/** So many documents are seen at a glance; above it there is a field to find one. */
const FEW = 8;

/** The bill run of a month: what is held, what is ready, what is final, each as the paper itself. */
export function InvoicesScreen() {
  const { t } = useTranslation(["invoices", "common"]);
  const search = route.useSearch();
  const navigate = useNavigate();
  const [marks, setMarks] = useState<Marks>(new Map());
  const [asking, setAsking] = useState(false);
  const id = idAlone(search);
  const alone = useCommand("invoice_get", { id, customerId: null, month: null }, { enabled: id !== null });
  const month = search.month ?? alone.data?.row.month ?? null;
  const list = useCommand(
    "invoice_list",
    { month },
    { keepPrevious: true, enabled: id === null || alone.data !== undefined || alone.error !== null },
  );
  const actions = useInvoiceActions();
  const drafts = useDraftActions();
  const data = list.data;
  const rows = data?.rows ?? [];
  const looked = found(rows, search.find ?? "");
  const listed = sections(looked, search.show ?? "all").flatMap((section) => section.rows);
  const row = findRow(rows, search.at) ?? listed[0];
  const ready = toFinalize(rows, marks);
  const canFinalize = ready.length > 0 && data?.complete === true && !actions.busy;

  const change = (part: InvoicesSearch) =>
    void navigate({ to: "/invoices", search: { ...search, ...part }, replace: true });
  const select = (key: string) => change({ month: data?.month, at: key, line: undefined });
  const mark = (one: typeof row) => one && canMark(one) && setMarks(withMark(marks, one));

  usePageKeys(listed.length > 0, (event) => {
    const move = moveOf(event);
    if (!move) return;
    event.preventDefault();
    const at = listed.findIndex((one) => one === row);
    const next = listed[movedIndex(at, move, listed.length, 8)];
    if (next) select(rowKey(next));
  });
  useShortcut("mark", () => mark(row), { enabled: row !== undefined });
  useDraftKeys(row, drafts, () => change({ month: data?.month, at: row && rowKey(row), line: 1 }));
  useShortcut("savePdf", () => row && void actions.savePdf([row]), { enabled: row !== undefined && !actions.busy });

  return (
    <Screen
      title={t("title")}
      tag={
        data && (
          <MonthPicker
            label={t("month")}
            months={data.months.includes(data.month) ? data.months : [data.month, ...data.months]}
            value={data.month}
            onChange={(month) => {
              setMarks(new Map());
              change({ month, at: undefined, line: undefined });
            }}
          />
        )
      }
      note={data && <RunNote data={data} ready={ready} />}
      actions={data && rows.length > 0 && <InvoicesMenu rows={rows} row={row} marks={marks} actions={actions} />}
      primary={{
        label: t("finalizeCount", { count: ready.length }),
        icon: Lock,
        isDisabled: !canFinalize,
        showKeys: true,
        onPress: () => setAsking(true),
      }}
      inspector={
        row && (
          <InvoiceInspector key={rowKey(row)} row={row} complete={data?.complete ?? false} position={search.line ?? null} actions={actions} drafts={drafts} onLine={(line) => change({ line })} />
        )
      }
      inspectorKey={row && search.line ? `${rowKey(row)} ${search.line}` : null}
      inspectorTitle={row?.customer}
      fill
    >
      {list.error ? (
        <ErrorState
          title={errorText(list.error).text}
          detail={errorText(list.error).detail}
          action={<Button onPress={() => void list.refetch()}>{t("common:again")}</Button>}
        />
      ) : !data ? (
        <Skeleton rows={10} height={48} />
      ) : rows.length === 0 ? (
        <EmptyState
          title={t("empty")}
          detail={t("emptyDetail")}
          action={<Button onPress={() => void navigate({ to: "/usage/import" })}>{t("toImport")}</Button>}
        />
      ) : (
        <div className={styles.run}>
          <InvoiceList
            rows={looked}
            find={rows.length > FEW || search.find ? (search.find ?? "") : null}
            onFind={(find) => change({ find: find || undefined })}
            show={search.show ?? "all"}
            selected={row}
            marks={marks}
            onShow={(show) => change({ show: show === "all" ? undefined : show })}
            onSelect={select}
            onMark={mark}
          />
          {row && (
            <Preview key={rowKey(row)} row={row} line={search.line ?? null} onLine={(line) => change({ month: data.month, at: rowKey(row), line })} />
          )}
        </div>
      )}
      {data && (
        <FinalizeDialog
          isOpen={asking}
          rows={ready}
          month={data.month}
          nextNumber={data.nextNumber}
          held={rows.filter((one) => one.state === "held").length}
          onClose={() => setAsking(false)}
          onFinalize={() => {
            setAsking(false);
            void actions.finalize(data.month, ready).then((done) => done && setMarks(new Map()));
          }}
        />
      )}
      <DraftDialogs drafts={drafts} />
      <VerifySheet result={actions.verified} onClose={actions.closeVerified} />
      <VoidDialog row={actions.voiding} onClose={() => actions.setVoiding(null)} />
    </Screen>
  );
}
