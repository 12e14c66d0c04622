import { useNavigate } from "@tanstack/react-router";
import { Filter } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Button } from "../../components/Button";
import { Inspector, InspectorSection } from "../../components/Inspector";
import { Money } from "../../components/Money";
import { KeyValues } from "../../components/Panel";
import { Quantity } from "../../components/Quantity";
import { Note } from "../../components/States";
import type { UsageRow } from "../../ipc/generated/types";
import { EventList } from "./EventList";
import { eventsFilter, type UsagePeriod, type UsageSearch } from "./model";

export interface RowInspectorProps {
  row: UsageRow;
  search: UsageSearch;
  period: UsagePeriod;
}

/** One group: its sums, then the events they come from. */
export function RowInspector({ row, search, period }: RowInspectorProps) {
  const { t } = useTranslation("usage");
  const navigate = useNavigate();
  const group = search.group ?? "model";
  const events = eventsFilter(row, group, search);
  const narrow = () => {
    const part = group === "customer" ? { customer: row.key, group: "model" as const } : { model: row.key, group: "customer" as const };
    void navigate({ to: "/usage", search: { ...search, ...part, at: undefined } });
  };
  return (
    <Inspector title={row.name || t("unnamed")} subtitle={t(`group.${group}`)} head={<Cost row={row} />}>
      <InspectorSection title={t("sums")}>
        <KeyValues
          items={[
            { key: t("column.events"), value: <Quantity value={row.events} /> },
            { key: t("column.inputLong"), value: <Quantity value={row.inputTokens} /> },
            { key: t("column.cachedOf"), value: <Quantity value={row.cachedTokens} /> },
            { key: t("column.outputLong"), value: <Quantity value={row.outputTokens} /> },
          ]}
        />
        {row.known && group !== "provider" && (
          <p style={{ marginTop: 10 }}>
            <Button size="small" icon={Filter} onPress={narrow}>
              {group === "customer" ? t("byModel") : t("byCustomer")}
            </Button>
          </p>
        )}
      </InspectorSection>
      {events ? (
        <EventList key={JSON.stringify([events, period])} filter={events} period={period} />
      ) : (
        <InspectorSection>
          <Note tone={row.known ? "ink" : "pencil"}>
            {row.known ? t("eventsByModel") : t("eventsUnknown")}
          </Note>
        </InspectorSection>
      )}
    </Inspector>
  );
}

function Cost({ row }: { row: UsageRow }) {
  const { t } = useTranslation("usage");
  if (!row.cost) return <span className="pencil medium">{t("held")}</span>;
  return (
    <p>
      <Money value={row.cost} size="headline" /> <span className="small dim">{t("measure.cost")}</span>
    </p>
  );
}
