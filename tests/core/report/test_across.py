from __future__ import annotations

from core.report.across import ROOM, AcrossPages, Cell
from core.report.drawing import Drawing, Text
from core.report.lines import Breaker

WIDTHS = dict.fromkeys(range(32, 12288), 500.0) | dict.fromkeys(range(12288, 65535), 1000.0)


def drawn(header: list[str], rows: list[list[Cell]]) -> tuple[Drawing, ...]:
    pages = AcrossPages(Breaker(WIDTHS))
    pages.heading("Title", 15)
    pages.table(header, rows)
    return pages.finished("Title", lambda number, count: f"{number}/{count}")


def texts(page: Drawing) -> list[str]:
    return [shape.text for shape in page.shapes if isinstance(shape, Text)]


def test_the_header_stands_on_every_page_and_no_row_is_lost() -> None:
    found = drawn(["No.", "Question"], [[Cell(str(at)), Cell(f"question{at}")] for at in range(90)])
    assert len(found) > 2
    assert all("Question" in texts(page) for page in found)
    assert [text for page in found for text in texts(page) if text.startswith("question")] == [
        f"question{at}" for at in range(90)
    ]


def test_a_row_longer_than_a_page_goes_on_under_the_header_again() -> None:
    words = [f"word{at}" for at in range(6000)]
    found = drawn(["No.", "Text"], [[Cell("1"), Cell(" ".join(words))]])
    assert len(found) > 1
    assert all("Text" in texts(page) for page in found)
    assert " ".join(text.strip() for page in found for text in texts(page)).count("word") == 6000


def test_nothing_stands_beyond_the_edge_however_many_columns_there_are() -> None:
    for count in (2, 6, 14):
        header = [f"Instruct-model-number-{at}" for at in range(count)]
        row = [Cell("100.0 % (61.0 % – 100.0 %)", "a note " * 8) for _ in range(count)]
        (page,) = drawn(header, [row, row])
        breaker = Breaker(WIDTHS)
        ends = [
            shape.x + breaker.width(shape.text.rstrip(), shape.size)
            for shape in page.shapes
            if isinstance(shape, Text)
        ]
        assert max(ends) <= page.width - (page.width - ROOM) / 2 + 1


def test_an_interval_is_not_broken_where_there_is_room() -> None:
    rows = [[Cell("Answered"), Cell("100.0 % (61.0 % – 100.0 %)"), Cell("what it means " * 30)]]
    (page,) = drawn(["Figure", "Model", "Means"], rows)
    assert "100.0 % (61.0 % – 100.0 %)" in texts(page)
