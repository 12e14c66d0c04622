#!/usr/bin/env python3
"""Distinct invoices to PDF: Ratebook beside typst, WeasyPrint and fpdf2, in one run.

    src-tauri/scripts/bench_pdf.py [COUNT] [ROUNDS]

`pdf_bench` draws COUNT invoices (default 10,000), every one its own, as PDF/A-3 with their EN 16931
XML inside, on all processors. It also writes some of them as JSON; the others draw those: the same
words and figures in a plain table, pages, totals, fonts embedded, without XML. They are measured
after their start, with one process for each processor; `BENCH_SAMPLE` invoices (default 120) are
enough to know their rates. Rounds are interleaved, medians are printed.
"""

import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
VENV = ROOT / "target" / "bench-venv"
PROGRAM = ROOT / "target" / "release" / "examples" / "pdf_bench"
FONTS = ROOT / "src-tauri" / "crates" / "pdf" / "fonts"
PEERS = {"typst": "0.15.2", "weasyprint": "70.0", "fpdf2": "2.8.9"}

TYPST = """
#let d = json(bytes(sys.inputs.document))
#set page(paper: "a4", margin: 20mm, footer: [#d.number])
#set text(font: "Inter", size: 8pt)
#text(size: 18pt, weight: "semibold")[#d.title]
#d.buyer.map(line => [#line]).join(linebreak())
#for m in d.meta [#m.at(0): #m.at(1) \\ ]
#table(columns: (1fr, auto, auto, auto), align: (left, right, right, right), stroke: none,
  table.header(..d.head.map(c => [*#c*])), ..d.rows.flatten().map(c => [#c]))
#align(right, table(columns: 2, stroke: none, ..d.totals.flatten().map(c => [#c])))
#for n in d.notes [#n \\ ]
#if d.statement != none [
  #pagebreak()
  = #d.statement.title
  #table(columns: d.statement.columns.len(), stroke: none, align: right,
    table.header(..d.statement.columns.map(c => [*#c*])), ..d.statement.rows.flatten().map(c => [#c]))
]
"""


def plain(document):
    """The words and figures of an invoice, row by row."""
    rows = []
    for section in document["table"]["sections"]:
        rows.append([section["heading"], "", "", section["subtotal"] or ""])
        for group in section["groups"]:
            for row in [group["head"], *group["rows"]]:
                if row:
                    rows.append([row["description"], row["quantity"], row["unitPrice"], row["amount"]])
    columns = document["table"]["columns"]
    page = document["statement"]
    return {
        "title": document["title"],
        "number": document["number"],
        "buyer": document["buyer"],
        "meta": [[row["label"], row["value"]] for row in document["meta"]],
        "head": [columns[key] for key in ("description", "quantity", "unitPrice", "amount")],
        "rows": rows,
        "totals": [[row["label"], row["amount"]] for row in document["totals"]],
        "notes": document["notes"],
        "statement": page
        and {
            "title": page["title"],
            "columns": [column["label"] for column in page["columns"]],
            "rows": [row["cells"] for row in page["rows"]],
        },
    }


def with_typst(documents):
    import typst

    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "invoice.typ"
        source.write_text(TYPST)
        compiler = typst.Compiler(str(source), font_paths=[str(FONTS)])

        def draw(document):
            inputs = {"document": json.dumps(document)}
            return compiler.compile(format="pdf", sys_inputs=inputs, pdf_standards=["a-3b"])

        draw(documents[0])
        yield
        for document in documents:
            yield len(draw(document))


def with_weasyprint(documents):
    import html

    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    style = CSS(
        string="@font-face { font-family: Inter; src: url(file://%s/Inter-Regular.ttf) }"
        "@page { size: A4; margin: 20mm } body { font: 8pt Inter } table { width: 100%% }"
        "td + td { text-align: right } h2 { break-before: page }" % FONTS,
        font_config=fonts,
    )

    def table(head, rows):
        line = lambda cells, tag: "".join(f"<{tag}>{html.escape(cell)}</{tag}>" for cell in cells)
        body = "".join(f"<tr>{line(row, 'td')}</tr>" for row in rows)
        return f"<table><thead><tr>{line(head, 'th')}</tr></thead><tbody>{body}</tbody></table>"

    def draw(document):
        page = document["statement"]
        text = [f"<h1>{html.escape(document['title'])}</h1>"]
        text += [f"<p>{html.escape(line)}</p>" for line in document["buyer"]]
        text += [table([], document["meta"]), table(document["head"], document["rows"])]
        text += [table([], document["totals"])]
        text += [f"<p>{html.escape(line)}</p>" for line in document["notes"]]
        if page:
            text += [f"<h2>{html.escape(page['title'])}</h2>", table(page["columns"], page["rows"])]
        source = HTML(string="".join(text))
        return source.write_pdf(stylesheets=[style], font_config=fonts)

    draw(documents[0])
    yield
    for document in documents:
        yield len(draw(document))


