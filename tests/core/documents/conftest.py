"""Small real files, made fresh: PDF pages by reportlab, zips part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from core.documents.reader import Reader

Draw = Callable[[Canvas], None]


@pytest.fixture(scope="session")
def make_pdf() -> Callable[..., bytes]:
    """Builds a PDF, one drawing function a page."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def build(*pages: Draw, **options: object) -> bytes:
        target = BytesIO()
        canvas = Canvas(target, pagesize=A4, **options)
        for draw in pages:
            canvas.setFont("Helvetica", 10)
            draw(canvas)
            canvas.showPage()
        canvas.save()
        return target.getvalue()

    return build


@pytest.fixture(scope="session")
def make_zip() -> Callable[[dict[str, bytes]], bytes]:
    def build(parts: dict[str, bytes]) -> bytes:
        target = BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return target.getvalue()

    return build


@pytest.fixture(scope="session")
def reader() -> Iterator[Reader]:
    """One child process for all the files of a run."""
    with Reader() as opened:
        yield opened


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    def write_file(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file
