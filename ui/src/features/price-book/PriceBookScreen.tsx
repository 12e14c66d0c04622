import { getRouteApi } from "@tanstack/react-router";
import { FileDown, ListTree } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useActions } from "../../app/actions";
import { errorText } from "../../app/errors";
import { Screen } from "../../app/Screen";
import { showToast } from "../../app/toasts";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import { EmptyState, ErrorState, NoResult, Skeleton } from "../../components/States";
import { GridFoot } from "./GridFoot";
import { cursorLine, keyAt, layoutOf, lineAt, pagesOf, type Cursor } from "./layout";
import { ManualPriceSheet } from "./ManualPriceSheet";
import { scopeOf, type Target } from "./markup";
import { MarkupEditor, type Editing } from "./MarkupEditor";
import { cellAt, columnSpans, splitKey, type PriceSearch } from "./model";
import { PriceGrid } from "./PriceGrid";
import { PriceInspector } from "./PriceInspector";
import { ProviderInspector } from "./ProviderInspector";
import { RulesSheet } from "./RulesSheet";
import { boundsOf, type Range, sizeOf } from "./selection";
import { Strip } from "./Strip";
import { Toolbar } from "./Toolbar";
import { useCopy } from "./use-copy";
import { useCursor } from "./use-cursor";
import { useMarkupActions } from "./use-markup-actions";
import { ImportSheet, usePriceImport } from "./use-price-import";
import { usePrices, useSettled } from "./use-prices";
import { useSearchText } from "./use-search-text";

const route = getRouteApi("/prices");

