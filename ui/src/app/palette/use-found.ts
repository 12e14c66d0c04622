import { useEffect, useState } from "react";
import { useProviders, type FoundSection, type ResultProvider } from "../actions";

const PAUSE_MS = 60;

interface Answers {
  sections: readonly FoundSection[];
  busy: boolean;
}

const NOTHING: Answers = { sections: [], busy: false };

/** Asks all providers after a short pause in typing; old answers stay until new ones come. */
export function useFound(query: string): Answers {
  const providers = useProviders();
  const [answers, setAnswers] = useState<Answers>(NOTHING);
  const isEmpty = query.trim() === "";
  useEffect(() => {
    if (isEmpty) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      setAnswers((now) => ({ ...now, busy: true }));
      void ask(providers, query, stop.signal).then((sections) => {
        if (!stop.signal.aborted) setAnswers({ sections, busy: false });
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [query, isEmpty, providers]);
  return isEmpty ? NOTHING : answers;
}

/** A provider that fails takes nothing from the others. */
async function ask(
  providers: readonly ResultProvider[],
  query: string,
  signal: AbortSignal,
): Promise<FoundSection[]> {
  const settled = await Promise.allSettled(providers.map(({ search }) => search(query, signal)));
  return settled.flatMap((result) => (result.status === "fulfilled" ? result.value : []));
}
