import { useQueryClient, type QueryClient } from "@tanstack/react-query";
import type { NamesOf, Reply, Request } from "../ipc/commands";
import { Cancelled } from "../ipc/errors";
import type { Progress } from "../ipc/host";
import { runJob } from "../ipc/query";
import { createStore, useStore } from "../lib/store";

/** A job that runs now, as its card shows it. */
export interface RunningJob {
  id: number;
  title: string;
  /** What stays as it was if it is cancelled: one sentence. */
  note: string | null;
  progress: Progress | null;
  startedAt: number;
  /** Null when the job can no longer be cancelled. */
  cancel: (() => void) | null;
  cancelling: boolean;
}

const jobs = createStore<readonly RunningJob[]>([]);
let lastId = 0;

function change(id: number, part: Partial<RunningJob>): void {
  jobs.set((now) => now.map((job) => (job.id === id ? { ...job, ...part } : job)));
}

export interface JobLook {
  title: string;
  note?: string;
}

/** Runs a job with a progress card. Resolves to null when the user cancelled it. */
async function start<N extends NamesOf<"job">>(
  client: QueryClient,
  name: N,
  request: Omit<Request<N>, "jobId">,
  { title, note }: JobLook,
): Promise<Reply<N> | null> {
  const id = ++lastId;
  const stop = new AbortController();
  const cancel = () => {
    stop.abort();
    change(id, { cancel: null, cancelling: true });
  };
  const job: RunningJob = {
    id,
    title,
    note: note ?? null,
    progress: null,
    startedAt: performance.now(),
    cancel,
    cancelling: false,
  };
  jobs.set((now) => [...now, job]);
  try {
    const onProgress = (progress: Progress) => change(id, { progress });
    return await runJob(client, name, { request, signal: stop.signal, onProgress });
  } catch (thrown) {
    if (thrown instanceof Cancelled) return null;
    throw thrown;
  } finally {
    jobs.set((now) => now.filter((other) => other.id !== id));
  }
}

/** `const run = useJob("usage_import")`, then `await run(request, { title })`. */
export function useJob<N extends NamesOf<"job">>(name: N) {
  const client = useQueryClient();
  return (request: Omit<Request<N>, "jobId">, look: JobLook) => start(client, name, request, look);
}

export function useRunningJobs(): readonly RunningJob[] {
  return useStore(jobs);
}
