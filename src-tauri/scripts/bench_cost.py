#!/usr/bin/env python3
"""Prices the same 100,000 mixed calls with `ratebook cost --jsonl`, litellm and genai-prices.

    src-tauri/scripts/bench_cost.py [--calls 100000] [--rounds 5]

The function alone is measured beside theirs: calls read before, one processor, the sum and every
line of it.

Both are installed into target/bench-venv, in the versions of the built-in tables; they are measured
without their start (import), in one process each, as a server would call them, and on the calls that
they can price. Ratebook is measured as a whole program: start, reading the price table, reading the
calls, writing every line of every cost. The answers are compared first, with litellm's under its
table and with genai-prices' under its own; calls that differ end the bench. Rounds are interleaved,
medians are printed. `BENCH_SAMPLE` calls (default 20,000) are enough to know the others' rates.
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
FUNCTION = TARGET / "release" / "examples" / "cost_bench"

# Providers whose own calculators look at more than tokens and price.
SPECIAL = {"perplexity", "fireworks_ai-embedding-models"}


# What genai-prices calls litellm's providers; its other providers are priced under no name of theirs.
GENAI = {
    "openai": "openai", "anthropic": "anthropic", "gemini": "google", "xai": "x-ai",
    "mistral": "mistral", "groq": "groq", "deepseek": "deepseek", "cohere_chat": "cohere",
    "vertex_ai-language-models": "google", "openrouter": "openrouter", "azure": "azure",
}


def installed():
    """Both packages in the versions of the built-in tables, in an environment of their own."""
    tables = json.loads((TABLES / "tables.json").read_text())
    python = VENV / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    for table in tables:
        name, version = table["name"], table["version"]
        check = f"import importlib.metadata as m; assert m.version('{name}') == '{version}'"
        if subprocess.run([python, "-c", check], capture_output=True).returncode:
            pip = [python, "-m", "pip", "install", "--quiet", f"{name}=={version}"]
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

# The same for genai-prices.
GENAI_PRICES = """
import json, sys, time
from datetime import datetime
from genai_prices import Usage, calc_price
path, sample = sys.argv[1], int(sys.argv[2])
calls = []
for line in open(path):
    call = json.loads(line)
    usage = call["usage"]
    block = Usage(input_tokens=usage["input_tokens_total"],
                  output_tokens=usage["output_tokens_total"],
                  cache_read_tokens=usage.get("cache_read_tokens"))
    at = datetime.fromisoformat(call["at"])
    calls.append((block, call["model"], call["provider"], at))

def price(call):
    block, model, provider, at = call
    return calc_price(block, model, provider_id=provider, genai_request_timestamp=at)

answers, priced = [], []
for call in calls[:sample]:
    try:
        answers.append(str(price(call).total_price))
        priced.append(call)
    except Exception:
        answers.append(None)
print(json.dumps(answers), flush=True)
for request in sys.stdin:
    start = time.perf_counter()
    for call in priced:
        price(call)
    print((time.perf_counter() - start) / len(priced), flush=True)
"""


def renamed(made):
    """The calls under the names of genai-prices, as far as it has them, without service tiers."""
    for line in made:
        provider = GENAI.get(line["provider"])
        if provider and "conditions" not in line:
            yield {**line, "provider": provider, "model": line["model"].rpartition("/")[2]}


def ours(path, table):
    start = time.perf_counter()
    with open(TARGET / "bench_cost.out", "wb") as out:
        command = [PROGRAM, "cost", "--jsonl", "--prices", table, path]
        subprocess.run(command, stdout=out, check=True)
    return time.perf_counter() - start


def started(python, program, path, sample):
    """A process that prices calls on demand, and its answers."""
    process = subprocess.Popen(
        [python, "-c", program, path, str(sample)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "LITELLM_LOCAL_MODEL_COST_MAP": "True"},
    )
    return process, json.loads(process.stdout.readline())


def function(path, table):
    """Our cost function alone, on demand, on the calls that the table can price."""
    process = subprocess.Popen(
        [FUNCTION, table, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    print(f"{int(process.stdout.readline()):,} calls of {path.name} for the function alone")
    return process


def compare(name, made, answers, path, table):
    """Our answers beside theirs."""
    ours(path, table)
    compared = differing = unknown = 0
    lines = (TARGET / "bench_cost.out").read_text().splitlines()
    for call, line, answer in zip(made, lines, answers):
        mine = json.loads(line)
        if answer is None or "error" in mine:
            unknown += 1
        elif abs(float(mine["cost"]) - float(answer)) <= 1e-9 * max(float(answer), 1e-6):
            compared += 1
        else:
            differing += 1
            if differing <= 5:
                print("differs:", call, name, answer, "ratebook", mine["cost"])
    print(f"answers of {name}: {compared} agree, {differing} differ, "
          f"{unknown} that one of them cannot price")
    if compared == 0 or differing * 1000 > len(answers):
        raise SystemExit("more than one in a thousand differ: nothing to compare")


def again(process):
    process.stdin.write("again\n")
    process.stdin.flush()
    return float(process.stdout.readline())


def write(name, lines):
    path = TARGET / name
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--calls", type=int, default=100_000)
    arguments.add_argument("--rounds", type=int, default=5)
    chosen = arguments.parse_args()
    python = installed()
    made = calls(chosen.calls)
    path = write("bench_cost.jsonl", made)
    table = TABLES / "litellm.json"
    sample = min(chosen.calls, int(os.environ.get("BENCH_SAMPLE", "20000")))
    litellm, answers = started(python, LITELLM, path, sample)
    compare("litellm", made, answers, path, table)
    named = list(renamed(made))[:sample]
    own = write("bench_cost_genai.jsonl", named)
    genai, answers = started(python, GENAI_PRICES, own, len(named))
    compare("genai-prices", named, answers, own, TABLES / "genai_prices.json")
    alone, alone_genai = function(path, table), function(own, TABLES / "genai_prices.json")
    peers = {
        "litellm cost_per_token": lambda: again(litellm) / sample,
        "ratebook, its table": lambda: again(alone),
        "genai-prices calc_price": lambda: again(genai),
        "ratebook, its table ": lambda: again(alone_genai),
        "ratebook cost --jsonl": lambda: ours(path, table) / chosen.calls,
    }
    seconds = {name: [] for name in peers}
    for _ in range(chosen.rounds):
        for name, run in peers.items():
            seconds[name].append(run())
    for process in [litellm, genai, alone, alone_genai]:
        process.stdin.close()
    rate = {name: 1 / statistics.median(values) for name, values in seconds.items()}
    print(f"machine: {platform.machine()}, {os.cpu_count()} cores, {platform.system()}")
    print("calls a second, medians; functions on one processor, start and reading not counted:")
    theirs = 1
    for name in list(peers)[:4]:
        mine = name.startswith("ratebook")
        print(f"  {name:<26}{rate[name]:>12,.0f}" + (f"  {rate[name] / theirs:,.0f} x" if mine else ""))
        theirs = rate[name]
    whole = "ratebook cost --jsonl"
    print(f"  {whole:<26}{rate[whole]:>12,.0f}  (the whole program: start, table, reading, writing)")
    for name in ["litellm cost_per_token", "genai-prices calc_price"]:
        print(f"    {rate[whole] / rate[name]:,.0f} x {name}")


if __name__ == "__main__":
    main()
