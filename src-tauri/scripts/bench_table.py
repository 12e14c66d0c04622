#!/usr/bin/env python3
"""Imports litellm's table as a comparison, 800 of its prices changed, into new sample books.

    src-tauri/scripts/bench_table.py PROGRAM [ROUNDS]

Whole runs of the program: start, opening the book, reading 1.8 MB, comparing 4,100 models with what
the book has, writing what differs. Medians.
"""

import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
from decimal import Decimal

ROOT = pathlib.Path(__file__).resolve().parents[2]
TABLE = ROOT / "src-tauri" / "crates" / "catalog" / "data" / "litellm.json"
FIELD = "input_cost_per_token"


def changed():
    """The table with the first 800 input prices a tenth up."""
    table = json.loads(TABLE.read_text(), parse_float=Decimal)
    priced = [model for model in table.values() if isinstance(model, dict) and model.get(FIELD)]
    for model in priced[:800]:
        model[FIELD] = model[FIELD] * Decimal("1.1")
    return json.dumps(table, default=float)


def timed(command):
    start = time.perf_counter()
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return time.perf_counter() - start, out.splitlines()[0]


def main():
    program, rounds = sys.argv[1], int((sys.argv[2:] or ["5"])[0])
    seconds = {"compared only": [], "compared and taken": []}
    with tempfile.TemporaryDirectory() as folder:
        table = pathlib.Path(folder) / "table.json"
        table.write_text(changed())
        for number in range(rounds):
            place = pathlib.Path(folder) / str(number)
            subprocess.run([program, "demo", place], check=True, capture_output=True)
            command = [program, "--book", place / "sample.ratebook", "import", table]
            for name, flags in [("compared only", ["--dry-run"]), ("compared and taken", [])]:
                took, said = timed(command + flags)
                seconds[name].append(took)
    for name, took in seconds.items():
        print(f"  {name:<20}{statistics.median(took) * 1000:>8,.0f} ms  (of {rounds})")
    print("  " + said.partition(": ")[2])


if __name__ == "__main__":
    main()
