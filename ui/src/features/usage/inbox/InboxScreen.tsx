import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { CircleCheck, Upload } from "lucide-react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../../app/errors";
import { Screen } from "../../../app/Screen";
import { useShortcut } from "../../../app/use-shortcut";
import { Button } from "../../../components/Button";
import { Segmented } from "../../../components/Segmented";
import { EmptyState, ErrorState, NoResult, Skeleton } from "../../../components/States";
import { moveOf, movedIndex } from "../../../components/table/model";
import { usePageKeys } from "../../../components/table/use-page-keys";
import { useCommand } from "../../../ipc/query";
import { useFormats } from "../../../lib/use-formats";
import { INSPECTOR_SHEET, useMedia } from "../../../lib/use-media";
import { InboxGroup } from "./InboxGroup";
import { ItemInspector } from "./ItemInspector";
import styles from "./Inbox.module.css";
import { grouped, itemKey, itemName, pileCounts, type InboxSearch, type Pile } from "./model";

const route = getRouteApi("/usage/inbox");
type Shown = Pile | "all";

/** Everything that waits: why, how much, and one action that resolves it. */
export function InboxScreen() {
  const { t } = useTranslation(["usage", "common"]);
  const formats = useFormats();
  const search = route.useSearch();
  const narrow = useMedia(INSPECTOR_SHEET);
  const navigate = useNavigate();
  const inbox = useCommand("inbox_list", {});
  const items = inbox.data?.items;
  const groups = grouped(items ?? [], search.show);
  const listed = groups.flatMap((group) => group.items);
  const change = (part: InboxSearch) =>
    void navigate({ to: "/usage/inbox", search: { ...search, ...part }, replace: true });

  const index = listed.findIndex((item) => itemKey(item) === search.at);
  // The first one is open at once where there is room beside the list; in a narrow window it would cover it.
  const selected = listed[index] ?? (narrow ? undefined : listed[0]);
  usePageKeys(listed.length > 0, (event) => {
    const move = moveOf(event);
    if (!move) return;
    event.preventDefault();
    const next = listed[movedIndex(selected ? listed.indexOf(selected) : -1, move, listed.length, 8)];
    if (next) change({ at: itemKey(next) });
  });
  useShortcut("openRow", () => document.getElementById("resolve")?.querySelector<HTMLElement>("input,button")?.focus(), {
    enabled: selected !== undefined,
  });

  const counts = pileCounts(items ?? []);
  const segment = (value: Shown, label: string, count: number) => ({ value, label, note: formats.quantity(String(count)) });
  const segments = [
    segment("all", t("all"), items?.length ?? 0),
    segment("unmapped", t("pile.unmapped"), counts.unmapped),
    segment("unpriced", t("pile.unpriced"), counts.unpriced),
    segment("late", t("pile.lateAndOther"), counts.late + counts.other),
  ];
  const toImport = () => void navigate({ to: "/usage/import" });

  return (
    <Screen
      title={t("inbox.title")}
      crumbs={[{ label: t("title"), to: "/usage" }]}
      note={items && items.length > 0 && t("inbox.note", { count: items.length })}
      primary={{ label: t("import.action"), icon: Upload, onPress: toImport }}
      toolbar={
        <Segmented<Shown>
          label={t("inbox.filter")}
          value={search.show === "other" ? "late" : (search.show ?? "all")}
          segments={segments}
          onChange={(show) => change({ show: show === "all" ? undefined : show, at: undefined })}
        />
      }
      inspector={selected && <ItemInspector key={itemKey(selected)} item={selected} />}
      inspectorKey={selected ? itemKey(selected) : null}
      inspectorTitle={selected && itemName(selected)}
    >
      {inbox.error ? (
        <ErrorState
          title={errorText(inbox.error).text}
          detail={errorText(inbox.error).detail}
          action={<Button onPress={() => void inbox.refetch()}>{t("common:again")}</Button>}
        />
      ) : !items ? (
        <Skeleton rows={6} height={56} />
      ) : items.length === 0 ? (
        <EmptyState icon={CircleCheck} title={t("inbox.empty")} detail={t("inbox.emptyDetail")} />
      ) : listed.length === 0 ? (
        <NoResult
          title={t("inbox.none")}
          action={<Button onPress={() => change({ show: undefined })}>{t("common:clearFilter")}</Button>}
        />
      ) : (
        <div className={styles.list}>
          {groups.map((group) => (
            <InboxGroup key={group.kind} group={group} at={selected && itemKey(selected)} onSelect={(at) => change({ at })} />
          ))}
        </div>
      )}
    </Screen>
  );
}
