import {
  keepPreviousData,
  QueryClient,
  useMutation as useTanstackMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import type { NamesOf, Reply, Request } from "./commands";
import { ApiError, Cancelled, asApiError } from "./errors";
import { invalidates, provides, type Tag } from "./generated/commands";
import { host, type Progress } from "./host";

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // The book changes only through this window: what a mutation did not invalidate is fresh.
      queries: {
        staleTime: Infinity,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: false,
        networkMode: "always",
        retry: (count, error) => error instanceof ApiError && error.code === "busy" && count < 5,
        retryDelay: (count) => 80 * 2 ** count,
      },
      mutations: { networkMode: "always", retry: false },
    },
  });
}

export interface CommandOptions {
  /** False holds the call back, e.g. while the request is not complete. */
  enabled?: boolean;
  /** Keeps the last reply on screen while the next one loads, so that figures do not jump. */
  keepPrevious?: boolean;
  /** Forgets the reply soon after: a drag asks a hundred times, and nobody asks the same again. */
  brief?: boolean;
}

/** Reads with a query command; the reply stays until a mutation invalidates one of its tags. */
export function useCommand<N extends NamesOf<"query">>(
  name: N,
  request: Request<N>,
  { enabled = true, keepPrevious = false, brief = false }: CommandOptions = {},
) {
  return useQuery<Reply<N>, ApiError>({
    queryKey: [name, request],
    queryFn: () => host().call(name, request),
    enabled,
    placeholderData: keepPrevious ? keepPreviousData : undefined,
    ...(brief ? { gcTime: 5000 } : {}),
  });
}

/** The same outside a component: palette results, prefetching. */
export function fetchCommand<N extends NamesOf<"query">>(
  client: QueryClient,
  name: N,
  request: Request<N>,
): Promise<Reply<N>> {
  return client.fetchQuery({ queryKey: [name, request], queryFn: () => host().call(name, request) });
}

export interface Outcomes<R> {
  onSuccess?: (reply: R) => void;
  onError?: (error: ApiError) => void;
}

/**
 * `mutate` whose callbacks run even when the refresh after the change has taken the component away
 * that began it; those of the query library do not.
 */
export function lasting<V, R>(mutateAsync: (request: V) => Promise<R>) {
  return (request: V, { onSuccess, onError }: Outcomes<R> = {}) =>
    void mutateAsync(request).then(
      (reply) => onSuccess?.(reply),
      (error: ApiError) => onError?.(error),
    );
}

/** Changes with a mutation command, then refreshes everything that shows what it changed. */
export function useMutation<N extends NamesOf<"mutation">>(name: N) {
  const client = useQueryClient();
  const mutation = useTanstackMutation<Reply<N>, ApiError, Request<N>>({
    mutationFn: (request) => host().call(name, request),
    onSuccess: () => invalidateFor(client, name),
  });
  return { ...mutation, mutate: lasting((request: Request<N>) => mutation.mutateAsync(request)) };
}

export interface JobVariables<N extends NamesOf<"job">> {
  request: Omit<Request<N>, "jobId">;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** Runs a job; `useJob` of app/jobs.ts adds the progress card and the cancel button. */
export async function runJob<N extends NamesOf<"job">>(
  client: QueryClient,
  name: N,
  { request, signal, onProgress }: JobVariables<N>,
): Promise<Reply<N>> {
  try {
    const reply = await host().job(name, request, onProgress, signal);
    await invalidateFor(client, name);
    return reply;
  } catch (thrown) {
    const error = asApiError(thrown);
    throw signal.aborted ? new Cancelled() : error;
  }
}

/** Marks every query stale that provides one of the tags the command changes. */
export function invalidateFor(client: QueryClient, name: string): Promise<void> {
  const changed: readonly Tag[] = (invalidates as Record<string, readonly Tag[]>)[name] ?? [];
  if (changed.includes("All")) return client.invalidateQueries();
  if (changed.length === 0) return Promise.resolve();
  const tagsOf = provides as Record<string, readonly Tag[]>;
  return client.invalidateQueries({
    predicate: ({ queryKey: [query] }) =>
      typeof query === "string" && (tagsOf[query] ?? []).some((tag) => changed.includes(tag)),
  });
}
