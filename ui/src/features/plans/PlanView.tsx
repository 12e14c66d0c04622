import { Lock } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Note } from "../../components/States";
import { Tag } from "../../components/Tag";
import type { MeterText, PlanText, PlanVersionText } from "../../ipc/generated/types";
import { useFormats } from "../../lib/use-formats";
import { BillingTests } from "./BillingTests";
import { ChargeFacts } from "./ChargeFacts";
import { PhaseFacts } from "./PhaseFacts";

interface PlanViewProps {
  plan: PlanText;
  version: PlanVersionText | null;
  meters: readonly MeterText[];
}

/** A plan with one of its versions, for reading. */
export function PlanView({ plan, version, meters }: PlanViewProps) {
  const { t } = useTranslation("plans");
  const formats = useFormats();
  return (
    <>
      <p className="row">
        <span className={plan.description ? "selectable" : "dim"}>{plan.description || t("noDescription")}</span>
        {version && <Tag tone="outline">{version.currency}</Tag>}
        {version?.terms.addOn && <Tag tone="outline">{t("addOnTag")}</Tag>}
      </p>
      {version?.publishedAt && <Note icon={Lock}>{t("published", { date: formats.instant(version.publishedAt) })}</Note>}
      {version === null && <p className="muted">{t("noVersion")}</p>}
      {version?.charges.map((charge) => (
        <ChargeFacts key={`${version.id} ${charge.name}`} charge={charge} currency={version.currency} meters={meters} />
      ))}
      {version?.terms.phases && version.terms.phases.length > 0 && <PhaseFacts phases={version.terms.phases} currency={version.currency} />}
      {version && <BillingTests key={version.id} plan={plan} charges={version.charges} currency={version.currency} />}
    </>
  );
}
