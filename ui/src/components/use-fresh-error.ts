import { useState } from "react";

/** The fault of a field until its value is changed: then nobody has looked at the new one yet. */
export function useFreshError(error: string | null | undefined, value: string | undefined): string | null | undefined {
  const [seen, setSeen] = useState({ error, value });
  if (error !== seen.error) {
    setSeen({ error, value });
    return error;
  }
  return value === seen.value ? error : null;
}
