import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { ClipboardPaste, FileDown, GitCompare, ListTree, PencilLine } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useActions } from "../../app/actions";
import { errorText } from "../../app/errors";
import { BarDivider, Screen } from "../../app/Screen";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import { ErrorState, Skeleton } from "../../components/States";
import { Tag } from "../../components/Tag";
import { useFormats } from "../../lib/use-formats";
import { CellEditor } from "./CellEditor";
import { FormulaBar } from "./FormulaBar";
import { GridFoot } from "./GridFoot";
import type { Target } from "./markup";
import { MarkupEditor, type Editing } from "./MarkupEditor";
import { splitKey, type PriceSearch } from "./model";
import { NothingShown } from "./NothingShown";
import { PriceGrid } from "./PriceGrid";
import { PriceInspector } from "./PriceInspector";
import { ProviderInspector } from "./ProviderInspector";
import { type OpenSheet, PriceSheets } from "./PriceSheets";
import { type Bounds, boundsOf, sizeOf } from "./selection";
import { Timeline } from "./Timeline";
import { Toolbar } from "./Toolbar";
import { UndoButtons } from "./UndoButtons";
import { useActs } from "./use-acts";
import { useCellEditor } from "./use-cell-editor";
import { readBlock, repeated } from "./clipboard";
import { placeOf } from "./columns";
import { useComparison } from "./use-comparison";
import { useCopy } from "./use-copy";
import { useGridState } from "./use-grid-state";
import { useSearchText } from "./use-search-text";
import { useStaging } from "./use-staging";
import { showToast } from "../../app/toasts";

const route = getRouteApi("/prices");

