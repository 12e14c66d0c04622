import { useTranslation } from "react-i18next";
import { cx } from "../../../lib/cx";
import { formatQuantity } from "../../../lib/format";
import type { UsageEventText } from "../../../ipc/generated/types";
import { useFormats } from "../../../lib/use-formats";
import { dimensionName } from "../words";
import styles from "./Import.module.css";

export interface SampleTableProps {
  events: readonly UsageEventText[];
  busy: boolean;
  titled: boolean;
}

/** Enough to see whether the columns are understood. */
const SHOWN = 8;

/** The first events as they would be stored: the proof that the columns are understood. */
export function SampleTable({ events, busy, titled }: SampleTableProps) {
  const { t } = useTranslation("usage");
  const formats = useFormats();
  if (events.length === 0) return null;
  return (
    <div className={styles.sample} aria-busy={busy}>
      {titled && <p className="strong">{t("import.sample")}</p>}
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("import.when")}</th>
            <th scope="col">{t("group.customer")}</th>
            <th scope="col">{t("group.model")}</th>
            <th scope="col">{t("import.quantities")}</th>
          </tr>
        </thead>
        <tbody>
          {events.slice(0, SHOWN).map((event) => (
            <tr key={`${event.source} ${event.id}`}>
              <td className="num">{formats.instant(event.at)}</td>
              <td className="id">{event.customerRef || t("unnamed")}</td>
              <td className="id">{[event.provider, event.model].filter(Boolean).join("/") || event.eventName}</td>
              <td className={cx("muted", styles.wrap)}>
                {event.quantities
                  .map(({ key, value }) => `${dimensionName(key)} ${formatQuantity(value, formats.setting)}`)
                  .join(", ")}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
