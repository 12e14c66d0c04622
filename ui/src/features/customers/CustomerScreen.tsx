import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Archive, ArchiveRestore, ChevronDown, ChevronUp, Ellipsis, Pencil } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useActions } from "../../app/actions";
import { errorText } from "../../app/errors";
import { BarDivider, Screen } from "../../app/Screen";
import { comboOf } from "../../app/shortcuts";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { Menu, MenuItem } from "../../components/Menu";
import { ErrorState, Skeleton } from "../../components/States";
import { Tag } from "../../components/Tag";
import type { CustomerGetReply, CustomerText } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { AccountPanel } from "./account/AccountPanel";
import { AliasPanel } from "./AliasPanel";
import { CreditPanel } from "./credit/CreditPanel";
import { CustomerSheet } from "./CustomerSheet";
import styles from "./Customers.module.css";
import { FactsPanel } from "./FactsPanel";
import { HeadStrip } from "./HeadStrip";
import { InvoicesPanel } from "./InvoicesPanel";
import { neighbours } from "./model";
import { RevenuePanel } from "./RevenuePanel";
import { SubscriptionsPanel } from "./SubscriptionsPanel";
import { useSaveCustomer } from "./use-save";

const route = getRouteApi("/customers/$id");
const CRUMB = { to: "/customers" };

/** One customer: figures, invoices, plan, names in usage, master data. */
export function CustomerScreen() {
  const { t } = useTranslation(["customers", "common"]);
  const { id } = route.useParams();
  const navigate = useNavigate();
  const reply = useCommand("customer_get", { id });
  const crumbs = [{ ...CRUMB, label: t("title") }];
  if (reply.data) return <Customer key={id} reply={reply.data} />;
  return (
    <Screen title="" crumbs={crumbs}>
      {reply.error ? (
        <ErrorState
          title={errorText(reply.error).text}
          detail={errorText(reply.error).detail}
          action={
            reply.error.code === "not_found" ? (
              <Button onPress={() => void navigate({ to: "/customers" })}>{t("toList")}</Button>
            ) : (
              <Button onPress={() => void reply.refetch()}>{t("common:again")}</Button>
            )
          }
        />
      ) : (
        <Skeleton rows={10} height={48} />
      )}
    </Screen>
  );
}

function Customer({ reply }: { reply: CustomerGetReply }) {
  const { t } = useTranslation(["customers", "common"]);
  const { customer } = reply;
  const navigate = useNavigate();
  const editing = route.useSearch().edit === true;
  const setEditing = (edit: boolean) =>
    void navigate({ to: "/customers/$id", params: { id: customer.id }, search: edit ? { edit } : {}, replace: true });
  const edit = () => setEditing(true);
  const archive = useArchive(customer);
  useShortcut("adjust", edit);
  useActions([
    { id: "customer.edit", title: t("palette.edit", { name: customer.name }), icon: Pencil, shortcut: "adjust", run: edit },
    { id: "customer.archive", title: archive.label, icon: archive.icon, run: archive.run },
  ]);
  return (
    <Screen
      title={customer.name}
      crumbs={[{ ...CRUMB, label: t("title") }]}
      tag={
        customer.archived ? (
          <Tag tone="outline" icon={Archive}>
            {t("archived")}
          </Tag>
        ) : undefined
      }
      actions={
        <>
          <Neighbours id={customer.id} />
          <BarDivider />
          <Button icon={Pencil} onPress={edit} keys={comboOf("adjust")}>
            {t("common:edit")}
          </Button>
          <Menu
            trigger={<IconButton icon={Ellipsis} kind="default" label={t("more")} />}
            label={t("more")}
            placement="bottom end"
          >
            <MenuItem id="archive" icon={archive.icon} onAction={archive.run}>
              {archive.label}
            </MenuItem>
          </Menu>
        </>
      }
      fill
    >
      <div className={styles.detail}>
        <HeadStrip reply={reply} />
        <div className={styles.main}>
          <RevenuePanel reply={reply} />
          <InvoicesPanel invoices={reply.invoices} />
        </div>
        <div className={styles.side}>
          <SubscriptionsPanel customer={customer} subscriptions={reply.subscriptions} />
          <AccountPanel customer={customer} />
          <CreditPanel customer={customer} />
          <AliasPanel customer={customer} />
          <FactsPanel customer={customer} onEdit={edit} />
        </div>
      </div>
      {editing && (
        <CustomerSheet title={t("editTitle", { name: customer.name })} saved={customer} onClose={() => setEditing(false)} />
      )}
    </Screen>
  );
}

/** Takes a customer out of use, or back. */
function useArchive(customer: CustomerText) {
  const { t } = useTranslation("customers");
  const { save } = useSaveCustomer();
  const name = customer.name;
  return customer.archived
    ? {
        label: t("restore"),
        icon: ArchiveRestore,
        run: () => save({ ...customer, archived: false }, t("restored", { name })),
      }
    : { label: t("archive"), icon: Archive, run: () => save({ ...customer, archived: true }, t("archivedDone", { name })) };
}

function Neighbours({ id }: { id: string }) {
  const { t } = useTranslation("customers");
  const navigate = useNavigate();
  const list = useCommand("customer_names", {});
  const { before, after } = neighbours(list.data?.rows.filter((row) => !row.archived) ?? [], id);
  const go = (to: { id: string } | null) => to && void navigate({ to: "/customers/$id", params: { id: to.id } });
  useShortcut("previousRow", () => go(before), { enabled: before !== null });
  useShortcut("nextRow", () => go(after), { enabled: after !== null });
  return (
    <>
      <IconButton icon={ChevronUp} label={t("before")} keys={comboOf("previousRow")} isDisabled={before === null} onPress={() => go(before)} />
      <IconButton icon={ChevronDown} label={t("after")} keys={comboOf("nextRow")} isDisabled={after === null} onPress={() => go(after)} />
    </>
  );
}
