import { useRef, type KeyboardEvent, type PointerEvent } from "react";

/** How a key moves a handle. */
export type HandleMove = "less" | "more" | "muchLess" | "muchMore" | "least" | "most";

export interface HandleActions {
  onMove: (move: HandleMove) => void;
  onDrag: (value: string) => void;
  /** The pointer took hold of it, or let go. */
  onHold: (isHeld: boolean) => void;
}

interface HandleOptions extends HandleActions {
  value: string;
  /** The value at the place of the pointer, inside the picture. */
  read: (place: { x: number; y: number }, isExact: boolean) => string;
}

const KEYS: Partial<Record<string, HandleMove>> = {
  ArrowLeft: "less",
  ArrowDown: "less",
  ArrowRight: "more",
  ArrowUp: "more",
  PageDown: "muchLess",
  PageUp: "muchMore",
  Home: "least",
  End: "most",
};
const LARGE: Partial<Record<HandleMove, HandleMove>> = { less: "muchLess", more: "muchMore" };

/** What a handle in a picture does: arrow keys, dragging, Esc to give a drag up. */
export function useHandle({ value, read, onMove, onDrag, onHold }: HandleOptions) {
  const held = useRef<string | null>(null);

  function release() {
    if (held.current === null) return;
    held.current = null;
    onHold(false);
  }
  return {
    tabIndex: 0,
    onKeyDown(event: KeyboardEvent<SVGGElement>) {
      if (event.key === "Escape" && held.current !== null) {
        // The sheet stays: only the drag is given up.
        event.stopPropagation();
        onDrag(held.current);
        return release();
      }
      const move = event.ctrlKey || event.metaKey ? undefined : KEYS[event.key];
      if (!move) return;
      event.preventDefault();
      onMove((event.shiftKey && LARGE[move]) || move);
    },
    onPointerDown(event: PointerEvent<SVGGElement>) {
      event.preventDefault();
      event.currentTarget.focus();
      event.currentTarget.setPointerCapture?.(event.pointerId);
      held.current = value;
      onHold(true);
    },
    onPointerMove(event: PointerEvent<SVGGElement>) {
      if (held.current === null) return;
      const svg = event.currentTarget.ownerSVGElement?.getBoundingClientRect();
      const next = read({ x: event.clientX - (svg?.left ?? 0), y: event.clientY - (svg?.top ?? 0) }, event.altKey);
      if (next !== value) onDrag(next);
    },
    onPointerUp: release,
    onPointerCancel: release,
  };
}
