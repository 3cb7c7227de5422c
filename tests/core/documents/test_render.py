from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from core.documents.render import page_image
from core.errors import DocumentError

MakePdf = Callable[..., bytes]


def test_a_page_is_drawn_in_its_size(make_pdf: MakePdf, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf(lambda c: c.rect(0, 0, 300, 842, fill=1, stroke=0), lambda c: None))
    image = page_image(path, 1, 0.5)
    assert (round(image.points_width), round(image.points_height)) == (595, 842)
    assert (image.width, image.height) == (298, 421)
    assert len(image.rgb) == image.width * image.height * 3
    middle = 3 * (image.width * 200)
    assert image.rgb[middle : middle + 3] == b"\0\0\0"  # the left half is black, the right one white
    assert image.rgb[middle + 3 * 290 : middle + 3 * 290 + 3] == b"\xff\xff\xff"


def test_a_huge_scale_does_not_fill_the_memory(make_pdf: MakePdf, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(make_pdf(lambda c: None))
    image = page_image(path, 1, 1000.0)
    assert image.width * image.height <= 41_000_000


@pytest.mark.parametrize(("content", "page"), [(b"no pdf", 1), (None, 7), (None, 0)])
def test_what_cannot_be_drawn_is_an_error(
    make_pdf: MakePdf, tmp_path: Path, content: bytes | None, page: int
) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content or make_pdf(lambda c: None))
    with pytest.raises(DocumentError) as caught:
        page_image(path, page)
    assert caught.value.code == "page_not_drawn"
