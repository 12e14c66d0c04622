import { Check } from "lucide-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText, showError } from "../../app/errors";
import { useUndo } from "../../app/frame/use-undo";
import { issueAt, otherIssues } from "../../app/issues";
import { comboOf } from "../../app/shortcuts";
import { showToast } from "../../app/toasts";
import { useShortcut } from "../../app/use-shortcut";
import { Button } from "../../components/Button";
import { DateField } from "../../components/DateField";
import { FormIssues } from "../../components/Form";
import { Sheet } from "../../components/Sheet";
import { EmptyState, ErrorState, Skeleton } from "../../components/States";
import { Tag } from "../../components/Tag";
import { TextField } from "../../components/TextField";
import { useFreshError } from "../../components/use-fresh-error";
import { useTypedDate } from "../../components/use-typed-date";
import type { PriceChangeRow, PriceReviewReply } from "../../ipc/generated/types";
import { useCommand, useMutation } from "../../ipc/query";
import { today } from "../../lib/dates";
import { useFormats, useFormatSetting } from "../../lib/use-formats";
import { ReviewBills, ReviewFinals } from "./ReviewBills";
import { ReviewTable } from "./ReviewTable";
import { isBlocked, ReviewBlocks, ReviewHeld } from "./ReviewWarnings";
import { ReviewTiles } from "./ReviewTiles";
import styles from "./Review.module.css";
import { usePublish } from "./use-publish";
import type { Staging } from "./use-staging";

interface ReviewSheetProps {
  staging: Staging;
  onClose: () => void;
}

/** Everything that is staged, what it does, and the way from pencil to ink. */
export function ReviewSheet({ staging, onClose }: ReviewSheetProps) {
  const { t } = useTranslation(["price-book", "common"]);
  const formats = useFormats();
  // Those that are left out: what is staged meanwhile is in.
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const all = useCommand("price_review", { month: null, only: null }, { keepPrevious: true });
  const keys = all.data?.changes.map((change) => change.key) ?? [];
  const only = left.size === 0 ? null : keys.filter((key) => !left.has(key));
  const some = useCommand("price_review", { month: null, only }, { enabled: only !== null, keepPrevious: true });
  const reply = only === null ? all.data : (some.data ?? all.data);
  const error = all.error ?? some.error;
  const { undo } = useUndo();
  const discard = useMutation("price_draft_discard");
  const tick = (key: string) => setLeft((now) => (now.has(key) ? new Set([...now].filter((one) => one !== key)) : new Set([...now, key])));
  const discardAll = () =>
    discard.mutate({}, {
      onError: showError,
      onSuccess: () => {
        showToast({ text: t("review.discarded"), action: { label: t("common:undo"), run: undo } });
        onClose();
      },
    });
  const rates = useMutation("exchange_stage");
  const revert = ({ rate, scope }: PriceChangeRow) =>
    rate ? rates.mutate({ base: rate.base, quote: rate.quote, to: null }, { onError: showError }) : void staging.revert(scope);
  const total = reply?.draft.staged ?? 0;
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={t("review.title", { count: total, changes: formats.quantity(String(total)) })}
      tag={reply && <Tag tone="pencil">{t("draft.tag", { version: reply.draft.number })}</Tag>}
      actions={
        <Button kind="ghost" isDisabled={total === 0 || discard.isPending} onPress={discardAll}>
          {t("review.discard")}
        </Button>
      }
      closeLabel={t("common:close")}
      width={860}
      flush
      footer={reply && total > 0 && <Publish reply={reply} only={only} onDone={onClose} />}
    >
      {error ? (
        <ErrorState title={errorText(error).text} detail={errorText(error).detail} action={<Button onPress={() => void all.refetch()}>{t("common:again")}</Button>} />
      ) : !reply || !all.data ? (
        <Skeleton rows={9} height={42} />
      ) : total === 0 ? (
        <EmptyState title={t("review.nothing")} />
      ) : (
        <div className={styles.body} data-old={(only !== null && some.isPlaceholderData) || undefined}>
          <ReviewTiles reply={reply} />
          <ReviewBlocks reply={reply} />
          <ReviewHeld reply={reply} />
          <ReviewTable rows={reply.changes} total={reply.total} month={reply.month} currency={reply.currency} left={left} onTick={tick} onAll={(isOn) => setLeft(isOn ? new Set() : new Set(keys))} onRevert={revert} />
          <ReviewBills reply={reply} />
          <ReviewFinals rows={reply.finalized} />
        </div>
      )}
    </Sheet>
  );
}

