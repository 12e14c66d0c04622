import { useRef, useState } from "react";
import type { DateString } from "../lib/dates";

interface TypedDate {
  value: DateString | null;
  onChange: (value: DateString | null) => void;
  onLeave: () => void;
}

interface Typed {
  value: DateString | null;
  /** What was saved when it was typed. */
  over: DateString | null;
}

/**
 * A date that is saved once, when its field is left. On the way to 2026 a date passes the years 2,
 * 20 and 202: saved with each key, one of those could stay.
 */
export function useTypedDate(saved: DateString | null, onSave: (value: DateString | null) => void): TypedDate {
  // Gone as soon as another date is saved, by this field or by an undo.
  const [typed, setTyped] = useState<Typed | null>(null);
  // A day that is picked changes the field and leaves it within one event.
  const last = useRef<Typed | null>(null);
  return {
    value: typed !== null && typed.over === saved ? typed.value : saved,
    onChange: (value) => {
      last.current = { value, over: saved };
      setTyped(last.current);
    },
    onLeave: () => {
      if (last.current?.over === saved && last.current.value !== saved) onSave(last.current.value);
    },
  };
}
