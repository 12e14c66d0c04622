import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { Button } from "../../components/Button";
import { Sheet } from "../../components/Sheet";
import { EmptyState, ErrorState, Skeleton } from "../../components/States";
import { Tag } from "../../components/Tag";
import type { MeterText } from "../../ipc/generated/types";
import { useCommand } from "../../ipc/query";
import { MeterForm } from "./MeterForm";
import { newMeter } from "./model";
import styles from "./Plans.module.css";
import { quantityName } from "./words";

/** Meters of one's own: what events outside the models are counted by. */
export function MetersSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(["plans", "common"]);
  const list = useCommand("meter_list", {});
  const [edited, setEdited] = useState<MeterText | null>(null);
  if (edited && list.data) return <MeterForm start={edited} seen={list.data} onDone={() => setEdited(null)} />;
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={t("meters.title")}
      closeLabel={t("common:close")}
      actions={
        <Button icon={Plus} isDisabled={!list.data} onPress={() => setEdited(newMeter())}>
          {t("meters.new")}
        </Button>
      }
    >
      {list.error && (
        <ErrorState
          title={errorText(list.error).text}
          detail={errorText(list.error).detail}
          action={<Button onPress={() => void list.refetch()}>{t("common:again")}</Button>}
        />
      )}
      {!list.data && !list.error && <Skeleton rows={4} height={44} />}
      {list.data?.meters.length === 0 && <EmptyState title={t("meters.empty")} />}
      {list.data?.meters.map((meter) => (
        <div key={meter.id} className={styles.meter}>
          <div className="grow">
            <p className="medium truncate">
              {meter.name} {meter.archived && <Tag tone="outline">{t("meters.archived")}</Tag>}
            </p>
            <p className="small muted truncate">
              {t(`meters.of.${meter.aggregation}`, { event: meter.eventName, value: meter.formula ?? quantityName(meter.quantity ?? ""), key: meter.key ?? "" })}
            </p>
          </div>
          <Button size="small" aria-label={t("meters.edit", { name: meter.name })} onPress={() => setEdited(meter)}>
            {t("common:edit")}
          </Button>
        </div>
      ))}
    </Sheet>
  );
}
