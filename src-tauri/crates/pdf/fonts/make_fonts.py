#!/usr/bin/env python3
"""Makes the font files of the invoice from the variable Inter fonts and from Noto Sans.

    python3 -m venv venv && venv/bin/pip install fonttools
    venv/bin/python make_fonts.py <folder with the sources> <this folder>

Sources, as Debian ships them: Inter-roman.var.ttf and InterDisplay-roman.var.ttf
(fonts-inter-variable 4.0~beta7), NotoSans<Script>-Regular.ttf (fonts-noto-core 20201225).
The result holds no hints, no names but the family, and only the characters listed here.
"""
import sys
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

LATIN_GREEK_CYRILLIC = [
    (0x20, 0x7E), (0xA0, 0x24F), (0x259, 0x259), (0x2B0, 0x2FF), (0x300, 0x345), (0x370, 0x3FF),
    (0x400, 0x52F), (0x1E00, 0x1EFF), (0x2000, 0x200F), (0x2010, 0x2027), (0x202F, 0x203E),
    (0x2044, 0x2044), (0x2070, 0x209C), (0x20A0, 0x20C0), (0x2100, 0x2189), (0x2190, 0x2193),
    (0x2202, 0x2265), (0xFB01, 0xFB02),
]
TEXT = [
    ("Inter-roman.var.ttf", 430, "Inter-Regular.ttf"),
    ("Inter-roman.var.ttf", 560, "Inter-Medium.ttf"),
    ("Inter-roman.var.ttf", 640, "Inter-SemiBold.ttf"),
    ("InterDisplay-roman.var.ttf", 600, "InterDisplay-SemiBold.ttf"),
]
SCRIPTS = ["Arabic", "Hebrew", "Devanagari", "Thai", "Georgian", "Armenian"]


def shrink(font, unicodes, features):
    options = Options()
    options.layout_features = features
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    options.drop_tables += ["STAT", "DSIG", "MATH", "meta"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=unicodes)
    subsetter.subset(font)


def main(source, target):
    wanted = [c for first, last in LATIN_GREEK_CYRILLIC for c in range(first, last + 1)]
    for name, weight, result in TEXT:
        font = instantiateVariableFont(TTFont(source / name), {"wght": weight})
        shrink(font, wanted, ["kern", "tnum", "ccmp", "locl", "mark", "mkmk"])
        font["OS/2"].usWeightClass = weight
        font.save(target / result)
    for script in SCRIPTS:
        font = TTFont(source / f"NotoSans{script}-Regular.ttf")
        shrink(font, sorted(font.getBestCmap()), ["*"])
        font.save(target / f"NotoSans{script}-Regular.ttf")


main(Path(sys.argv[1]), Path(sys.argv[2]))
