"""Pages of shapes into a PDF through reportlab: one embedded font, metadata, the same bytes each time.

Import this module where a PDF is written and not before: reportlab takes a moment, and most runs write none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import Any

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo, PDFName, PDFStream, PDFString
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from core import __version__
from core.report.drawing import Anchor, Drawing, Line, Polygon, Rect, Shape, Text
from core.report.label import PRODUCT
from core.settings import RESOURCES

FONT_FILE = RESOURCES / "fonts" / "report.ttf"
_FONT = "TouchstoneReport"
_BOLDER = 0.028  # how far letters are drawn over their edge, in ems, where bold is asked for


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a PDF says about itself. ``aigc`` is the JSON of the field of that name, empty where there is
    none; ``xmp`` the whole packet.
    """

    title: str
    language: str
    aigc: str = ""
    xmp: str = ""


def font_widths() -> Mapping[int, float]:
    """The advance of each character that the font has, in thousandths of an em."""
    widths: Mapping[int, float] = _font().face.charWidths
    return widths


@cache
def _font() -> Any:
    font = TTFont(_FONT, str(FONT_FILE))
    pdfmetrics.registerFont(font)
    return font


class _Info(PDFInfo):  # type: ignore[misc]  # reportlab has no types
    """The information dictionary: no dates, so that bytes repeat, and ``AIGC`` where there is one."""

    aigc = ""

    def format(self, document: Any) -> bytes:
        """The dictionary as it stands in the file."""
        named = {"Title": self.title, "Creator": self.creator, "Producer": self.producer}
        named |= {"AIGC": self.aigc} if self.aigc else {}
        dictionary = PDFDictionary({name: PDFString(value) for name, value in named.items()})
        written: bytes = dictionary.format(document)
        return written


def write_pdf(pages: Sequence[Drawing], metadata: Metadata) -> bytes:
    """The PDF of these pages, whose lengths are points."""
    _font()
    whole = BytesIO()
    canvas = Canvas(whole, pageCompression=1, invariant=1, lang=metadata.language)
    canvas._doc.info = info = _Info()
    info.title, info.producer, info.aigc = metadata.title, PRODUCT, metadata.aigc
    info.creator = f"{PRODUCT} {__version__}"
    _add_packet(canvas, metadata.xmp)
    for page in pages:
        canvas.setPageSize((page.width, page.height))
        for shape in page.shapes:
            _paint(canvas, shape, page.height)
        canvas.showPage()
    canvas.save()
    return whole.getvalue()


def _add_packet(canvas: Any, xmp: str) -> None:
    """The XMP packet, uncompressed so that any program finds the marks by looking for them."""
    if xmp:
        kind = PDFDictionary({"Type": PDFName("Metadata"), "Subtype": PDFName("XML")})
        canvas._doc.Catalog.Metadata = PDFStream(kind, xmp.encode("utf-8"), filters=[])


def _paint(canvas: Any, shape: Shape, height: float) -> None:
    match shape:
        case Rect():
            _set_paint(canvas, shape.fill, shape.stroke)
            y = height - shape.y - shape.height
            painted = {"fill": int(shape.fill is not None), "stroke": int(shape.stroke is not None)}
            canvas.rect(shape.x, y, shape.width, shape.height, **painted)
        case Line():
            canvas.setStrokeColor(_color(shape.color))
            canvas.setLineWidth(shape.width)
            canvas.setDash(list(shape.dash))
            canvas.drawPath(_path(canvas, shape.points, height), stroke=1, fill=0)
            canvas.setDash([])
        case Polygon():
            _set_paint(canvas, shape.fill, shape.stroke)
            path = _path(canvas, shape.points, height)
            path.close()
            canvas.drawPath(path, stroke=int(shape.stroke is not None), fill=int(shape.fill is not None))
        case Text():
            _paint_text(canvas, shape, height)


def _paint_text(canvas: Any, shape: Text, height: float) -> None:
    text = "".join(char if ord(char) in _font().face.charWidths else "□" for char in shape.text)
    if not text.strip():
        return
    width = _font().stringWidth(text, shape.size)
    back = {Anchor.START: 0.0, Anchor.MIDDLE: width / 2, Anchor.END: width}[shape.anchor]
    canvas.saveState()
    canvas.translate(shape.x, height - shape.y)
    if shape.upright:
        canvas.rotate(90)
    written = canvas.beginText(-back, 0)
    written.setFont(_FONT, shape.size)
    written.setFillColor(_color(shape.color))
    if shape.bold:
        canvas.setStrokeColor(_color(shape.color))
        canvas.setLineWidth(_BOLDER * shape.size)
        written.setTextRenderMode(2)
    written.textOut(text)
    canvas.drawText(written)
    canvas.restoreState()


def _set_paint(canvas: Any, fill: str | None, stroke: str | None) -> None:
    if fill is not None:
        canvas.setFillColor(_color(fill))
    if stroke is not None:
        canvas.setStrokeColor(_color(stroke))
        canvas.setLineWidth(1)


def _path(canvas: Any, points: Sequence[tuple[float, float]], height: float) -> Any:
    path = canvas.beginPath()
    path.moveTo(points[0][0], height - points[0][1])
    for x, y in points[1:]:
        path.lineTo(x, height - y)
    return path


@cache
def _color(name: str) -> Any:
    return HexColor(name)
