"""The window under WebKit's own driver and Xvfb, for figures: nothing of it is a test.

    with Display() as display, Window(program, book, display) as window:
        window.script("return document.title")
"""

import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request


class Display:
    """A display without a screen, of 24 bits, and a window manager: a window without one is not
    always drawn anew."""

    def __init__(self, width=1440, height=900):
        self.size = (width, height)
        self.name = f":{90 + os.getpid() % 900}"

    def __enter__(self):
        width, height = self.size
        self.server = subprocess.Popen(
            ["Xvfb", self.name, "-screen", "0", f"{width}x{height}x24"],
            stderr=subprocess.DEVNULL,
        )
        time.sleep(1)
        self.manager = subprocess.Popen(
            ["openbox"],
            env={**os.environ, "DISPLAY": self.name},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return self

    def __exit__(self, *_):
        for process in (self.manager, self.server):
            process.terminate()
            process.wait()


class Window:
    """One window on a book, with settings of its own; gone at the end, with all its processes."""

    def __init__(self, program, book, display):
        self.program = str(pathlib.Path(program).resolve())
        self.book, self.display = str(book), display
        self.port = free_port()
        self.config = tempfile.mkdtemp()
        self.session = None

    def __enter__(self):
        environment = {
            **os.environ,
            "DISPLAY": self.display.name,
            "TAURI_WEBVIEW_AUTOMATION": "true",
            "RATEBOOK_BOOK": self.book,
            "RATEBOOK_CONFIG_DIR": self.config,
            "NO_AT_BRIDGE": "1",
            "XDG_DATA_HOME": self.config,
            "XDG_CACHE_HOME": self.config,
            "XDG_CONFIG_HOME": self.config,
        }
        self.driver = subprocess.Popen(
            ["WebKitWebDriver", f"--port={self.port}"],
            env=environment,
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            for _ in range(100):
                try:
                    self.request("GET", "/status")
                    break
                except OSError:
                    time.sleep(0.05)
            options = {"binary": self.program, "args": []}
            wanted = {"capabilities": {"alwaysMatch": {"webkitgtk:browserOptions": options}}}
            self.session = self.request("POST", "/session", wanted)["sessionId"]
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        try:
            if self.session:
                self.request("DELETE", f"/session/{self.session}")
        except OSError:
            pass
        os.killpg(self.driver.pid, signal.SIGKILL)
        self.driver.wait()
        shutil.rmtree(self.config, ignore_errors=True)

    def request(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        url = f"http://127.0.0.1:{self.port}{path}"
        call = urllib.request.Request(url, data=data, method=method)
        call.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(call, timeout=60) as reply:
                return json.loads(reply.read() or b"{}").get("value")
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()[:500]) from None

    def script(self, script, *arguments):
        """What a synchronous script returns."""
        body = {"script": script, "args": list(arguments)}
        return self.request("POST", f"/session/{self.session}/execute/sync", body)

    def awaited(self, script, *arguments):
        """What a script hands to its last argument, which is a function."""
        self.request("POST", f"/session/{self.session}/timeouts", {"script": 100_000})
        body = {"script": script, "args": list(arguments)}
        return self.request("POST", f"/session/{self.session}/execute/async", body)

    def go(self, route):
        """To a place of the page, as its own links do."""
        self.script("location.hash = arguments[0];", route)

    def picture(self):
        """A PNG of the page, in base64."""
        return self.request("GET", f"/session/{self.session}/screenshot")

    def process(self):
        """The id of the window's own process."""
        name = pathlib.Path(self.program).name
        for pid in descendants(self.driver.pid):
            try:
                if os.readlink(f"/proc/{pid}/exe").endswith(name):
                    return pid
            except OSError:
                continue
        return None


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def descendants(root):
    """A process and all that it started."""
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
