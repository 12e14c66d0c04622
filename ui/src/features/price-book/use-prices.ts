import { type QueryClient, useQueries } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { ApiError } from "../../ipc/errors";
import type { PriceGridReply, PriceGridRequest, PriceRow } from "../../ipc/generated/types";
import { host } from "../../ipc/host";
import { fetchCommand, useCommand } from "../../ipc/query";
import { PAGE } from "./layout";

export type GridQuery = Pick<PriceGridRequest, "search" | "provider" | "filter">;

export interface Prices {
  /** What concerns all pages; undefined while the first one loads. */
  head: PriceGridReply | undefined;
  /** Loaded models by their index. */
  rows: ReadonlyMap<number, PriceRow>;
  /** They answer an older question; the new answer is on its way. */
  isOld: boolean;
  error: ApiError | null;
  refetch: () => void;
}

/**
 * The first page with what concerns all, and the other pages that are in view: of now, or as of
 * another instant. Undefined asks for nothing.
 */
export function usePrices(query: GridQuery, pages: readonly number[], at: string | null | undefined = null): Prices {
  const request = (offset: number): PriceGridRequest => ({ ...query, offset, limit: PAGE, at: at ?? null });
  const first = useCommand("price_grid", request(0), { enabled: at !== undefined, keepPrevious: true });
  const others = useQueries({
    queries: pages
      .filter((offset) => offset > 0 && at !== undefined)
      .map((offset) => ({
        queryKey: ["price_grid", request(offset)],
        queryFn: async () => ({ offset, reply: await host().call("price_grid", request(offset)) }),
      })),
  });
  const rows = new Map<number, PriceRow>();
  first.data?.rows.forEach((row, index) => rows.set(index, row));
  // While the rows of an older filter are kept, pages of the new one would not fit below them.
  if (!first.isPlaceholderData) {
    for (const { data } of others) data?.reply.rows.forEach((row, index) => rows.set(data.offset + index, row));
  }
  return { head: first.data, rows, isOld: first.isPlaceholderData, error: first.error, refetch: () => void first.refetch() };
}

/** Rows by their index, also those that were never in view. */
export async function fetchRows(client: QueryClient, query: GridQuery, indices: readonly number[]): Promise<Map<number, PriceRow>> {
  const offsets = new Set(indices.map((index) => Math.floor(index / FETCH) * FETCH));
  const rows = new Map<number, PriceRow>();
  for (const offset of offsets) {
    const reply = await fetchCommand(client, "price_grid", { ...query, offset, limit: FETCH, at: null });
    reply.rows.forEach((row, index) => rows.set(offset + index, row));
  }
  return rows;
}

/** All models of the book. */
export async function fetchAllRows(client: QueryClient): Promise<PriceRow[]> {
  const query: GridQuery = { search: "", provider: null, filter: "all" };
  const first = await fetchCommand(client, "price_grid", { ...query, offset: 0, limit: FETCH, at: null });
  const rows = await fetchRows(client, query, Array.from({ length: first.total }, (_, index) => index));
  return [...rows.values()];
}

/** The most rows that one answer has. */
const FETCH = 500;

/** A value after it has rested, so that not every key press asks. */
export function useSettled<T>(value: T, pause = 250): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return settled;
}
