import { useEffect, useEffectEvent, useState } from "react";
import type { Corner } from "./selection";
import { HEAD_HEIGHT, NAME_WIDTH } from "./sizes";

/** Pixels that the grid scrolls in one frame while the pointer is past its edge. */
const SPEED = 14;

/**
 * Follows the pointer from the cell it was pressed on, and scrolls while it is past an edge.
 * `at` says which cell an element belongs to; `onEnd` hears whether it was let go or given up.
 */
export function useDragRange(
  scroller: HTMLElement | null,
  at: (element: Element | null) => Corner | null,
  onMove: (from: Corner, to: Corner) => void,
  onEnd?: (isDone: boolean) => void,
): (from: Corner) => void {
  const [from, setFrom] = useState<Corner | null>(null);
  const reach = useEffectEvent((x: number, y: number) => {
    if (!scroller || !from) return;
    const box = scroller.getBoundingClientRect();
    const inside = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);
    // The names and the head stand over cells that are scrolled away.
    const corner = at(
      document.elementFromPoint(
        inside(x, box.left + (from.column < 0 ? 1 : NAME_WIDTH + 1), box.left + scroller.clientWidth - 2),
        inside(y, box.top + HEAD_HEIGHT + 1, box.top + scroller.clientHeight - 2),
      ),
    );
    if (corner) onMove(from, corner);
  });
  const stop = useEffectEvent((isDone: boolean) => {
    setFrom(null);
    onEnd?.(isDone);
  });
  const canGiveUp = onEnd !== undefined;
  useEffect(() => {
    if (!scroller || !from) return;
    let pointer: { x: number; y: number } | null = null;
    let frame = 0;
    const past = (value: number, least: number, most: number) => (value < least ? -SPEED : value > most ? SPEED : 0);
    const scroll = () => {
      frame = requestAnimationFrame(scroll);
      if (!pointer) return;
      const box = scroller.getBoundingClientRect();
      const left = past(pointer.x, box.left + (from.column < 0 ? 0 : NAME_WIDTH), box.left + scroller.clientWidth);
      const top = past(pointer.y, box.top + HEAD_HEIGHT, box.top + scroller.clientHeight);
      if (left === 0 && top === 0) return;
      scroller.scrollBy({ left, top });
      reach(pointer.x, pointer.y);
    };
    const move = (event: PointerEvent) => {
      if (event.buttons === 0) return stop(false);
      pointer = { x: event.clientX, y: event.clientY };
      reach(event.clientX, event.clientY);
    };
    const end = () => stop(true);
    const cancel = () => stop(false);
    const escape = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      cancel();
    };
    frame = requestAnimationFrame(scroll);
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end);
    window.addEventListener("pointercancel", cancel);
    if (canGiveUp) window.addEventListener("keydown", escape, true);
    return () => {
      cancelAnimationFrame(frame);
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", end);
      window.removeEventListener("pointercancel", cancel);
      window.removeEventListener("keydown", escape, true);
    };
  }, [scroller, from, canGiveUp]);
  return setFrom;
}
