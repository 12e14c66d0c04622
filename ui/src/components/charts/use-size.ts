import { useLayoutEffect, useRef, useState } from "react";

export interface Size {
  width: number;
  height: number;
}

/** The room inside an element in pixels, followed as it changes. */
export function useSize(initial: Size) {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState(initial);
  const { width, height } = initial;
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setSize({ width: Math.floor(element.clientWidth || width), height: Math.floor(element.clientHeight || height) });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [width, height]);
  return { ref, ...size };
}
