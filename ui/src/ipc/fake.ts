import type { CommandName } from "./commands";
import { ApiError, Cancelled, asApiError, type ErrorReply } from "./errors";
import type { DropEvent, Host, Progress } from "./host";

/** One file of tests/wire: a request with the reply or the error that Rust wrote for it. */
export interface WireSample {
  command: string;
  request: unknown;
  reply?: unknown;
  error?: ErrorReply;
}

/** What a handler of the in-memory host can do beside answering. */
export interface FakeContext {
  /** State that all handlers share, empty at the start. */
  memory: Map<string, unknown>;
  /** Answers another command, e.g. from the samples. */
  call(name: string, request: unknown): Promise<unknown>;
  progress(progress: Progress): void;
  signal: AbortSignal;
}

export type FakeHandler = (request: never, context: FakeContext) => unknown;
/** Handlers of one feature: `features/<name>/fake.ts` exports them as `fake`. */
export type FakeHandlers = Partial<Record<CommandName, FakeHandler>>;

export interface FakeOptions {
  samples?: readonly WireSample[];
  handlers?: FakeHandlers;
  /** Milliseconds before each answer, to see loading states. */
  delay?: number;
}

export interface FakeHost extends Host {
  /** Every call in order, for tests to look at. */
  calls: { name: string; request: unknown }[];
  /** Lets a test drop files on the window. */
  drop(event: DropEvent): void;
  /** Answers of the dialogs that follow, in order. */
  dialogAnswers: (string | string[] | null)[];
}

/** A host without a machine: handlers first, else the sample whose request fits best. */
export function createFakeHost(options: FakeOptions = {}): FakeHost {
  const { samples = [], handlers = {}, delay = 0 } = options;
  const memory = new Map<string, unknown>();
  const listeners = new Set<(event: DropEvent) => void>();
  const calls: FakeHost["calls"] = [];
  const dialogAnswers: FakeHost["dialogAnswers"] = [];

  async function answer(name: string, request: unknown, more: Partial<FakeContext> = {}) {
    calls.push({ name, request });
    if (delay > 0) await new Promise((done) => setTimeout(done, delay));
    const handler = handlers[name as CommandName];
    if (!handler) return fromSample(samples, name, request);
    const context: FakeContext = {
      memory,
      call: (other, body) => answer(other, body),
      progress: () => undefined,
      signal: new AbortController().signal,
      ...more,
    };
    try {
      return structuredClone(await handler(request as never, context));
    } catch (thrown) {
      throw asApiError(thrown);
    }
  }

  return {
    platform: { host: "browser", os: "unknown", version: __APP_VERSION__ },
    calls,
    dialogAnswers,
    call: (name, request) => answer(name, request) as never,
    async job(name, request, onProgress, signal) {
      const cancelled = new Promise<never>((_, refuse) => {
        signal.addEventListener("abort", () => refuse(new Cancelled()), { once: true });
      });
      const body = { ...request, jobId: "job-1" };
      const done = answer(name, body, { progress: onProgress, signal });
      return (await Promise.race([done, cancelled])) as never;
    },
    onFileDrop(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    drop: (event) => listeners.forEach((listener) => listener(event)),
    openFiles: async () => [dialogAnswers.shift() ?? []].flat(),
    saveFile: async () => firstOf(dialogAnswers.shift()),
    pickFolder: async () => firstOf(dialogAnswers.shift()),
  };
}

function firstOf(answer: string | string[] | null | undefined): string | null {
  return Array.isArray(answer) ? (answer[0] ?? null) : (answer ?? null);
}

function fromSample(samples: readonly WireSample[], name: string, request: unknown): unknown {
  const named = samples.filter((sample) => sample.command === name);
  const wanted = JSON.stringify(request);
  const found =
    named.find((sample) => JSON.stringify(sample.request) === wanted) ??
    named.find((sample) => sample.error === undefined);
  if (!found) throw new ApiError({ code: "not_found", params: { command: name } });
  if (found.error) throw new ApiError(found.error);
  return structuredClone(found.reply);
}

/** Samples and handlers of the repository: only in development and browser test builds. */
export function repositoryFake(delay = 0): FakeHost {
  const wire = import.meta.glob<WireSample | WireSample[]>("../../../tests/wire/*.json", {
    eager: true,
    import: "default",
  });
  const memories = import.meta.glob<FakeHandlers>("../features/*/fake.ts", {
    eager: true,
    import: "fake",
  });
  const handlers: FakeHandlers = Object.assign({}, ...Object.values(memories));
  return createFakeHost({ samples: Object.values(wire).flat(), handlers, delay });
}
