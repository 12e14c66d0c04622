import { Link } from "@tanstack/react-router";
import { PencilLine } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Tag } from "../../components/Tag";
import type { PlanText } from "../../ipc/generated/types";
import { customersOf, draftOf, stateOf } from "./model";
import styles from "./Plans.module.css";

/** All plans; the chosen one is marked. */
export function PlanList({ plans, chosen }: { plans: readonly PlanText[]; chosen: string | undefined }) {
  const { t } = useTranslation("plans");
  return (
    <nav className={styles.list} aria-label={t("list")}>
      {plans.map((plan) => {
        const newest = plan.versions[0];
        const facts = [
          newest && t("version", { number: newest.number }),
          newest?.currency,
          t("customers", { count: customersOf(plan) }),
        ].filter(Boolean);
        return (
          <Link
            key={plan.id}
            to="/plans"
            search={{ plan: plan.id }}
            className={styles.item}
            aria-current={plan.id === chosen ? "true" : undefined}
            data-chosen={plan.id === chosen || undefined}
          >
            <span className="row">
              <span className="truncate medium grow">{plan.name}</span>
              <StateTag plan={plan} />
            </span>
            <span className="small muted truncate">{facts.join(" · ")}</span>
          </Link>
        );
      })}
    </nav>
  );
}

export function StateTag({ plan }: { plan: PlanText }) {
  const { t } = useTranslation("plans");
  const state = stateOf(plan);
  if (state === "archived") return <Tag tone="outline">{t("state.archived")}</Tag>;
  return (
    <>
      {draftOf(plan) !== null && (
        <Tag tone="pencil" icon={PencilLine} className={styles.dashed}>
          {t("state.draft")}
        </Tag>
      )}
      {state === "published" && <Tag tone="ink">{t("state.published")}</Tag>}
    </>
  );
}
