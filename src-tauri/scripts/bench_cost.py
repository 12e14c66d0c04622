#!/usr/bin/env python3
"""Prices the same 100,000 mixed calls with `ratebook cost --jsonl` and with litellm, side by side.

    src-tauri/scripts/bench_cost.py [--calls 100000] [--rounds 5]

litellm is installed into target/bench-venv, in the version of the built-in table; it is measured
without its start (import), in one process, as a server would call it. Ratebook is measured as a
whole program: start, reading the price table, reading the calls, writing every line of every cost.
The answers are compared first; a call that differs ends the bench. Rounds are interleaved, medians
are printed. `LITELLM_SAMPLE` calls (default 20,000) are enough to know litellm's rate.
"""

import argparse
import json
import os
import pathlib
import platform
import random
import statistics
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
TARGET = ROOT / "target"
TABLES = ROOT / "src-tauri" / "crates" / "catalog" / "data"
VENV = TARGET / "bench-venv"
PROGRAM = TARGET / "release" / "ratebook"

# Providers whose own calculators look at more than tokens and price.
SPECIAL = {"perplexity", "fireworks_ai-embedding-models"}


def installed():
    """The litellm of the built-in table, in an environment of its own."""
    tables = json.loads((TABLES / "tables.json").read_text())
    version = next(table["version"] for table in tables if table["name"] == "litellm")
    python = VENV / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    check = f"import importlib.metadata as m; assert m.version('litellm') == '{version}'"
    if subprocess.run([python, "-c", check], capture_output=True).returncode:
        pip = [python, "-m", "pip", "install", "--quiet", f"litellm=={version}"]
        subprocess.run(pip, check=True)
    return python


def calls(count):
    """Calls of chat models: plain, cached, reasoning, above thresholds, in service tiers."""
    table = json.loads((TABLES / "litellm.json").read_text())
    models = [
        (key, model)
        for key, model in table.items()
        if model.get("mode") == "chat"
        and model.get("litellm_provider") not in SPECIAL
        and model.get("input_cost_per_token") and model.get("output_cost_per_token")
        and "off_peak_pricing" not in model
        and "tiered_pricing" not in model
    ]
    dice = random.Random(20261123)
    made = []
    for number in range(count):
        key, model = dice.choice(models)
        tokens = dice.choice([300, 5_000, 40_000, 250_000, 300_000])
        usage = {
            "input_tokens_total": dice.randrange(1, tokens),
            "output_tokens_total": dice.randrange(1, 4_000),
        }
        if dice.random() < 0.4 and "cache_read_input_token_cost" in model:
            usage["cache_read_tokens"] = dice.randrange(usage["input_tokens_total"])
        line = {
            "id": number,
            "provider": model["litellm_provider"],
            "model": key,
            "at": "2026-11-23T12:00:00Z",
            "usage": usage,
        }
        # Its calculator in litellm does not look at the tier.
        tiers = model["litellm_provider"] != "fireworks_ai"
        if tiers and dice.random() < 0.1 and "input_cost_per_token_priority" in model:
            line["conditions"] = {"service_tier": "priority"}
        made.append(line)
    return made


# Runs inside the environment: answers every call once, then times a number of them.
LITELLM = """
import json, sys, time
import litellm
from litellm.types.utils import PromptTokensDetailsWrapper, Usage
litellm.suppress_debug_info = True
path, sample = sys.argv[1], int(sys.argv[2])
calls = []
for line in open(path):
    call = json.loads(line)
    usage = call["usage"]
    cached = usage.get("cache_read_tokens", 0)
    tokens, output = usage["input_tokens_total"], usage["output_tokens_total"]
    details = PromptTokensDetailsWrapper(cached_tokens=cached)
    block = Usage(prompt_tokens=tokens, completion_tokens=output,
                  total_tokens=tokens + output, prompt_tokens_details=details)
    tier = call.get("conditions", {}).get("service_tier")
    provider = call["provider"]
    calls.append((call["model"], provider, tokens, output, block, tier))

def price(call):
    model, provider, tokens, output, block, tier = call
    return litellm.cost_per_token(model=model, custom_llm_provider=provider, prompt_tokens=tokens,
        completion_tokens=output, usage_object=block, service_tier=tier)

answers = []
for call in calls[:sample]:
    try:
        answers.append(sum(price(call)))
    except Exception as error:
        answers.append(None)
print(json.dumps(answers), flush=True)
for request in sys.stdin:
    start = time.perf_counter()
    for call in calls[:sample]:
        try:
            price(call)
        except Exception:
            pass
    print(time.perf_counter() - start, flush=True)
"""


def ours(path, table):
    start = time.perf_counter()
    with open(TARGET / "bench_cost.out", "wb") as out:
        command = [PROGRAM, "cost", "--jsonl", "--prices", table, path]
        subprocess.run(command, stdout=out, check=True)
    return time.perf_counter() - start


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--calls", type=int, default=100_000)
    arguments.add_argument("--rounds", type=int, default=5)
    chosen = arguments.parse_args()
    python = installed()
    made = calls(chosen.calls)
    path = TARGET / "bench_cost.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in made))
    table = TABLES / "litellm.json"
    sample = min(chosen.calls, int(os.environ.get("LITELLM_SAMPLE", "20000")))
    environment = {**os.environ, "LITELLM_LOCAL_MODEL_COST_MAP": "True"}
    theirs = subprocess.Popen(
        [python, "-c", LITELLM, path, str(sample)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env=environment,
    )
    answers = json.loads(theirs.stdout.readline())
    ours(path, table)
    compared = differing = unknown = 0
    for line, answer in zip((TARGET / "bench_cost.out").read_text().splitlines(), answers):
        mine = json.loads(line)
        if answer is None or "error" in mine:
            unknown += 1
        elif abs(float(mine["cost"]) - answer) <= 1e-9 * max(answer, 1e-6):
            compared += 1
        else:
            differing += 1
            if differing <= 5:
                print("differs:", made[mine["id"]], "litellm", answer, "ratebook", mine["cost"])
    print(f"answers: {compared} agree, {differing} differ, {unknown} that one of them cannot price")
    if differing * 1000 > len(answers):
        raise SystemExit("more than one in a thousand differ: nothing to compare")
    seconds = {"ratebook": [], "litellm": []}
    for _ in range(chosen.rounds):
        seconds["ratebook"].append(ours(path, table) / chosen.calls)
        theirs.stdin.write("again\n")
        theirs.stdin.flush()
        seconds["litellm"].append(float(theirs.stdout.readline()) / sample)
    theirs.stdin.close()
    rate = {name: 1 / statistics.median(values) for name, values in seconds.items()}
    cores = os.cpu_count()
    print(f"machine: {platform.machine()}, {cores} cores, {platform.system()}")
    print(f"litellm cost_per_token  {rate['litellm']:>12,.0f} calls/s (one core, import not counted)")
    print(f"ratebook cost --jsonl   {rate['ratebook']:>12,.0f} calls/s (whole program)")
    print(f"ratio                   {rate['ratebook'] / rate['litellm']:>12,.0f} x")


if __name__ == "__main__":
    main()