def with_fpdf2(documents):
    from fpdf import FPDF

    def draw(document):
        pdf = FPDF(format="A4")
        pdf.add_font("Inter", fname=str(FONTS / "Inter-Regular.ttf"))
        pdf.set_font("Inter", size=8)

        def table(head, rows):
            with pdf.table(borders_layout="NONE", first_row_as_headings=bool(head)) as drawn:
                for cells in ([head] if head else []) + rows:
                    row = drawn.row()
                    for cell in cells:
                        row.cell(cell)

        pdf.add_page()
        pdf.cell(text=document["title"], new_x="LMARGIN", new_y="NEXT")
        for line in document["buyer"]:
            pdf.cell(text=line, new_x="LMARGIN", new_y="NEXT")
        table([], document["meta"])
        table(document["head"], document["rows"])
        table([], document["totals"])
        for line in document["notes"]:
            pdf.multi_cell(0, text=line, new_x="LMARGIN", new_y="NEXT")
        if document["statement"]:
            pdf.add_page()
            table(document["statement"]["columns"], document["statement"]["rows"])
        return pdf.output()

    pdf_style_without_bold(FPDF)
    draw(documents[0])
    yield
    for document in documents:
        yield len(draw(document))


def pdf_style_without_bold(kind):
    """Heads are drawn in the regular face: one font is enough for a figure."""
    kind.set_font = (
        lambda original: lambda self, family=None, style="", size=0: original(self, family, "", size)
    )(kind.set_font)


def peer(name, path):
    """One process of a peer: seconds of its drawing, written to standard output."""
    documents = [plain(document) for document in json.loads(pathlib.Path(path).read_text())]
    work = {"typst": with_typst, "weasyprint": with_weasyprint, "fpdf2": with_fpdf2}[name](documents)
    next(work)
    start = time.perf_counter()
    sizes = list(work)
    print(json.dumps({"seconds": time.perf_counter() - start, "bytes": sum(sizes) / len(sizes)}))


def installed():
    python = VENV / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    for name, version in PEERS.items():
        check = f"import importlib.metadata as m; assert m.version('{name}') == '{version}'"
        if subprocess.run([python, "-c", check], capture_output=True).returncode:
            pip = [python, "-m", "pip", "install", "--quiet", f"{name}=={version}"]
            subprocess.run(pip, check=True)
    return python


def run_peer(python, name, paths):
    """Invoices a second of all processors, each with its own part."""
    command = lambda path: [python, __file__, "--peer", name, path]
    started = [subprocess.Popen(command(path), stdout=subprocess.PIPE, text=True) for path in paths]
    answers = [json.loads(process.communicate()[0]) for process in started]
    return max(answer["seconds"] for answer in answers), answers[0]["bytes"]


def main():
    if sys.argv[1:2] == ["--peer"]:
        return peer(sys.argv[2], sys.argv[3])
    count = int((sys.argv[1:] or ["10000"])[0])
    rounds = int((sys.argv[2:] or ["3"])[0])
    sample = int(os.environ.get("BENCH_SAMPLE", "120"))
    python, processors = installed(), os.cpu_count()
    ours, theirs, sizes = [], {name: [] for name in PEERS}, {}
    with tempfile.TemporaryDirectory() as folder:
        whole = pathlib.Path(folder) / "invoices.json"
        subprocess.run([PROGRAM, str(sample), "--json", whole], check=True, capture_output=True)
        documents = json.loads(whole.read_text())
        paths = []
        for part in range(processors):
            paths.append(pathlib.Path(folder) / f"{part}.json")
            paths[-1].write_text(json.dumps(documents[part::processors]))
        for _ in range(rounds):
            out = subprocess.run([PROGRAM, str(count)], check=True, capture_output=True, text=True)
            seconds = float(out.stdout.split(": ")[1].split(" s")[0])
            ours.append(count / seconds)
            for name in PEERS:
                seconds, sizes[name] = run_peer(python, name, paths)
                theirs[name].append(len(documents) / seconds)
    own = statistics.median(ours)
    print(f"  ratebook    {own:8,.1f} invoices/s: {count:,} in {count / own:.1f} s; {out.stdout.strip()}")
    for name, rates in theirs.items():
        rate = statistics.median(rates)
        print(
            f"  {name:<12}{rate:8,.1f} invoices/s: {count:,} would take {count / rate:.0f} s,"
            f" ratebook is {own / rate:.1f}x; {sizes[name]:,.0f} bytes each"
        )


if __name__ == "__main__":
    main()
