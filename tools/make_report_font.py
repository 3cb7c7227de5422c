"""Cuts the font that PDF reports embed out of Noto Sans CJK SC: Latin, Greek, Cyrillic, kana, signs, and the
Chinese characters of GB 2312 (simplified) and Big5 (traditional).

    pip install fonttools
    python -m tools.make_report_font NotoSansCJK-Regular.ttc

Noto Sans CJK (Debian's package fonts-noto-cjk) is under the SIL Open Font License 1.1, which allows this;
``resources/fonts/OFL.txt`` goes with it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from tools.make_sample_font import cut, to_quadratic

TARGET = Path(__file__).resolve().parent.parent / "resources" / "fonts" / "report.ttf"
RANGES = (
    (0x20, 0x7F),
    (0xA0, 0x180),  # Latin
    (0x370, 0x460),  # Greek, Cyrillic
    (0x2000, 0x2070),  # punctuation
    (0x20A0, 0x20C0),  # currencies
    (0x2100, 0x2400),  # units, arrows, mathematics
    (0x2460, 0x2760),  # numbers in circles, lines, shapes, ticks
    (0x3000, 0x3100),  # CJK punctuation, kana
    (0x3200, 0x3400),  # units in squares
    (0xFE30, 0xFE50),
    (0xFF00, 0xFFF0),  # full width
)


def two_bytes(encoding: str) -> str:
    """Every character that an encoding writes in two bytes."""
    pairs = (bytes((first, second)) for first in range(0xA1, 0xFA) for second in range(0x40, 0xFF))
    return "".join(pair.decode(encoding, "ignore") for pair in pairs)


def main(collection: Path) -> None:
    """Write the font; the same collection gives the same file."""
    ranges = "".join(chr(code) for start, end in RANGES for code in range(start, end))
    font = cut(collection, ranges + two_bytes("gb2312") + two_bytes("big5"))
    to_quadratic(font)
    for entry in font["name"].names:  # a derivative, so it does not pass for the original
        if entry.nameID in (1, 4, 6):
            entry.string = (
                str(entry)
                .replace("Noto Sans CJK SC", "Touchstone Report")
                .replace("NotoSansCJKsc", "TouchstoneReport")
            )
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    TARGET.parent.mkdir(exist_ok=True)
    font.save(TARGET)
    print(len(font.getBestCmap()), "characters", TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
