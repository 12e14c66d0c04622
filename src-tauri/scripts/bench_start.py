#!/usr/bin/env python3
"""Start to usable window, and memory: `bench_start.py PROGRAM BOOK [ROUNDS]`.

The program is started by WebKit's own driver under Xvfb. Counted is from the start of the process
(as the kernel says it) to the end of the last answer that the first screen asked for, or of the last
font that its text is drawn in, as the page's own clock says it, plus two frames of 16.7 ms for
drawing it. Memory is the proportional set size of
all processes of the window, five seconds after that. Medians of the rounds.
"""

import os
import pathlib
import statistics
import sys
import time

from webdriver import Display, Window, descendants

FRAMES = 2 * 1000 / 60

SHOWN = """
const marks = performance.getEntriesByName('answered');
const fonts = performance.getEntriesByType('resource').filter((one) => one.name.includes('.woff2'));
const shown = [...marks.map((one) => one.startTime), ...fonts.map((one) => one.responseEnd)];
return {origin: performance.timeOrigin, calls: marks.length, fonts: fonts.length,
  last: Math.max(0, ...shown), text: document.body.innerText.length};
"""


def started_at(pid):
    """Start of a process in milliseconds since 1970."""
    ticks = int(pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[19])
    uptime = float(pathlib.Path("/proc/uptime").read_text().split()[0])
    return (time.time() - uptime + ticks / os.sysconf("SC_CLK_TCK")) * 1000


def pss(pids):
    total = 0
    for pid in pids:
        try:
            text = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:"))
    return total / 1024


def one(program, book, display):
    with Window(program, book, display) as window:
        time.sleep(5)
        page = window.script(SHOWN)
        process = window.process()
        usable = page["origin"] + page["last"] + FRAMES - started_at(process)
        return usable, pss(descendants(process)), page


def main():
    program, book = sys.argv[1], sys.argv[2]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    with Display() as display:
        one(program, book, display)
        results = [one(program, book, display) for _ in range(rounds)]
    page = results[-1][2]
    if page["calls"] == 0 or page["text"] < 100:
        sys.exit(f"the window shows nothing: {page}")
    times = sorted(round(result[0]) for result in results)
    print(f"start to usable window: median {statistics.median(times)} ms of {times}")
    print(f"memory of all processes (PSS): median {statistics.median(r[1] for r in results):.0f} MB")


if __name__ == "__main__":
    main()
