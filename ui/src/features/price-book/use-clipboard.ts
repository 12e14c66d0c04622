import { useEffect, useEffectEvent } from "react";

export interface ClipboardHandlers {
  /** What to copy as text and as table; null when nothing is there, a promise while it loads. */
  copy: () => Copy | Promise<Copy> | null;
  paste?: (text: string, html: string) => void;
}

export interface Copy {
  text: string;
  html: string;
}

/** Copy and paste of an element that has the focus and is no text field. */
export function useClipboard(element: HTMLElement | null, handlers: ClipboardHandlers): void {
  const copy = useEffectEvent((event: ClipboardEvent) => {
    const found = handlers.copy();
    if (found === null) return;
    event.preventDefault();
    if (found instanceof Promise) void copyLater(found);
    else {
      event.clipboardData?.setData("text/plain", found.text);
      event.clipboardData?.setData("text/html", found.html);
    }
  });
  const paste = useEffectEvent((event: ClipboardEvent) => {
    if (!handlers.paste) return;
    event.preventDefault();
    handlers.paste(event.clipboardData?.getData("text/plain") ?? "", event.clipboardData?.getData("text/html") ?? "");
  });
  useEffect(() => {
    if (!element) return;
    const mine = (event: Event) => event.target instanceof Node && (event.target === element || event.target === document.body);
    const here = () => document.activeElement === element;
    const onCopy = (event: ClipboardEvent) => here() && mine(event) && copy(event);
    const onPaste = (event: ClipboardEvent) => here() && mine(event) && paste(event);
    // WebKit asks first whether there is anything to copy or paste here.
    const before = (event: Event) => here() && mine(event) && event.preventDefault();
    document.addEventListener("copy", onCopy);
    document.addEventListener("paste", onPaste);
    document.addEventListener("beforecopy", before);
    document.addEventListener("beforepaste", before);
    return () => {
      document.removeEventListener("copy", onCopy);
      document.removeEventListener("paste", onPaste);
      document.removeEventListener("beforecopy", before);
      document.removeEventListener("beforepaste", before);
    };
  }, [element]);
}

/** The press of the key is long gone when the rows are there: the clipboard waits for them. */
function copyLater(later: Promise<Copy>): Promise<void> {
  const part = (type: string, text: (copy: Copy) => string) => later.then((copy) => new Blob([text(copy)], { type }));
  return navigator.clipboard.write([
    new ClipboardItem({
      "text/plain": part("text/plain", (copy) => copy.text),
      "text/html": part("text/html", (copy) => copy.html),
    }),
  ]);
}
