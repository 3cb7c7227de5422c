"""Pictures of PDF pages for the window, drawn in a child process like everything that comes from outside."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path

from core.documents.content import MIB, Limits
from core.documents.worker import Refused, Worker
from core.errors import DocumentError

_LIMITS = Limits(seconds=30.0, result=160 * MIB)
_MOST_PIXELS = 40_000_000
_HEAD = struct.Struct("<IIdd")


@dataclass(frozen=True, slots=True)
class PageImage:
    """A drawn page: ``rgb`` holds width x height x 3 bytes; the page's own size is in points.

    A ``Box`` of the same page lies at ``x * width / points_width`` from the left and
    ``y * height / points_height`` from the bottom.
    """

    width: int
    height: int
    rgb: bytes
    points_width: float
    points_height: float


def page_image(path: Path, number: int, scale: float = 1.5, limits: Limits = _LIMITS) -> PageImage:
    """Draw page ``number`` (from 1) at ``scale`` pixels a point, smaller where it would be huge.

    Raises DocumentError when there is no such page or it cannot be drawn.
    """
    worker = Worker(draw, limits)
    try:
        answer = next(answer for answer in worker.ask(str(path), number, scale) if answer is not None)
    finally:
        worker.close()
    if isinstance(answer, Refused):
        raise DocumentError("page_not_drawn", name=path.name, page=number)
    width, height, points_width, points_height = _HEAD.unpack_from(answer)
    return PageImage(width, height, answer[_HEAD.size :], points_width, points_height)


def draw(path: str, number: int, scale: float) -> bytes:
    """Draw in the child: a head of four numbers, then the pixels row by row."""
    import pypdfium2 as pdfium  # noqa: PLC0415 - only the child loads the parser

    document = pdfium.PdfDocument(Path(path).read_bytes())
    if document.get_formtype():
        document.init_forms()
    page = document[number - 1]
    points_width, points_height = page.get_size()
    scale = min(scale, (_MOST_PIXELS / max(points_width * points_height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, rev_byteorder=True, force_bitmap_format=pdfium.raw.FPDFBitmap_BGR)
    width, height, row = bitmap.width, bitmap.height, bitmap.width * 3
    pixels = bytes(bitmap.buffer)
    if bitmap.stride != row:
        pixels = b"".join(pixels[at : at + row] for at in range(0, height * bitmap.stride, bitmap.stride))
    return _HEAD.pack(width, height, points_width, points_height) + pixels
