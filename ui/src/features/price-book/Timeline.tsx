import { useState } from "react";
import { useTranslation } from "react-i18next";
import { showError } from "../../app/errors";
import { DateField } from "../../components/DateField";
import { useTypedDate } from "../../components/use-typed-date";
import { useWidth } from "../../components/charts/use-width";
import { useCommand, useMutation } from "../../ipc/query";
import { addDays, today as todayIn } from "../../lib/dates";
import { useFormats, useFormatSetting } from "../../lib/use-formats";
import { DraftHandle } from "./DraftHandle";
import { barsOf, monthsOf, scaleFor, xOf } from "./timeline";
import styles from "./Timeline.module.css";
import { ContractBars, ProviderMarks } from "./TimelineMarks";

export const TIMELINE_HEIGHT = 142;
const LEFT = 216;
const BAR_TOP = 30;

interface TimelineProps {
  onVersion: (number: number) => void;
}

/** Versions by the day they begin, what providers changed, what is agreed with single customers. */
export function Timeline({ onVersion }: TimelineProps) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const { timeZone } = useFormatSetting();
  const { ref, width } = useWidth(1000);
  const list = useCommand("price_version_list", {}, { keepPrevious: true }).data;
  const save = useMutation("price_draft_save");
  const [dragged, setDragged] = useState<string | null>(null);
  const today = todayIn(timeZone);
  const draft = list?.draft;
  const day = dragged ?? draft?.validOn ?? null;
  const scale = scaleFor(today, draft?.validOn ?? null, LEFT + 10, width - 16);
  const facts = useCommand("price_timeline", { from: scale.from, to: addDays(scale.to, -1) }, { keepPrevious: true }).data;
  const dayOf = (instant: string) => todayIn(timeZone, new Date(instant));
  const bars = barsOf(list?.versions ?? [], scale, dayOf);
  const hasDraft = draft !== undefined && draft.staged > 0;
  const start = xOf(scale, day !== null && day > scale.from ? day : today);
  const keep = (next: string | null) => {
    setDragged(null);
    if (draft && next !== draft.validOn) save.mutate({ validOn: next, reason: draft.reason }, { onError: showError });
  };
  const typed = useTypedDate(draft?.validOn ?? null, keep);
  const live = bars.find((bar) => bar.live);
  const now = xOf(scale, today);
  // The name of a button begins with what is seen of it.
  const nameOf = (bar: { number: number; live: boolean }) => (bar.live ? t("timeline.liveTag", { version: bar.number }) : `v${bar.number}`);
  return (
    <section className={styles.strip} ref={ref} aria-label={t("timeline.title")}>
      <svg
        width={width}
        height={TIMELINE_HEIGHT}
        role="img"
        aria-label={t("timeline.summary", {
          count: list?.versions.length ?? 0,
          live: live ? t("timeline.live", { version: live.number, day: live.from ? formats.date(live.from) : t("sinceEver") }) : "",
          changes: facts?.providerChanges.length ?? 0,
          contracts: facts?.contracts.length ?? 0,
        })}
      >
        {monthsOf(scale).map((month) => (
          <g key={month}>
            <line x1={xOf(scale, `${month}-01`)} x2={xOf(scale, `${month}-01`)} y1={20} y2={TIMELINE_HEIGHT} className={styles.grid} />
            <text x={xOf(scale, `${month}-01`) + 5} y={15} className={styles.axis}>
              {monthWord(formats.month(month), month === scale.from.slice(0, 7) || month.endsWith("-01"))}
            </text>
          </g>
        ))}
        <text x={16} y={BAR_TOP + 16} className={styles.label}>
          {t("timeline.versions")}
        </text>
        <text x={16} y={76} className={styles.label}>
          {t("timeline.providers")}
        </text>
        <text x={16} y={112} className={styles.label}>
          {t("timeline.contracts")}
        </text>
        {facts && <ContractBars contracts={facts.contracts} scale={scale} dayOf={dayOf} />}
        {facts && <ProviderMarks changes={facts.providerChanges} scale={scale} dayOf={dayOf} />}
        {hasDraft && (
          <>
            <rect x={start + 0.5} y={BAR_TOP + 0.5} width={Math.max(8, scale.left + scale.width - start)} height={23} rx={4} className={styles.draft} />
            <text x={start + 16} y={BAR_TOP + 16} className={styles.draftText}>
              {t("timeline.draft", { version: draft.number })}
            </text>
          </>
        )}
        <line x1={now} x2={now} y1={4} y2={TIMELINE_HEIGHT} className={styles.now} />
        <rect x={now - 24} y={3} width={48} height={15} rx={3} className={styles.nowBox} />
        <text x={now} y={14} textAnchor="middle" className={styles.nowText}>
          {formats.day(today)}
        </text>
      </svg>
      {bars.map((bar) => (
        <button
          key={bar.number}
          type="button"
          className={styles.bar}
          data-live={bar.live || undefined}
          // The draft's bar lies over what it would replace.
          style={{ left: bar.x, width: Math.max(4, Math.min(bar.width, hasDraft && bar.x < start ? start - bar.x : bar.width) - 2), top: BAR_TOP }}
          title={[`v${bar.number}`, bar.from ? t("source.since", { day: formats.date(bar.from) }) : t("sinceEver"), bar.reason].filter(Boolean).join(", ")}
          aria-label={t("timeline.open", { name: nameOf(bar), from: bar.from ? formats.date(bar.from) : t("sinceEver") })}
          onClick={() => onVersion(bar.number)}
        >
          {nameOf(bar)}
        </button>
      ))}
      {hasDraft && (
        <>
          <DraftHandle scale={scale} day={day ?? today} top={BAR_TOP} onDrag={setDragged} onDone={keep} />
          <DateField {...typed} className={styles.field} size="small" aria-label={t("timeline.starts")} />
        </>
      )}
    </section>
  );
}

/** `Oct`, with its year where one begins. */
function monthWord(name: string, withYear: boolean): string {
  const [month = "", year = ""] = name.split(" ");
  const short = month.slice(0, 3);
  return withYear ? `${short} ${year}` : short;
}
