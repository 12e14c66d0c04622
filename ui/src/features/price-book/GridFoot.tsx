import { Link } from "@tanstack/react-router";
import { ChevronDown, ChevronUp, CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../components/Icon";
import { Keycap } from "../../components/Keycap";
import type { PriceGridReply } from "../../ipc/generated/types";
import { useFormats } from "../../lib/use-formats";
import styles from "./GridFoot.module.css";

interface GridFootProps {
  head: PriceGridReply;
  missing: boolean;
  /** How much is selected; null when it is one cell. */
  selected: { models: number; columns: number } | null;
  /** The strip of versions under the grid. */
  isTimeline: boolean;
  onTimeline: () => void;
}

/** How many models, what is selected, the exchange rate used, or that it is missing. */
export function GridFoot({ head, missing, selected, isTimeline, onTimeline }: GridFootProps) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  if (missing) {
    return (
      <div className={styles.foot} data-tone="pencil" role="status">
        <Icon icon={CircleAlert} size="s" />
        <span>{t("noExchange", { currency: head.currency })}</span>
        <Link to="/settings">{t("toSettings")}</Link>
      </div>
    );
  }
  return (
    <div className={styles.foot}>
      <span className="num">{t("modelCount", { total: formats.quantity(String(head.total)), models: formats.quantity(String(head.models)) })}</span>
      <span className="num medium" role="status">
        {selected && t("selected", { count: selected.models, models: formats.quantity(String(selected.models)), columns: formats.quantity(String(selected.columns)) })}
      </span>
      {head.exchangeNote && <span className="truncate">{exchangeWords(head.exchangeNote, formats.date)}</span>}
      <span className={styles.footKeys} aria-hidden>
        <span>
          <Keycap combo="enter" /> {t("keyEdit")}
        </span>
        <span>
          <Keycap combo="mod+d" /> {t("keyFill")}
        </span>
      </span>
      <button type="button" className={styles.footToggle} aria-expanded={isTimeline} onClick={onTimeline}>
        <Icon icon={isTimeline ? ChevronDown : ChevronUp} size="s" /> {t("timeline.toggle")}
      </button>
    </div>
  );
}

/** `1 USD = 0.86 EUR, ECB, 2026-09-30`: the day in the words of the app's language. */
function exchangeWords(note: string, date: (day: string) => string): string {
  return note.replace(/\d{4}-\d{2}-\d{2}$/, (day) => date(day));
}
