import { History } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { errorText, showError } from "../../app/errors";
import { useUndo } from "../../app/frame/use-undo";
import { showToast } from "../../app/toasts";
import { Button } from "../../components/Button";
import { FieldRow } from "../../components/Form";
import { Select } from "../../components/Select";
import { Sheet } from "../../components/Sheet";
import { EmptyState, ErrorState, Skeleton } from "../../components/States";
import type { PriceCompareRow, PriceVersionText, RateChange, RuleText } from "../../ipc/generated/types";
import { useCommand, useMutation } from "../../ipc/query";
import { today as todayIn } from "../../lib/dates";
import { useFormats, useFormatSetting } from "../../lib/use-formats";
import styles from "./Review.module.css";
import { RuleFigure } from "./RuleFigure";
import { placeWords, scopeNames } from "./words";

/** Stands for the draft. */
export const DRAFT = 0;

interface CompareSheetProps {
  /** The version that is looked at. */
  version: number;
  onClose: () => void;
}

/** What differs between two states of the price book, and the way back to one of them. */
export function CompareSheet({ version, onClose }: CompareSheetProps) {
  const { t } = useTranslation(["price-book", "common"]);
  const formats = useFormats();
  const { undo } = useUndo();
  const list = useCommand("price_version_list", {}).data;
  const live = list?.versions.find((one) => one.live)?.number;
  const [from, setFrom] = useState(version);
  const [picked, setPicked] = useState<number | null>(null);
  const to = picked ?? (list && list.draft.staged > 0 ? DRAFT : (live ?? version));
  const compared = useCommand("price_version_compare", { from, to }, { enabled: list !== undefined, keepPrevious: true });
  const restore = useMutation("price_version_restore");
  const options = list ? optionsOf(list.versions, list.draft.staged > 0, list.draft.number, t, formats.date) : [];
  const meant = list?.versions.find((one) => one.number === from);
  const rollBack = () =>
    restore.mutate(
      { number: from },
      {
        onError: showError,
        onSuccess: (done) => {
          showToast({
            text: t("compare.staged", { version: from, count: done.draft.staged, changes: formats.quantity(String(done.draft.staged)) }),
            action: { label: t("common:undo"), run: undo },
          });
          onClose();
        },
      },
    );
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={t("compare.title")}
      closeLabel={t("common:close")}
      width={640}
      footer={
        <>
          <span className="small muted grow">{t("compare.rollBackHint")}</span>
          <Button kind="pencil" icon={History} isDisabled={from === DRAFT || from === live || restore.isPending} onPress={rollBack}>
            {t("compare.rollBack", { version: from })}
          </Button>
        </>
      }
    >
      <FieldRow columns="1fr 1fr">
        <Select label={t("compare.from")} value={String(from)} options={options} onChange={(value) => setFrom(Number.parseInt(value, 10))} />
        <Select label={t("compare.to")} value={String(to)} options={options} onChange={(value) => setPicked(Number.parseInt(value, 10))} />
      </FieldRow>
      {meant && <VersionNote version={meant} />}
      {compared.error ? (
        <ErrorState title={errorText(compared.error).text} action={<Button onPress={() => void compared.refetch()}>{t("common:again")}</Button>} />
      ) : !compared.data ? (
        <Skeleton rows={6} height={42} />
      ) : compared.data.rows.length === 0 && compared.data.rates.length === 0 ? (
        <EmptyState title={t("compare.same")} />
      ) : (
        <Differences rows={compared.data.rows} rates={compared.data.rates} total={compared.data.total} same={compared.data.same} />
      )}
    </Sheet>
  );
}

function optionsOf(versions: readonly PriceVersionText[], hasDraft: boolean, number: number, t: (key: string, values?: Record<string, unknown>) => string, date: (day: string) => string) {
  const name = (version: PriceVersionText) => (version.live ? t("timeline.liveTag", { version: version.number }) : `v${version.number}`);
  return [
    ...(hasDraft ? [{ value: String(DRAFT), label: t("draft.tag", { version: number }) }] : []),
    ...versions.map((version) => ({ value: String(version.number), label: name(version), detail: version.validFrom ? date(version.validFrom.slice(0, 10)) : t("sinceEver") })),
  ];
}

/** When it holds, when it was published, why. */
function VersionNote({ version }: { version: PriceVersionText }) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const { timeZone } = useFormatSetting();
  const day = (instant: string) => formats.date(todayIn(timeZone, new Date(instant)));
  return (
    <p className="small muted">
      {[
        t(`compare.kind.${version.kind}`, { version: version.restores ?? "" }),
        version.validFrom ? t("more.from", { day: day(version.validFrom) }) : t("sinceEver"),
        version.validUntil && t("compare.until", { day: day(version.validUntil) }),
        t("compare.published", { at: formats.instant(version.publishedAt) }),
      ]
        .filter(Boolean)
        .join(", ")}
      {version.reason && <span className="medium">. {version.reason}</span>}
    </p>
  );
}

interface DifferencesProps {
  rows: readonly PriceCompareRow[];
  rates: readonly RateChange[];
  total: number;
  same: number;
}

function Differences({ rows, rates, total, same }: DifferencesProps) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  return (
    <>
      <p className="small muted" role="status">
        {t("compare.count", { count: total, rules: formats.quantity(String(total)), same: formats.quantity(String(same)) })}
      </p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th>{t("many.price")}</th>
            <th data-figure>{t("review.was")}</th>
            <th data-figure>{t("compare.is")}</th>
          </tr>
        </thead>
        <tbody>
          {rates.map(({ base, quote, was, willBe }) => (
            <tr key={`${base} ${quote}`}>
              <td>
                <span className="medium id">{t("review.rate", { base, quote })}</span>
                <span className={styles.under}>{t("review.exchange")}</span>
              </td>
              <td data-figure>{was && formats.quantity(was.rate)}</td>
              <td data-figure>{willBe && formats.quantity(willBe.rate)}</td>
            </tr>
          ))}
          {rows.map((row, at) => (
            <tr key={at}>
              <td>
                <span className="medium id">{row.scope.model ?? scopeNames(row.scope)}</span>
                <span className={styles.under}>{[row.scope.model && placeWords(row.scope), row.ownerName].filter(Boolean).join(", ")}</span>
              </td>
              <td data-figure>
                <Says rule={row.before} />
              </td>
              <td data-figure>
                <Says rule={row.after} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {total > rows.length && <p className={styles.more}>{t("review.more", { count: total - rows.length, changes: formats.quantity(String(total - rows.length)) })}</p>}
    </>
  );
}

function Says({ rule }: { rule: RuleText | null }) {
  const { t } = useTranslation("price-book");
  return rule === null ? <span className="muted">{t("compare.none")}</span> : <RuleFigure rule={rule} />;
}
