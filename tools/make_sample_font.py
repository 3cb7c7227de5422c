"""Cuts the font that the Chinese sample PDF embeds: the characters of its text out of Noto Sans CJK SC.

    pip install fonttools
    python tools/make_sample_font.py NotoSansCJK-Regular.ttc

Noto Sans CJK (Debian's package fonts-noto-cjk) is under the SIL Open Font License 1.1, which allows this.
Its outlines are cubic (CFF) and reportlab embeds quadratic ones only, so they are converted. Run it again
when the text in ``tools/sample/service_contract_zh.md`` gains a character.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, newTable

SOURCES = Path(__file__).resolve().parent / "sample"
FACE = "Noto Sans CJK SC"
UNUSED_LIMITS = (
    "maxTwilightPoints",
    "maxStorage",
    "maxFunctionDefs",
    "maxInstructionDefs",
    "maxStackElements",
    "maxSizeOfInstructions",
    "maxComponentElements",
    "maxComponentDepth",
)


def cut(collection: Path, characters: str) -> TTFont:
    """The face of the collection with only these characters (and what a PDF needs)."""
    fonts = TTCollection(collection).fonts
    font = next(f for f in fonts if f["name"].getDebugName(1) == FACE)
    options = subset.Options(layout_features=[], notdef_outline=True, name_IDs=[0, 1, 2, 4, 6, 13, 14])
    worker = subset.Subsetter(options)
    worker.populate(text=characters)
    worker.subset(font)
    return font


def to_quadratic(font: TTFont) -> None:
    """Replace the CFF outlines by TrueType ones, at most half a unit (of 1000) apart."""
    glyphs = font.getGlyphSet()
    drawn = {}
    for name in font.getGlyphOrder():
        pen = TTGlyphPen(glyphs)
        glyphs[name].draw(Cu2QuPen(pen, max_err=0.5, reverse_direction=True))
        drawn[name] = pen.glyph()
    font["loca"] = newTable("loca")
    font["glyf"] = table = newTable("glyf")
    table.glyphOrder, table.glyphs = font.getGlyphOrder(), drawn
    del font["CFF "]
    for extra in ("VORG", "vhea", "vmtx", "BASE", "GDEF", "GPOS", "GSUB"):
        if extra in font:
            del font[extra]
    limits = font["maxp"]
    limits.tableVersion = 0x00010000
    limits.maxZones = 1
    for field in UNUSED_LIMITS:
        setattr(limits, field, 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"


if __name__ == "__main__":
    text = (SOURCES / "service_contract_zh.md").read_text(encoding="utf-8")
    wanted = "".join(sorted(set(text) | set("第页0123456789：KSM-FW")))
    font = cut(Path(sys.argv[1]), wanted)
    to_quadratic(font)
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False  # the same characters give the same file
    font.save(SOURCES / "sample-cjk.ttf")
    print(len(wanted), "characters", (SOURCES / "sample-cjk.ttf").stat().st_size, "bytes")
