#!/usr/bin/env python3
"""Start to usable window, and memory: `bench_start.py PROGRAM BOOK [ROUNDS]`.

The program is started by WebKit's own driver under Xvfb. Counted is from the start of the process
(as the kernel says it) to the end of the last answer that the first screen asked for, or of the last
font that its text is drawn in, as the page's own clock says it, plus two frames of 16.7 ms for
drawing it. Memory is the proportional set size of
all processes of the window, five seconds after that. Medians of the rounds.
"""

import json
import os
import pathlib
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

FRAMES = 2 * 1000 / 60


def request(port, method, path, body=None):
    data = None if body is None else json.dumps(body).encode()
    call = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=data, method=method)
    call.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(call, timeout=60) as reply:
        return json.loads(reply.read() or b"{}").get("value")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def descendants(root):
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents[int(entry.name)] = int(fields[1])
    found, grown = {root}, True
    while grown:
        more = {pid for pid, parent in parents.items() if parent in found} - found
        found |= more
        grown = bool(more)
    return found


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


def window_of(driver, name):
    for pid in descendants(driver):
        try:
            if os.readlink(f"/proc/{pid}/exe").endswith(name):
                return pid
        except OSError:
            continue
    return None


def one(program, book, display):
    port = free_port()
    config = tempfile.mkdtemp()
    environment = {
        **os.environ,
        "DISPLAY": display,
        "TAURI_WEBVIEW_AUTOMATION": "true",
        "RATEBOOK_BOOK": book,
        "RATEBOOK_CONFIG_DIR": config,
        "NO_AT_BRIDGE": "1",
        "XDG_DATA_HOME": config,
    }
    driver = subprocess.Popen(
        ["WebKitWebDriver", f"--port={port}"],
        env=environment,
        start_new_session=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            try:
                request(port, "GET", "/status")
                break
            except OSError:
                time.sleep(0.05)
        options = {"binary": program, "args": []}
        wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
        session = request(port, "POST", "/session", wanted)["sessionId"]
        time.sleep(5)
        script = (
            "const marks = performance.getEntriesByName('answered');"
            "const fonts = performance.getEntriesByType('resource')"
            ".filter((one) => one.name.includes('.woff2'));"
            "const shown = [...marks.map((mark) => mark.startTime), ...fonts.map((one) => one.responseEnd)];"
            "return {origin: performance.timeOrigin, calls: marks.length, fonts: fonts.length,"
            " last: Math.max(0, ...shown), text: document.body.innerText.length};"
        )
        path = f"/session/{session}/execute/sync"
        page = request(port, "POST", path, {"script": script, "args": []})
        window = window_of(driver.pid, pathlib.Path(program).name)
        usable = page["origin"] + page["last"] + FRAMES - started_at(window)
        memory = pss(descendants(window))
        request(port, "DELETE", f"/session/{session}")
        return usable, memory, page
    finally:
        os.killpg(driver.pid, signal.SIGKILL)
        driver.wait()
        shutil.rmtree(config, ignore_errors=True)


def main():
    program, book = sys.argv[1], sys.argv[2]
    rounds = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    program = str(pathlib.Path(program).resolve())
    display = f":{90 + os.getpid() % 900}"
    server = subprocess.Popen(
        ["Xvfb", display, "-screen", "0", "1440x900x24"], stderr=subprocess.DEVNULL
    )
    try:
        time.sleep(1)
        one(program, book, display)
        results = [one(program, book, display) for _ in range(rounds)]
    finally:
        server.terminate()
    page = results[-1][2]
    if page["calls"] == 0 or page["text"] < 100:
        sys.exit(f"the window shows nothing: {page}")
    times = sorted(round(result[0]) for result in results)
    print(f"start to usable window: median {statistics.median(times)} ms of {times}")
    print(f"memory of all processes (PSS): median {statistics.median(r[1] for r in results):.0f} MB")


if __name__ == "__main__":
    main()
