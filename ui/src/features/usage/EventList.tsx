import { useInfiniteQuery } from "@tanstack/react-query";
import { ChevronRight } from "lucide-react";
import { useState } from "react";
import { Button as AriaButton } from "react-aria-components";
import { useTranslation } from "react-i18next";
import { errorText } from "../../app/errors";
import { Button } from "../../components/Button";
import { Icon } from "../../components/Icon";
import { InspectorSection } from "../../components/Inspector";
import { KeyValues } from "../../components/Panel";
import { Quantity } from "../../components/Quantity";
import { EmptyState, ErrorState, Skeleton } from "../../components/States";
import type { Fact, UsageEventText } from "../../ipc/generated/types";
import { host } from "../../ipc/host";
import { isDecimal } from "../../lib/decimal";
import { useFormats } from "../../lib/use-formats";
import type { UsagePeriod } from "./model";
import styles from "./Usage.module.css";
import { dimensionName } from "./words";

export interface EventListProps {
  filter: { customerId: string | null; model: string | null };
  period: UsagePeriod;
}

const PAGE = 50;

/** The events behind a figure, page by page in order of time, each with what its source said. */
export function EventList({ filter, period }: EventListProps) {
  const { t } = useTranslation(["usage", "common"]);
  const request = { from: period.from, to: period.to, ...filter, limit: PAGE };
  const pages = useInfiniteQuery({
    queryKey: ["usage_event_list", request],
    queryFn: ({ pageParam }) => host().call("usage_event_list", { ...request, cursor: pageParam }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.cursor,
  });
  const events = pages.data?.pages.flatMap((page) => page.events);
  return (
    <InspectorSection title={t("events")}>
      <div className={styles.flush}>
        {pages.error ? (
          <ErrorState
            title={errorText(pages.error).text}
            action={<Button onPress={() => void pages.refetch()}>{t("common:again")}</Button>}
          />
        ) : !events ? (
          <Skeleton rows={6} height={40} />
        ) : events.length === 0 ? (
          <EmptyState title={t("noEvents")} />
        ) : (
          <ul className={styles.events} aria-label={t("events")}>
            {events.map((event) => (
              <EventItem key={`${event.source} ${event.id}`} event={event} />
            ))}
          </ul>
        )}
        {pages.hasNextPage && (
          <div className={styles.more}>
            <Button size="small" isDisabled={pages.isFetchingNextPage} onPress={() => void pages.fetchNextPage()}>
              {t("moreEvents")}
            </Button>
          </div>
        )}
      </div>
    </InspectorSection>
  );
}

function EventItem({ event }: { event: UsageEventText }) {
  const { t } = useTranslation("usage");
  const formats = useFormats();
  const [open, setOpen] = useState(false);
  return (
    <li className={styles.event}>
      <AriaButton className={styles.eventHead ?? ""} aria-expanded={open} onPress={() => setOpen(!open)}>
        <Icon icon={ChevronRight} size="s" />
        <span className="col">
          <span className="truncate medium id">{event.model || event.eventName}</span>
          <span className="truncate dim tiny">{event.customerRef || t("unnamed")}</span>
        </span>
        <span className="dim num">{formats.instant(event.at)}</span>
      </AriaButton>
      {open && (
        <div className={styles.eventFacts}>
          <p className={styles.factHead}>{t("counted_as")}</p>
          <Facts facts={event.quantities} name={dimensionName} />
          <p className={styles.factHead}>{t("reported_by", { source: event.source })}</p>
          <div className="selectable">
            <KeyValues items={[{ key: t("eventId"), value: <span className="id">{event.id}</span> }]} />
            <Facts facts={event.reported} name={(key) => (key === "convention" ? t("fact.convention") : key)} />
          </div>
        </div>
      )}
    </li>
  );
}

function Facts({ facts, name }: { facts: readonly Fact[]; name: (key: string) => string }) {
  const { t } = useTranslation("usage");
  const shown = (fact: Fact) => {
    if (fact.key === "convention") return t(`convention.${fact.value}`, { defaultValue: fact.value });
    return isDecimal(fact.value) ? <Quantity value={fact.value} /> : fact.value;
  };
  return <KeyValues items={facts.map((fact) => ({ key: name(fact.key), value: shown(fact) }))} />;
}
