#!/usr/bin/env python3
"""The price grid in the real window: `bench_grid.py PROGRAM BOOK [ROUNDS]`.

The window runs under WebKit's own driver and Xvfb, drawing in software. All times are the page's own
clock, taken inside the page: from the act (address, key, paste) to the second frame after what it
asked for is in the grid. Scrolling is 300 frames of 220 pixels, from the first model on; a frame is
what lies between two callbacks of the display. Medians and the worst of the rounds.
"""

import statistics
import sys
import time

from webdriver import Display, Window

# Parts of the page that every measure needs.
PARTS = """
const done = arguments[arguments.length - 1];
const frame = () => new Promise((go) => requestAnimationFrame(go));
const grid = () => document.querySelector('[role=grid][data-view]');
const full = () => grid() && !grid().hasAttribute('aria-busy')
  && grid().querySelectorAll('[role=rowheader][title]').length > 0;
const until = async (test, most) => {
  const start = performance.now();
  while (!test()) {
    if (performance.now() - start > most) throw new Error('not seen: ' + test);
    await frame();
  }
  await frame();
  await frame();
};
const run = async () => { BODY };
run().then((value) => done({value}), (error) => done({error: String(error)}));
"""

OPEN = """
  const start = performance.now();
  location.hash = '/prices?show=all&view=sell';
  await until(full, 20000);
  return {ms: performance.now() - start, rows: Number(grid().getAttribute('aria-rowcount'))};
"""

SCROLL = """
  const scroller = grid();
  scroller.scrollTop = 0;
  await frame(); await frame();
  const frames = [], behind = [];
  let last = performance.now();
  for (let i = 1; i <= 300; i++) {
    scroller.scrollTop = i * 220;
    await frame();
    const now = performance.now();
    frames.push(now - last);
    last = now;
  }
  await until(full, 20000);
  return {frames, top: scroller.scrollTop};
"""

TYPE = """
  const field = document.querySelector('input[type=search], [role=searchbox]');
  const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
  field.focus();
  const took = [];
  const counts = [];
  const text = arguments[0];
  for (let i = 1; i <= text.length; i++) {
    const before = performance.getEntriesByName('answered').at(-1)?.startTime ?? 0;
    const start = performance.now();
    set.call(field, text.slice(0, i));
    field.dispatchEvent(new Event('input', {bubbles: true}));
    await frame();
    await until(() => full() && (performance.getEntriesByName('answered').at(-1)?.startTime ?? 0) > start, 5000);
    took.push(performance.now() - start);
    counts.push(Number(grid().getAttribute('aria-rowcount')));
    await new Promise((go) => setTimeout(go, 120));
  }
  set.call(field, '');
  field.dispatchEvent(new Event('input', {bubbles: true}));
  await new Promise((go) => setTimeout(go, 800));
  return {took, counts};
"""

KEYS = """
  grid().focus();
  const took = [];
  for (let i = 0; i < 60; i++) {
    const start = performance.now();
    const key = i % 3 === 2 ? 'ArrowRight' : 'ArrowDown';
    grid().dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true}));
    await frame(); await frame();
    took.push(performance.now() - start);
  }
  return {took};
"""


def measure(window, body, *arguments):
    answer = window.awaited(PARTS.replace("BODY", body), *arguments)
    if "error" in answer:
        sys.exit(f"the window did not do it: {answer['error']}")
    return answer["value"]


def p(values, share):
    return sorted(values)[min(len(values) - 1, int(len(values) * share))]


def told(what, values):
    print(
        f"  {what:<44} median {statistics.median(values):7.1f} ms   p95 {p(values, 0.95):7.1f} ms"
        f"   worst {max(values):7.1f} ms   ({len(values)})"
    )


def main():
    program, book = sys.argv[1], sys.argv[2]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 3
    first, again, frames, typed, keyed = [], [], [], [], []
    with Display() as display:
        for _ in range(rounds):
            with Window(program, book, display) as window:
                window.go("/settings")
                time.sleep(3)
                opened = measure(window, OPEN)
                first.append(opened["ms"])
                for _ in range(3):
                    window.go("/settings")
                    time.sleep(1)
                    again.append(measure(window, OPEN)["ms"])
                time.sleep(1)
                frames += measure(window, SCROLL)["frames"]
                keyed += measure(window, KEYS)["took"]
                answer = measure(window, TYPE, "claude-sonnet")
                typed += answer["took"]
    if opened["rows"] < 1000:
        sys.exit(f"the grid shows {opened['rows']} rows")
    print(f"  {opened['rows']} rows")
    told("grid opened, first time", first)
    told("grid opened again", again)
    told("a frame of scrolling", frames)
    told("cursor moved by a key", keyed)
    told("a letter typed into the search", typed)


if __name__ == "__main__":
    main()