/** Every model of every provider: what it costs, what we add, what we charge, what remains. */
export function PriceBookScreen() {
  const { t } = useTranslation(["price-book", "common"]);
  const formats = useFormats();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (part: PriceSearch) => void navigate({ search: (now: PriceSearch) => ({ ...now, ...part }), replace: true });
  const show = search.show ?? "used";
  const view = search.view ?? "sell";
  const [text, setText] = useSearchText(search.search ?? "", (next) => change({ search: next || undefined, show, model: undefined }));
  const grid = useGridState({ search, text, show, onAddress: (model, dimension) => change({ model, dimension, show, search: text || undefined }) });
  const { head, rows, place, row, column, cell, layout, columns, query, range } = grid;

  const staging = useStaging();
  const editor = useCellEditor(grid, view, staging);
  const copy = useCopy({ layout, rows, columns, view, query });
  const { act, fill } = useActs({ layout, rows, columns, query, staging });
  const go = useNavigate();
  const toImport = () => void go({ to: "/prices/import", search: {} });
  const [editing, setEditing] = useState<Editing | null>(null);
  const [open, setOpen] = useState<OpenSheet | null>(null);
  const [isTimeline, setTimeline] = useState(() => window.innerHeight >= 780);
  const { versions, changes } = useComparison(grid, search.compare);
  const currency = head?.currency ?? "";
  const draft = head?.draft;
  const target: Target =
    place?.kind === "provider"
      ? { provider: place.group.provider.provider, model: null }
      : grid.model
        ? splitKey(grid.model)
        : { provider: null, model: null };

  function edit(anchor: HTMLElement | null, start: string | null) {
    if (!anchor) return;
    const isCell = place?.kind === "model" && column !== null;
    if (isCell && view !== "cost") editor.open(anchor, start);
    else if (!isCell) setEditing({ anchor, target, example: row?.cells.find((one) => one.dimension === "output_tokens") ?? row?.cells[0] ?? null, currency, sign: start === "+" || start === "-" ? start : undefined });
    else setOpen({ kind: "manual" });
  }
  const fromInspector = () => edit(document.querySelector<HTMLElement>("[role=grid] [data-cursor], [role=grid] [data-on]"), null);
  useShortcut("adjust", fromInspector, { enabled: place !== null });
  function paste(plain: string, html: string, bounds: Bounds) {
    const pasted = readBlock(plain, html);
    if (pasted.length === 0) return;
    const { models: rows, columns } = sizeOf(grid.layout, bounds);
    const block = bounds.wholeRows ? pasted : repeated(pasted, { rows, columns });
    if (view === "cost") return void showToast({ text: t("paste.costs") });
    setOpen({ kind: "paste", pasting: { block, bounds } });
  }
  const review = () => change({ sheet: "review" });
  useActions([
    ...(draft && draft.staged > 0 ? [{ id: "prices.review", title: t("palette.review"), icon: GitCompare, shortcut: "primary" as const, run: review }] : []),
    ...(target.provider ? [{ id: "prices.edit", title: t("editPrice"), icon: ListTree, shortcut: "adjust" as const, run: fromInspector }] : []),
  ]);

  const missing = [...rows.values()].some((one) => one.cells.some(({ problem }) => problem === "no_exchange_rate"));
  return (
    <Screen
      title={t("title")}
      tag={
        draft && draft.staged > 0 ? (
          <Tag tone="pencil" icon={PencilLine}>
            {draft.validOn ? t("draft.from", { version: draft.number, day: formats.date(draft.validOn) }) : t("draft.tag", { version: draft.number })}
          </Tag>
        ) : (
          draft?.live != null && <Tag tone="outline">{t("draft.live", { version: draft.live })}</Tag>
        )
      }
      actions={
        <>
          <UndoButtons />
          <BarDivider />
          <Button icon={ClipboardPaste} onPress={() => setOpen({ kind: "paste", pasting: { block: null, bounds: null } })}>
            {t("paste.action")}
          </Button>
          <Button icon={FileDown} onPress={toImport}>
            {t("import.action")}
          </Button>
          <Button icon={ListTree} onPress={() => change({ sheet: "rules" })}>
            {t("rules.title")}
          </Button>
        </>
      }
      primary={
        draft && draft.staged > 0
          ? { label: t("review.title", { count: draft.staged, changes: formats.quantity(String(draft.staged)) }), icon: GitCompare, kind: "pencil", showKeys: true, onPress: review }
          : undefined
      }
      toolbar={
        <Toolbar
          text={text}
          onText={setText}
          show={show}
          onShow={(next) => change({ show: next })}
          provider={search.provider}
          onProvider={(provider) => change({ provider, show })}
          view={view}
          onView={(next) => change({ view: next })}
          models={head?.models ?? 0}
          versions={versions}
          compare={search.compare}
          onCompare={(compare) => change({ compare })}
          onList={(version) => setOpen({ kind: "compare", version })}
          onBulk={() => setOpen({ kind: "bulk" })}
          spans={grid.allSpans}
          hidden={grid.hidden}
        />
      }
      inspector={
        place?.kind === "provider" ? (
          <ProviderInspector provider={place.group.provider} onEdit={fromInspector} onOnly={() => change({ provider: place.group.provider.provider, show })} />
        ) : (
          grid.model && <PriceInspector model={grid.model} column={column} cell={cell} currency={currency} onEdit={fromInspector} onManual={() => setOpen({ kind: "manual" })}
              onRevert={() => row && column !== null && void staging.cell(placeOf(row, column), { what: "revert", text: "" })}
              onTest={() => setOpen({ kind: "tester" })}
            />
        )
      }
      fill
    >
      {grid.prices.error ? (
        <ErrorState title={errorText(grid.prices.error).text} detail={errorText(grid.prices.error).detail} action={<Button onPress={grid.prices.refetch}>{t("common:again")}</Button>} />
      ) : !head ? (
        <Skeleton rows={14} height={28} />
      ) : head.total === 0 ? (
        <NothingShown
          isSearch={grid.typed !== "" || search.provider !== undefined}
          search={grid.typed}
          suggestions={head.suggestions}
          show={show}
          onSearch={setText}
          onAll={() => change({ show: "all" })}
          onClear={() => {
            setText("");
            change({ search: undefined, provider: undefined, show });
          }}
        />
      ) : (
        <>
          <FormulaBar place={place} row={row} column={column} cell={cell} view={view} currency={currency} onEdit={fromInspector} />
          <PriceGrid
            layout={layout}
            rows={rows}
            spans={grid.spans}
            view={view}
            isOld={grid.isOld}
            line={grid.line}
            dimension={column}
            isChosen={grid.isChosen}
            onCursor={grid.setCursor}
            range={range}
            onRange={grid.setRange}
            onCopy={copy}
            onPaste={paste}
            canType={view !== "cost"}
            onEdit={edit}
            onAct={act}
            onFill={fill}
            onToggle={grid.toggle}
            onView={grid.view}
            changes={view === "cost" ? null : changes}
            editor={editor.editing && <CellEditor key={JSON.stringify(editor.editing.place)} editing={editor.editing} currency={currency} onStage={editor.stage} onCancel={editor.cancel} />}
          />
          <GridFoot head={head} missing={missing} selected={range && sizeOf(layout, boundsOf(range, columns.length))} isTimeline={isTimeline} onTimeline={() => setTimeline(!isTimeline)} />
          {isTimeline && <Timeline onVersion={(version) => setOpen({ kind: "compare", version })} />}
        </>
      )}
      {editing && <MarkupEditor editing={editing} staging={staging} onClose={() => setEditing(null)} />}
      <PriceSheets open={open} inAddress={search.sheet} grid={grid} view={view} staging={staging} onClose={() => setOpen(null)} onLeave={() => change({ sheet: undefined })} />
    </Screen>
  );
}
