"""PowerPoint: a page a slide: title, texts from top to bottom, tables and charts as rows, then the notes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.exc import PackageNotFoundError
from pptx.util import Emu

from core.documents.content import Loaded, broken, with_text
from core.documents.loaders.number_format import shown
from core.documents.tidy import row, squeeze, tidy
from core.types import Page, Reason

_TEXT = "{http://schemas.openxmlformats.org/drawingml/2006/main}t"
_PARAGRAPH = "{http://schemas.openxmlformats.org/drawingml/2006/main}p"
_BREAK = "{http://schemas.openxmlformats.org/drawingml/2006/main}br"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_DATA = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}dm"
_ROW_HEIGHT = Emu(200_000)  # shapes that differ less stand beside each other


def load(data: bytes, suffix: str) -> Loaded:  # noqa: ARG001 - every loader has the same call
    """Read a presentation. Raises Unreadable for one that is damaged."""
    try:
        deck = Presentation(BytesIO(data))
    except (KeyError, ValueError, PackageNotFoundError, zipfile.BadZipFile, etree.XMLSyntaxError) as error:
        raise broken("file_damaged", format="PowerPoint") from error
    pages = tuple(_slide(slide, number) for number, slide in enumerate(deck.slides, 1))
    pictures = any("/media/" in part.partname for part in deck.part.package.iter_parts())
    silent = not any(page.text for page in pages)
    return with_text(pages, Reason("file_pictures") if silent and pictures else None)


def _slide(slide: Any, number: int) -> Page:
    title = slide.shapes.title
    heading = squeeze(tidy(title.text_frame.text)) if title is not None else ""
    blocks = [heading]
    for shape in _in_order(slide.shapes):
        if title is None or shape.shape_id != title.shape_id:
            blocks += _shape(shape)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        blocks.append(tidy(slide.notes_slide.notes_text_frame.text).strip())
    return Page(text="\n\n".join(filter(None, blocks)), number=number, section=heading or None)


def _in_order(shapes: Any) -> list[Any]:
    """From top to bottom, those of one height from left to right."""
    return sorted(shapes, key=lambda shape: (round((shape.top or 0) / _ROW_HEIGHT), shape.left or 0))


def _shape(shape: Any) -> Iterator[str]:
    if hasattr(shape, "shapes"):
        for inner in _in_order(shape.shapes):
            yield from _shape(inner)
    elif getattr(shape, "has_table", False):
        yield _table(shape.table)
    elif getattr(shape, "has_chart", False):
        yield _chart(shape.chart)
    elif shape.has_text_frame:
        yield "\n".join(filter(None, (_paragraph(p) for p in shape.text_frame._txBody.iter(_PARAGRAPH))))
    else:
        yield from _diagram(shape)


def _paragraph(element: Any) -> str:
    """One paragraph; deeper bullets are set in. Fields (a date, a number) are text too."""
    pieces = ((node.text or "") if node.tag == _TEXT else " " for node in element.iter(_TEXT, _BREAK))
    text = squeeze(tidy("".join(pieces)))
    properties = element.find("{*}pPr")
    depth = int(properties.get("lvl") or 0) if properties is not None else 0
    return "  " * depth + text if text else ""


def _table(table: Any) -> str:
    lines = []
    for line in table.rows:
        cells = list(line.cells)
        lines.append(row([tidy(cell.text_frame.text) for cell in cells]))
    return "\n".join(filter(None, lines))


def _chart(chart: Any) -> str:
    """The figures behind a chart, as the rows of its data sheet."""
    lines = [squeeze(chart.chart_title.text_frame.text)] if _titled(chart) else []
    for plot in chart.plots:
        series = list(plot.series)
        lines.append(row(["", *(str(one.name) for one in series)]))
        for index, category in enumerate(plot.categories):
            values = [one.values[index] if index < len(one.values) else None for one in series]
            lines.append(row([str(category), *(shown(value, "General") for value in values)]))
    return "\n".join(filter(None, lines))


def _titled(chart: Any) -> bool:
    return bool(chart.has_title and chart.chart_title.has_text_frame)


def _diagram(shape: Any) -> Iterator[str]:
    """The texts of a SmartArt drawing, which stand in a part of their own."""
    for ids in shape._element.iter(_DIAGRAM):
        part = shape.part.related_part(ids.get(_DATA))
        root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
        texts = ("".join(node.text or "" for node in p.iter(_TEXT)) for p in root.iter(_PARAGRAPH))
        yield "\n".join(filter(None, (squeeze(tidy(text)) for text in texts)))
