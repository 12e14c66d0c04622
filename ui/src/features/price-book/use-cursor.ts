import { useEffect, useEffectEvent, useState } from "react";
import type { Cursor } from "./layout";
import type { PriceSearch } from "./model";

/**
 * The selected cell. It moves at once; the address follows when it rests, and leads when something
 * else (the palette, a link, going back) names another model.
 */
export function useCursor(search: PriceSearch, toAddress: (model: string | undefined, dimension: string | undefined) => void) {
  const start = (): Cursor | null => (search.model ? { line: 1, dimension: search.dimension ?? null, key: search.model } : null);
  const [cursor, setCursor] = useState<Cursor | null>(start);
  const [seen, setSeen] = useState(search.model);
  const [sent, setSent] = useState<string | undefined>(undefined);
  if (search.model !== seen) {
    setSeen(search.model);
    if (search.model && search.model !== sent && search.model !== cursor?.key) setCursor(start());
  }
  const model = cursor?.key?.includes("/") ? cursor.key : undefined;
  const dimension = cursor?.dimension ?? undefined;
  const isWritten = model === search.model && dimension === search.dimension;
  const write = useEffectEvent(() => {
    setSent(model);
    toAddress(model, dimension);
  });
  useEffect(() => {
    if (isWritten || model === undefined) return;
    const timer = setTimeout(() => write(), 400);
    return () => clearTimeout(timer);
  }, [model, dimension, isWritten]);
  return [cursor, setCursor] as const;
}
