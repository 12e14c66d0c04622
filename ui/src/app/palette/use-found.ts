import { useEffect, useState } from "react";
import { useProviders } from "../actions";
import type { FoundSection } from "./model";

const PAUSE_MS = 60;

interface Answers {
  sections: readonly FoundSection[];
  busy: boolean;
}

/** Asks all providers after a short pause in typing; old answers stay until new ones come. */
export function useFound(query: string): Answers {
  const providers = useProviders();
  const [answers, setAnswers] = useState<Answers>({ sections: [], busy: false });
  useEffect(() => {
    if (query.trim() === "") {
      setAnswers({ sections: [], busy: false });
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(() => {
      setAnswers((now) => ({ ...now, busy: true }));
      void ask(query, stop.signal).then((sections) => {
        if (!stop.signal.aborted) setAnswers({ sections, busy: false });
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };

    async function ask(text: string, signal: AbortSignal): Promise<FoundSection[]> {
      const settled = await Promise.allSettled(
        providers.map(async ({ id, title, search }) => ({
          id,
          title,
          found: await search(text, signal),
        })),
      );
      return settled.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    }
  }, [query, providers]);
  return answers;
}
