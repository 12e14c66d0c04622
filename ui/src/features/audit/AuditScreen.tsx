import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { ChevronLeft, ChevronRight, Download, ScrollText } from "lucide-react";
import { useDeferredValue, useRef } from "react";
import { useTranslation } from "react-i18next";
import { errorText, showError } from "../../app/errors";
import { Screen } from "../../app/Screen";
import { comboOf } from "../../app/shortcuts";
import { showToast } from "../../app/toasts";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { Panel } from "../../components/Panel";
import { EmptyState, NoResult } from "../../components/States";
import { DataTable } from "../../components/table/DataTable";
import { host } from "../../ipc/host";
import { useCommand, useMutation } from "../../ipc/query";
import { fileName } from "../../lib/paths";
import { useFormats } from "../../lib/use-formats";
import styles from "./Audit.module.css";
import { EntryFacts } from "./EntryFacts";
import { Filters } from "./Filters";
import { filterOf, isFiltered, PAGE, pages, tidy, type AuditSearch } from "./model";
import { useColumns } from "./use-columns";
import { deed } from "./words";

const route = getRouteApi("/audit");

/** Who changed what that touches money, when and why. Entries are only added. */
export function AuditScreen() {
  const { t } = useTranslation(["audit", "common"]);
  const formats = useFormats();
  const search = route.useSearch();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const wanted = useDeferredValue(search);
  const page = wanted.page ?? 1;
  const list = useCommand("audit_list", { filter: filterOf(wanted), skip: (page - 1) * PAGE, limit: PAGE }, { keepPrevious: true });
  const columns = useColumns();
  const write = useMutation("audit_export");
  const total = list.data?.total ?? 0;
  const count = pages(total);
  const row = list.data?.rows.find((one) => one.seq === search.entry);
  const change = (part: AuditSearch) =>
    void navigate({ to: "/audit", search: (now: AuditSearch) => tidy({ ...now, page: undefined, ...part }), replace: true });
  useShortcut("filter", () => field.current?.focus());
  useShortcut("previousPage", () => change({ page: page - 1 }), { enabled: page > 1 });
  useShortcut("nextPage", () => change({ page: page + 1 }), { enabled: page < count });

  async function save() {
    const path = await host().saveFile({ suggestedName: t("suggestedName"), filters: [{ name: t("csvFiles"), extensions: ["csv"] }] });
    if (path === null) return;
    write.mutate(
      { filter: filterOf(search), path },
      {
        onError: showError,
        onSuccess: ({ rows }) => showToast({ text: t("saved", { count: rows, file: fileName(path) }), tone: "gain" }),
      },
    );
  }

  return (
    <Screen
      title={t("title")}
      note={list.data && t("count", { count: total, shown: formats.quantity(String(total)) })}
      actions={
        <Button icon={Download} isDisabled={write.isPending || total === 0} onPress={() => void save()}>
          {t("save")}
        </Button>
      }
      toolbar={<Filters search={search} areas={list.data?.areas ?? []} inputRef={field} onChange={change} />}
      inspector={row && <EntryFacts row={row} onObject={(object) => change({ object })} />}
      inspectorKey={row ? String(row.seq) : null}
      inspectorTitle={row && deed(row.code)}
      fill
    >
      <div className={styles.page}>
        <Panel flush grow>
          <DataTable
            label={t("title")}
            columns={columns}
            rows={list.data?.rows}
            rowKey={(one) => String(one.seq)}
            selectedKey={search.entry === undefined ? null : String(search.entry)}
            onSelect={(one) => change({ page: search.page, entry: one.seq })}
            error={list.error && errorText(list.error)}
            onRetry={() => void list.refetch()}
            isFiltered={isFiltered(search)}
            empty={<EmptyState icon={ScrollText} title={t("empty")} detail={t("emptyDetail")} />}
            noResult={
              <NoResult
                title={t("noResult")}
                action={<Button onPress={() => void navigate({ to: "/audit", search: {} })}>{t("common:clearFilter")}</Button>}
              />
            }
            pageKeys
          />
        </Panel>
        {count > 1 && (
          <div className={styles.pager} role="group" aria-label={t("pages")}>
            <IconButton icon={ChevronLeft} label={t("newer")} keys={comboOf("previousPage")} isDisabled={page <= 1} onPress={() => change({ page: page - 1 })} />
            <span className="num small">{t("pageOf", { page: formats.quantity(String(page)), count: formats.quantity(String(count)) })}</span>
            <IconButton icon={ChevronRight} label={t("older")} keys={comboOf("nextPage")} isDisabled={page >= count} onPress={() => change({ page: page + 1 })} />
          </div>
        )}
      </div>
    </Screen>
  );
}
