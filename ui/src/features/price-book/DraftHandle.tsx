import { useRef, type KeyboardEvent, type PointerEvent } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../lib/use-formats";
import { dayAt, moveDay, type Scale, xOf } from "./timeline";
import styles from "./Timeline.module.css";
import { utcMidnight } from "../../lib/dates";

interface DraftHandleProps {
  scale: Scale;
  day: string;
  top: number;
  /** While it is dragged; null gives the drag up. */
  onDrag: (day: string | null) => void;
  /** One undo step. */
  onDone: (day: string) => void;
}

const SECONDS_OF_DAY = 86_400;
const dayNumber = (day: string) => Math.floor(utcMidnight(day).getTime() / 1000 / SECONDS_OF_DAY);

/** The day the draft begins: dragged, or moved by arrow keys; the field beside it types it. */
export function DraftHandle({ scale, day, top, onDrag, onDone }: DraftHandleProps) {
  const { t } = useTranslation("price-book");
  const formats = useFormats();
  const held = useRef<string | null>(null);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape" && held.current !== null) {
      held.current = null;
      event.stopPropagation();
      return onDrag(null);
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = moveDay(day, event.key, event.shiftKey);
    if (next === null) return;
    event.preventDefault();
    onDone(next);
  }
  const place = (event: PointerEvent<HTMLElement>) => dayAt(scale, event.clientX - (event.currentTarget.parentElement?.getBoundingClientRect().left ?? 0));
  return (
    <div
      role="slider"
      tabIndex={0}
      className={styles.handle}
      style={{ left: xOf(scale, day > scale.from ? day : scale.from) - 12, top }}
      aria-label={t("timeline.starts")}
      aria-valuemin={dayNumber(scale.from)}
      aria-valuemax={dayNumber(scale.to)}
      aria-valuenow={dayNumber(day)}
      aria-valuetext={formats.date(day)}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture?.(event.pointerId);
        event.currentTarget.focus();
        held.current = day;
      }}
      onPointerMove={(event) => {
        if (held.current === null) return;
        const next = place(event);
        if (next === held.current) return;
        held.current = next;
        onDrag(next);
      }}
      onPointerUp={() => {
        const last = held.current;
        held.current = null;
        if (last !== null) onDone(last);
      }}
      onPointerCancel={() => {
        held.current = null;
        onDrag(null);
      }}
    />
  );
}
