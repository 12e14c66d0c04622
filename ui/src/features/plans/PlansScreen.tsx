import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { FileText, Gauge, Layers, Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { Screen } from "../../app/Screen";
import { Button } from "../../components/Button";
import { EmptyState, ErrorState, Skeleton } from "../../components/States";
import { useCommand } from "../../ipc/query";
import { MetersSheet } from "./MetersSheet";
import { emptyPlan, inOrder } from "./model";
import { PlanDetail } from "./PlanDetail";
import { PlanList } from "./PlanList";
import styles from "./Plans.module.css";
import { useImport } from "./use-plan-text";

const route = getRouteApi("/plans");

/** What customers pay: plans on the left, the chosen one on the right. */
export function PlansScreen() {
  const { t } = useTranslation(["plans", "common"]);
  const search = route.useSearch();
  const navigate = useNavigate();
  const list = useCommand("plan_list", {});
  const meters = useCommand("meter_list", {}).data?.meters ?? [];
  const currency = useCommand("book_status", {}).data?.book?.currency;
  const [isDirty, setDirty] = useState(false);
  const plans = list.data && inOrder(list.data.plans);
  const wanted = search.create ? undefined : (search.plan ?? plans?.[0]?.id);
  const plan = search.create ? emptyPlan : plans?.find((one) => one.id === wanted);
  const importText = useImport();
  const create = () => void navigate({ to: "/plans", search: { create: true } });
  const showMeters = (meters: true | undefined) => void navigate({ to: "/plans", search: { ...search, meters } });
  const isEditing = isDirty || search.create;
  const add = { label: t("new"), icon: Plus, onPress: create };
  return (
    <Screen
      title={t("title")}
      actions={
        <>
          <Button icon={FileText} onPress={() => void importText()}>
            {t("text.import")}
          </Button>
          <Button icon={Gauge} onPress={() => showMeters(true)}>
            {t("meters.open")}
          </Button>
        </>
      }
      primary={isEditing ? undefined : add}
      fill
    >
      <div className={styles.page}>
        <div className={styles.side}>
          {plans && <PlanList plans={plans} chosen={wanted} />}
          {!plans && !list.error && <Skeleton rows={6} height={44} />}
        </div>
        <div className={styles.main}>
          {list.error && (
            <ErrorState
              title={errorText(list.error).text}
              detail={errorText(list.error).detail}
              action={<Button onPress={() => void list.refetch()}>{t("common:again")}</Button>}
            />
          )}
          {plans?.length === 0 && !plan && (
            <EmptyState
              icon={Layers}
              title={t("empty")}
              detail={t("emptyDetail")}
              action={
                <Button icon={Plus} onPress={create}>
                  {t("new")}
                </Button>
              }
            />
          )}
          {plans && plans.length > 0 && !plan && <EmptyState title={t("gone")} detail={t("choose")} />}
          {plans && plan && currency && (
            <PlanDetail key={plan.id} plan={plan} search={search} currency={currency} meters={meters} isDirty={isDirty} onDirty={setDirty} />
          )}
        </div>
      </div>
      {search.meters && <MetersSheet onClose={() => showMeters(undefined)} />}
    </Screen>
  );
}
