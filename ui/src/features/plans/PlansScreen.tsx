import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { Layers } from "lucide-react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { Screen } from "../../app/Screen";
import { Button } from "../../components/Button";
import { EmptyState, ErrorState, Skeleton } from "../../components/States";
import { useCommand } from "../../ipc/query";
import { inOrder } from "./model";
import { PlanDetail } from "./PlanDetail";
import { PlanList } from "./PlanList";
import styles from "./Plans.module.css";

const route = getRouteApi("/plans");

/** What customers pay: plans on the left, the chosen one on the right. */
export function PlansScreen() {
  const { t } = useTranslation(["plans", "common"]);
  const search = route.useSearch();
  const navigate = useNavigate();
  const list = useCommand("plan_list", {});
  const meters = useCommand("meter_list", {}).data?.meters ?? [];
  const plans = list.data && inOrder(list.data.plans);
  const wanted = search.plan ?? plans?.[0]?.id;
  const plan = plans?.find((one) => one.id === wanted);
  return (
    <Screen title={t("title")} fill>
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
          {plans?.length === 0 && <EmptyState icon={Layers} title={t("empty")} detail={t("emptyDetail")} />}
          {plans && plans.length > 0 && !plan && <EmptyState title={t("gone")} detail={t("choose")} />}
          {plan && (
            <PlanDetail
              key={plan.id}
              plan={plan}
              wanted={search.version}
              meters={meters}
              onVersion={(version) => void navigate({ to: "/plans", search: { plan: plan.id, version } })}
            />
          )}
        </div>
      </div>
    </Screen>
  );
}
