import { CalendarClock, Layers, Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { showError } from "../../app/errors";
import { useUndo } from "../../app/frame/use-undo";
import { showToast } from "../../app/toasts";
import { Button } from "../../components/Button";
import { IconButton } from "../../components/IconButton";
import { Panel } from "../../components/Panel";
import { EmptyState } from "../../components/States";
import { Tag } from "../../components/Tag";
import type { CustomerText, SubscriptionText } from "../../ipc/generated/types";
import { useMutation } from "../../ipc/query";
import { today } from "../../lib/dates";
import { useFormats } from "../../lib/use-formats";
import styles from "./Customers.module.css";
import { phaseOf } from "./model";
import { SubscriptionSheet } from "./SubscriptionSheet";

interface SubscriptionsPanelProps {
  customer: CustomerText;
  /** Newest first. */
  subscriptions: readonly SubscriptionText[];
}

/** Which plan a customer is on, was on and will be on. */
export function SubscriptionsPanel({ customer, subscriptions }: SubscriptionsPanelProps) {
  const { t } = useTranslation(["customers", "common"]);
  const { undo } = useUndo();
  const removing = useMutation("subscription_remove");
  const [open, setOpen] = useState<SubscriptionText | "new" | null>(null);
  const add = () => setOpen("new");
  const remove = (subscription: SubscriptionText) =>
    removing.mutate(
      { id: subscription.id },
      {
        onError: showError,
        onSuccess: () =>
          showToast({
            text: t("plan.removed", { plan: subscription.planName }),
            action: { label: t("common:undo"), run: undo },
          }),
      },
    );
  return (
    <Panel
      title={t("plan.title")}
      flush
      actions={
        <Button kind="ghost" size="small" icon={Plus} onPress={add}>
          {t("plan.add")}
        </Button>
      }
    >
      {subscriptions.length === 0 ? (
        <EmptyState
          icon={Layers}
          title={t("plan.none")}
          action={
            <Button kind="primary" onPress={add}>
              {t("plan.put")}
            </Button>
          }
        />
      ) : (
        <ul>
          {subscriptions.map((subscription) => (
            <Row
              key={subscription.id}
              subscription={subscription}
              onEdit={() => setOpen(subscription)}
              onRemove={() => remove(subscription)}
            />
          ))}
        </ul>
      )}
      {open !== null && (
        <SubscriptionSheet customer={customer} subscription={open === "new" ? null : open} onClose={() => setOpen(null)} />
      )}
    </Panel>
  );
}

interface RowProps {
  subscription: SubscriptionText;
  onEdit: () => void;
  onRemove: () => void;
}

function Row({ subscription, onEdit, onRemove }: RowProps) {
  const { t } = useTranslation("customers");
  const formats = useFormats();
  const { planName, version, startsOn, endsOn } = subscription;
  const phase = phaseOf(subscription, today(formats.setting.timeZone));
  const days = endsOn
    ? t("plan.fromTo", { from: formats.date(startsOn), to: formats.date(endsOn) })
    : t("plan.from", { from: formats.date(startsOn) });
  return (
    <li className={styles.subscription}>
      <div className="grow">
        <p className="row">
          <span className={phase === "past" ? "muted truncate" : "medium truncate"}>{planName}</span>
          <span className="dim small nowrap">{t("plan.version", { version })}</span>
          {phase === "now" && <Tag tone="gain">{t("plan.now")}</Tag>}
          {phase === "later" && <Tag tone="pencil">{t("plan.later")}</Tag>}
        </p>
        <p className="small dim">{days}</p>
      </div>
      <IconButton icon={CalendarClock} size="small" label={t("plan.change", { plan: planName })} onPress={onEdit} />
      <IconButton icon={Trash2} size="small" label={t("plan.remove", { plan: planName })} onPress={onRemove} />
    </li>
  );
}
