import { ListOrdered, SlidersHorizontal } from "lucide-react";
import { useRef } from "react";
import { useTranslation } from "react-i18next";
import { comboOf } from "../../app/shortcuts";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { Segmented } from "../../components/Segmented";
import { Select } from "../../components/Select";
import { SearchField } from "../../components/TextField";
import type { GridFilter, PriceVersionText } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { useFormats } from "../../lib/use-formats";
import type { ColumnSpan } from "./columns";
import { DimensionsMenu } from "./DimensionsMenu";
import { FILTERS, VIEWS, type View } from "./model";
import styles from "./PriceBook.module.css";
import { providerName } from "./words";

interface ToolbarProps {
  text: string;
  onText: (text: string) => void;
  show: GridFilter;
  onShow: (show: GridFilter) => void;
  provider: string | undefined;
  onProvider: (provider: string | undefined) => void;
  view: View;
  onView: (view: View) => void;
  models: number;
  versions: readonly PriceVersionText[];
  /** The version that prices are compared with. */
  compare: number | undefined;
  onCompare: (version: number | undefined) => void;
  /** Lists what differs. */
  onList: (version: number) => void;
  onBulk: () => void;
  /** All columns of the shown models, and which of them are hidden. */
  spans: readonly ColumnSpan[];
  hidden: ReadonlySet<string>;
}

const ALL = "*";

/** Search, which models, whose, and what the cells show. */
export function Toolbar(props: ToolbarProps) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const search = useRef<HTMLInputElement>(null);
  useShortcut("filter", () => search.current?.focus());
  useShortcut("view1", () => props.onView("cost"));
  useShortcut("view2", () => props.onView("markup"));
  useShortcut("view3", () => props.onView("sell"));
  useShortcut("view4", () => props.onView("margin"));
  useShortcut("gridView1", () => props.onView("cost"));
  useShortcut("gridView2", () => props.onView("markup"));
  useShortcut("gridView3", () => props.onView("sell"));
  useShortcut("gridView4", () => props.onView("margin"));
  const all = useCommand("price_grid", { search: "", provider: null, filter: props.show, offset: 0, limit: 0, at: null }, { keepPrevious: true });
  const providers = all.data?.providers ?? [];
  const missing = props.provider !== undefined && !providers.some((one) => one.provider === props.provider);
  return (
    <>
      <SearchField
        label={t("filter")}
        placeholder={t("filterModels", { models: formats.quantity(String(props.models)) })}
        keys={comboOf("filter")}
        value={props.text}
        onChange={props.onText}
        inputRef={search}
        onLeave={() => document.querySelector<HTMLElement>("[role=grid]")?.focus()}
        className={styles.search}
      />
      <Select
        lead={t("show.label")}
        value={props.show}
        options={FILTERS.map((value) => ({ value, label: t(`show.${value}`) }))}
        onChange={props.onShow}
      />
      <Select
        lead={t("provider")}
        className={styles.providers}
        value={props.provider ?? ALL}
        options={[
          { value: ALL, label: t("allProviders") },
          ...(missing && props.provider ? [{ value: props.provider, label: providerName(props.provider) }] : []),
          ...providers.map((one) => ({ value: one.provider, label: providerName(one.provider), detail: formats.quantity(String(one.matching)) })),
        ]}
        onChange={(value) => props.onProvider(value === ALL ? undefined : value)}
      />
      <Segmented
        label={t("views")}
        segments={VIEWS.map((value, at) => ({ value, label: t(`view.${value}`), note: String(at + 1) }))}
        value={props.view}
        onChange={props.onView}
      />
      <span className="grow" />
      {props.versions.length > 0 && (
        <Select
          lead={t("compare.lead")}
          value={props.compare === undefined ? ALL : String(props.compare)}
          options={[{ value: ALL, label: t("compare.off") }, ...props.versions.map((one) => ({ value: String(one.number), label: one.live ? t("timeline.liveTag", { version: one.number }) : `v${one.number}` }))]}
          onChange={(value) => props.onCompare(value === ALL ? undefined : Number.parseInt(value, 10))}
        />
      )}
      {props.compare !== undefined && <IconButton icon={ListOrdered} label={t("compare.list")} onPress={() => props.compare !== undefined && props.onList(props.compare)} />}
      {props.spans.length > 0 && <DimensionsMenu spans={props.spans} hidden={props.hidden} />}
      <Button icon={SlidersHorizontal} onPress={props.onBulk}>
        {t("bulk.title")}
      </Button>
    </>
  );
}