/** Faults that a footer has room for. */
const FEW = 5;

interface PublishProps {
  reply: PriceReviewReply;
  /** Keys of what is ticked; null when all is. */
  only: readonly string[] | null;
  onDone: () => void;
}

/** From when on, why, and publish. Both are kept with the draft. */
function Publish({ reply, only, onDone }: PublishProps) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const { timeZone } = useFormatSetting();
  const { draft } = reply;
  const [reason, setReason] = useState(draft.reason);
  const save = useMutation("price_draft_save");
  const publish = usePublish(draft.number);
  // Publishing waits for what the fields save as they are left.
  const saving = useRef<Promise<unknown>>(Promise.resolve());
  const keep = (validOn: string | null) => {
    // The sheet closes over its own field: what is published is no draft any more.
    if (publish.isPending || publish.data) return;
    saving.current = save.mutateAsync({ validOn, reason }).catch((error: unknown) => issueAt(error, "validOn") ?? showError(error));
  };
  const date = useTypedDate(draft.validOn, keep);
  const day = date.value;
  const isPast = day !== null && day < today(timeZone);
  const dayFault = useFreshError(issueAt(publish.error, "validOn") ?? issueAt(save.error, "validOn"), day ?? "");
  const run = async () => {
    await saving.current;
    publish.mutate(
      { only: only && [...only], validOn: day, reason },
      {
        onSuccess: (done) => {
          // Cancelled: the draft is as it was.
          if (done === null) return;
          showToast({ text: t("review.published", { version: done.number, from: day ? formats.date(day) : t("review.now") }), tone: "gain" });
          onDone();
        },
      },
    );
  };
  const blocked = isBlocked(reply);
  const isOff = publish.isPending || only?.length === 0 || blocked;
  useShortcut("primary", () => void (!isOff && run()), { scope: "modal" });
  return (
    <form
      className={styles.publish}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isOff) void run();
      }}
    >
      <FormIssues texts={otherIssues(publish.error, ["reason", "validOn"]).slice(0, FEW)} />
      <div className={styles.fields}>
        <DateField {...date} label={t("review.validFrom")} error={dayFault} />
        <TextField
          label={t("review.reason")}
          placeholder={t("review.reasonHint")}
          value={reason}
          onChange={setReason}
          onBlur={() => reason !== draft.reason && keep(day)}
          error={issueAt(publish.error, "reason")}
        />
      </div>
      <div className="row">
        {blocked && (
          <span className="small loss grow" role="status">
            {t("review.blocked", { count: reply.blockingTotal, prices: formats.quantity(String(reply.blockingTotal)) })}
          </span>
        )}
        <span className="small muted grow" hidden={blocked}>
          {day === null
            ? t("review.fromNow")
            : isPast
              ? t("review.backdated", { day: formats.date(day), count: reply.finalized.length, invoices: formats.quantity(String(reply.finalized.length)) })
              : t("review.fromDay", { zone: timeZone })}{" "}
          {t("review.never", { version: draft.live ?? draft.number })}
        </span>
        <Button kind="primary" icon={Check} type="submit" keys={comboOf("primary")} isDisabled={isOff}>
          {day === null ? t("review.publishNow", { version: draft.number }) : t("review.publish", { version: draft.number, day: formats.date(day) })}
        </Button>
      </div>
    </form>
  );
}
