import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { UserPlus } from "lucide-react";
import { useDeferredValue, useRef } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { Screen } from "../../app/Screen";
import { comboOf } from "../../app/shortcuts";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import { MonthPicker } from "../../components/MonthPicker";
import { Panel } from "../../components/Panel";
import { EmptyState, NoResult } from "../../components/States";
import { Switch } from "../../components/Switch";
import { DataTable } from "../../components/table/DataTable";
import { SearchField } from "../../components/TextField";
import { useCommand } from "../../ipc/query";
import { useFormats } from "../../lib/use-formats";
import styles from "./Customers.module.css";
import { NewCustomer } from "./CustomerSheet";
import type { CustomersSearch } from "./model";
import { useColumns } from "./use-columns";

const route = getRouteApi("/customers");

/** Everybody who is billed, with the figures of one month. */
export function CustomersScreen() {
  const { t } = useTranslation(["customers", "common"]);
  const formats = useFormats();
  const search = route.useSearch();
  const navigate = useNavigate();
  const field = useRef<HTMLInputElement>(null);
  const columns = useColumns();
  const wanted = useDeferredValue(search.search ?? "");
  const months = useCommand("book_status", {}).data?.book?.months ?? [];
  const list = useCommand(
    "customer_list",
    { search: wanted, archived: search.archived ?? false, month: search.month ?? null },
    { keepPrevious: true },
  );
  const change = (part: CustomersSearch) =>
    void navigate({ to: "/customers", search: (now: CustomersSearch) => tidy({ ...now, ...part }), replace: true });
  const create = () => change({ create: true });
  const isFiltered = (search.search ?? "") !== "";
  const month = list.data?.month ?? null;
  useShortcut("filter", () => field.current?.focus());
  useShortcut("create", create);

  return (
    <Screen
      title={t("title")}
      tag={
        month !== null && (
          <MonthPicker
            label={t("month")}
            months={months.includes(month) ? months : [month, ...months]}
            value={month}
            onChange={(next) => change({ month: next })}
          />
        )
      }
      note={list.data && t("count", { count: list.data.rows.length, shown: formats.quantity(String(list.data.rows.length)) })}
      primary={{ label: t("new"), icon: UserPlus, onPress: create }}
      toolbar={
        <>
          <SearchField
            label={t("search")}
            placeholder={t("search")}
            keys={comboOf("filter")}
            inputRef={field}
            className={styles.search}
            value={search.search ?? ""}
            onChange={(next) => change({ search: next })}
          />
          <Switch isSelected={search.archived ?? false} onChange={(archived) => change({ archived })}>
            {t("showArchived")}
          </Switch>
        </>
      }
      fill
    >
      <div className={styles.page}>
        <Panel flush grow>
          <DataTable
            label={t("title")}
            columns={columns}
            rows={list.data?.rows}
            rowKey={(row) => row.id}
            onOpen={(row) => void navigate({ to: "/customers/$id", params: { id: row.id } })}
            error={list.error && errorText(list.error)}
            onRetry={() => void list.refetch()}
            isFiltered={isFiltered}
            rowTone={(row) => (row.archived ? "dim" : undefined)}
            defaultSort={{ column: "name", direction: "up" }}
            empty={
              <EmptyState
                icon={UserPlus}
                title={t("empty")}
                detail={t("emptyDetail")}
                action={
                  <Button icon={UserPlus} onPress={create}>
                    {t("new")}
                  </Button>
                }
              />
            }
            noResult={
              <NoResult
                title={t("noResult", { search: search.search })}
                detail={search.archived ? undefined : t("noResultDetail")}
                action={<Button onPress={() => change({ search: undefined })}>{t("common:clearFilter")}</Button>}
              />
            }
            pageKeys
          />
        </Panel>
      </div>
      {search.create && (
        <NewCustomer
          start={{ alias: search.alias, name: search.name }}
          onClose={() => change({ create: undefined, alias: undefined, name: undefined })}
          onSaved={(id) => void navigate({ to: "/customers/$id", params: { id }, replace: true })}
        />
      )}
    </Screen>
  );
}

/** Nothing stands in the address that says nothing. */
function tidy(search: CustomersSearch): CustomersSearch {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined && value !== "" && value !== false));
}