/** Every model of every provider: what it costs, what we add, what we charge, what remains. */
export function PriceBookScreen() {
  const { t } = useTranslation(["price-book", "common"]);
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const change = (part: PriceSearch) => void navigate({ search: (now: PriceSearch) => ({ ...now, ...part }), replace: true });
  const show = search.show ?? "used";
  const view = search.view ?? "sell";

  const [text, setText] = useSearchText(search.search ?? "", (next) => change({ search: next || undefined, show, model: undefined }));
  const typed = useSettled(text, 120);
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [inView, setInView] = useState({ from: 0, to: 40 });
  const [pages, setPages] = useState<readonly number[]>([0]);
  const query = { search: typed, provider: search.provider ?? null, filter: show };
  const prices = usePrices(query, pages);
  const { head, rows } = prices;
  const layout = layoutOf(head?.providers ?? [], closed);
  const wanted = pagesOf(layout, inView.from, inView.to);
  if (head && wanted.join() !== pages.join()) setPages(wanted);

  const [cursor, setCursor] = useCursor(search, (model, dimension) => change({ model, dimension, show, search: text || undefined }));
  const line = cursorLine(cursor, layout, rows);
  const place = lineAt(layout, line);
  const row = place?.kind === "model" ? rows.get(place.index) : undefined;
  const spans = columnSpans(head?.dimensions ?? []);
  const dimension = cursor ? cursor.dimension : (row?.cells.find((cell) => cell.dimension === "output_tokens") ?? row?.cells[0])?.dimension ?? null;
  // A model that the filter does not show any more stays in the inspector.
  const model = row ? `${row.provider}/${row.model}` : place === null && cursor?.key?.includes("/") ? cursor.key : null;

  // A range names lines: when other rows stand on them, it is gone.
  const rowsKey = JSON.stringify([query, [...closed], head?.total]);
  const [selected, setSelected] = useState<{ range: Range; of: string } | null>(null);
  const range = selected?.of === rowsKey ? selected.range : null;
  const columns = spans.flatMap((span) => span.dimensions);
  const copy = useCopy({ layout, rows, columns, view, query });

  const actions = useMarkupActions();
  const importing = usePriceImport();
  const [editing, setEditing] = useState<Editing | null>(null);
  const [manual, setManual] = useState(false);
  const target: Target =
    place?.kind === "provider"
      ? { provider: place.group.provider.provider, model: null, dimension: null }
      : model
        ? { ...splitKey(model), dimension }
        : { provider: null, model: null, dimension: null };

  function edit(anchor: HTMLElement | null, sign?: string) {
    if (!anchor) return;
    actions.forget();
    setEditing({ anchor, target, cell: cellAt(row, dimension), currency: head?.currency ?? "", sign });
  }
  function end() {
    const rule = place?.kind === "provider" ? "provider" : cellAt(row, dimension)?.rule;
    if (rule === "cell" || rule === "model" || rule === "provider") {
      if (rule !== "provider" || place?.kind === "provider") return actions.end(scopeOf(target, rule));
    }
    showToast({ text: t("noOwnRule") });
  }
  const fromInspector = () => edit(document.querySelector<HTMLElement>("[role=grid] [data-cursor], [role=grid] [data-on]"));
  useShortcut("adjust", fromInspector, { enabled: place !== null });
  useActions([
    { id: "prices.import", title: t("import.action"), icon: FileDown, run: importing.choose },
    ...(target.provider ? [{ id: "prices.edit", title: t("editMarkupShort"), icon: ListTree, shortcut: "adjust" as const, run: fromInspector }] : []),
  ]);

  const missing = [...rows.values()].some((one) => one.cells.some((cell) => cell.problem === "no_exchange_rate"));
  return (
    <Screen
      title={t("title")}
      actions={
        <>
          <Button icon={FileDown} isDisabled={importing.busy} onPress={importing.choose}>
            {t("import.action")}
          </Button>
          <Button icon={ListTree} onPress={() => change({ sheet: "rules" })}>
            {t("rules.title")}
          </Button>
        </>
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
        />
      }
      inspector={
        place?.kind === "provider" ? (
          <ProviderInspector provider={place.group.provider} onEdit={fromInspector} onOnly={() => change({ provider: place.group.provider.provider, show })} />
        ) : (
          model && <PriceInspector model={model} dimension={dimension} currency={head?.currency ?? ""} onEdit={fromInspector} onManual={() => setManual(true)} />
        )
      }
      fill
    >
      {prices.error ? (
        <ErrorState title={errorText(prices.error).text} detail={errorText(prices.error).detail} action={<Button onPress={prices.refetch}>{t("common:again")}</Button>} />
      ) : !head ? (
        <Skeleton rows={14} height={28} />
      ) : head.total === 0 ? (
        <Nothing
          isSearch={typed !== "" || search.provider !== undefined}
          search={typed}
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
          <Strip place={place} row={row} dimension={dimension} view={view} currency={head.currency} />
          <PriceGrid
            layout={layout}
            rows={rows}
            spans={spans}
            view={view}
            line={line}
            dimension={dimension}
            isChosen={cursor !== null}
            onCursor={(next: Cursor) => {
              const at = lineAt(layout, next.line);
              setCursor({ ...next, key: at && keyAt(at, rows) });
            }}
            range={range}
            onRange={(next) => setSelected(next && { range: next, of: rowsKey })}
            onCopy={copy}
            onEdit={edit}
            onEnd={end}
            onToggle={(provider) => setClosed((now) => (now.has(provider) ? new Set([...now].filter((one) => one !== provider)) : new Set([...now, provider])))}
            onView={(from, to) => setInView((now) => (now.from === from && now.to === to ? now : { from, to }))}
          />
          <GridFoot head={head} missing={missing} selected={range && sizeOf(layout, boundsOf(range, columns.length))} />
        </>
      )}
      {editing && <MarkupEditor editing={editing} actions={actions} onClose={() => setEditing(null)} />}
      {manual && model && dimension && <ManualPriceSheet {...splitKey(model)} dimension={dimension} onClose={() => setManual(false)} />}
      {search.sheet === "rules" && <RulesSheet actions={actions} currency={head?.currency ?? ""} onClose={() => change({ sheet: undefined })} />}
      <ImportSheet report={importing.report} onClose={importing.close} />
    </Screen>
  );
}

interface NothingProps {
  isSearch: boolean;
  search: string;
  suggestions: readonly string[];
  show: string;
  onSearch: (text: string) => void;
  onAll: () => void;
  onClear: () => void;
}

function Nothing({ isSearch, search, suggestions, show, onSearch, onAll, onClear }: NothingProps) {
  const { t } = useTranslation(["price-book", "common"]);
  if (!isSearch) {
    return <EmptyState title={t(`empty.${show}`)} action={show !== "all" && <Button onPress={onAll}>{t("showAll")}</Button>} />;
  }
  return (
    <NoResult
      title={search === "" ? t("noResultProvider") : t("noResult", { search })}
      detail={suggestions.length > 0 ? t("nearest") : undefined}
      action={
        <div className="row">
          {suggestions.slice(0, 3).map((name) => (
            <Button key={name} onPress={() => onSearch(name)}>
              {name}
            </Button>
          ))}
          {show !== "all" && <Button onPress={onAll}>{t("searchAll")}</Button>}
          <Button onPress={onClear}>{t("common:clearFilter")}</Button>
        </div>
      }
    />
  );
}
