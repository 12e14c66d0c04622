import { useEffect, useEffectEvent, useState } from "react";

const REST_MS = 300;

/** What is typed, at once; the address follows when it rests, and leads when it changes by itself. */
export function useSearchText(inAddress: string, toAddress: (text: string) => void) {
  const [text, setText] = useState(inAddress);
  const [seen, setSeen] = useState(inAddress);
  const [sent, setSent] = useState(inAddress);
  if (inAddress !== seen) {
    setSeen(inAddress);
    setSent(inAddress);
    if (inAddress !== sent) setText(inAddress);
  }
  const write = useEffectEvent(() => {
    setSent(text);
    toAddress(text);
  });
  useEffect(() => {
    if (text === sent) return;
    const timer = setTimeout(() => write(), REST_MS);
    return () => clearTimeout(timer);
  }, [text, sent]);
  return [text, setText] as const;
}
