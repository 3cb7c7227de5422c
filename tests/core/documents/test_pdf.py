from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pypdfium2 import PdfDocument
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from core.documents.content import Unreadable
from core.documents.loaders import pdf_loader
from core.documents.loaders.pdf_chars import PageCells, read_cells
from core.documents.loaders.pdf_ligatures import NARROW, WIDE, mend
from core.documents.loaders.pdf_loader import load, ranges
from core.documents.place import locate
from core.documents.reader import Reader
from core.types import DocumentState, Page

MakePdf = Callable[..., bytes]
LEFT = [
    "The left column tells about hotels and the",
    "limits that apply in every city of the region,",
    "among them Paris and Milan, where a room may",
    "cost up to 180 euros a night with breakfast.",
    "Receipts must be handed in within ten days",
    "after the journey, otherwise nothing is paid.",
]
RIGHT = [
    "The right column tells about trains, which are",
    "to be preferred to flights for all distances",
    "below 600 kilometres unless the journey would",
    "take more than five hours. First class needs a",
    "written approval of the head of department and",
    "is granted for journeys over four hours only.",
]


def lines(canvas: Canvas, x: float, y: float, texts: list[str], leading: float = 12) -> None:
    for number, text in enumerate(texts):
        canvas.drawString(x, y - number * leading, text)


def pages_of(data: bytes) -> tuple[Page, ...]:
    return load(data, ".pdf").pages


def test_two_columns_are_read_one_after_the_other(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(200, 760, "Travel rules of the company")
        for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):  # written across the gutter
            canvas.drawString(50, 720 - 12 * number, left)
            canvas.drawString(310, 720 - 12 * number, right)

    text = pages_of(make_pdf(draw))[0].text
    assert text == f"Travel rules of the company\n\n{' '.join(LEFT)}\n\n{' '.join(RIGHT)}"


def test_a_table_is_read_row_by_row(make_pdf: MakePdf) -> None:
    rows = [
        ("Item", "2023", "2022"),
        ("Net sales of products", "$", "60,584", "$", "63,355"),
        ("Other income", "(265)", "(10)"),
        ("Tax rate", "12.5 %", "—"),
    ]

    def draw(canvas: Canvas) -> None:
        for number, cells in enumerate(rows):
            y = 700 - 14 * number
            canvas.drawString(60, y, cells[0])
            for place, cell in enumerate(cells[1:]):
                canvas.drawRightString(300 + (60 if len(cells) == 5 else 120) * place, y, cell)

    assert pages_of(make_pdf(draw))[0].text == (
        "Item | 2023 | 2022\nNet sales of products | $ 60,584 | $ 63,355\n"
        "Other income | (265) | (10)\nTax rate | 12.5 % | —"
    )


def test_an_empty_cell_keeps_the_figures_after_it_in_their_columns(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        rows = [("", "2023", "2022"), ("Sales", "60", "55"), ("Gain", "", "7"), ("Total", "60", "62")]
        for number, (label, new, old) in enumerate(rows):
            canvas.drawString(60, 700 - 14 * number, label)
            canvas.drawRightString(300, 700 - 14 * number, new)
            canvas.drawRightString(400, 700 - 14 * number, old)

    page = pages_of(make_pdf(draw))[0]
    assert page.text == " | 2023 | 2022\nSales | 60 | 55\nGain |  | 7\nTotal | 60 | 62"
    assert all(page.text[anchor.start : anchor.end] for anchor in page.anchors)


def test_a_wrapped_label_belongs_to_its_row(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 60, 700, ["Common stock, 50,400,000 shares authorized and", "outstanding at the end"])
        canvas.drawString(400, 688, "70,667")
        canvas.drawString(60, 676, "Retained earnings")
        canvas.drawString(400, 676, "1,408")

    assert pages_of(make_pdf(draw))[0].text == (
        "Common stock, 50,400,000 shares authorized and outstanding at the end | 70,667\n"
        "Retained earnings | 1,408"
    )


def test_a_row_whose_cells_run_over_several_lines_is_one_row(make_pdf: MakePdf) -> None:
    rows = [
        ("A service that many customers/use is not available", "Page the engineer on call/at once"),
        ("One customer sees an error that/has a way around it", "Open a ticket and answer/within 8 hours"),
        ("A question about the use of the/product or its price", "Answer by the end of the/next working day"),
    ]

    def draw(canvas: Canvas) -> None:
        canvas.drawString(60, 720, "Meaning")
        canvas.drawString(260, 720, "Action")
        for number, (left, right) in enumerate(rows):
            lines(canvas, 60, 700 - 34 * number, left.split("/"))
            lines(canvas, 260, 700 - 34 * number, right.split("/"))

    assert pages_of(make_pdf(draw))[0].text.split("\n") == [
        "Meaning | Action",
        *(f"{left} | {right}".replace("/", " ") for left, right in rows),
    ]


def test_paragraphs_flow_and_lists_do_not(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        lines(
            canvas,
            50,
            700,
            ["This policy is meant for everybody who works", "for the company. It holds from May."],
        )
        lines(canvas, 50, 650, ["• first point", "• second point", "1. numbered", "2.1 deeper"])

    assert pages_of(make_pdf(draw))[0].text == (
        "This policy is meant for everybody who works for the company. It holds from May.\n\n"
        "• first point\n• second point\n1. numbered\n2.1 deeper"
    )


def test_a_word_cut_at_the_line_end_is_whole_again(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 50, 700, ["All of these docu-", "ments are long-", "term, said the", "long-term plan."])

    text = pages_of(make_pdf(draw))[0].text
    assert "documents" in text
    assert "long-term, said" in text


def test_chinese_lines_join_without_spaces(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("STSong-Light", 12)
        lines(
            canvas,
            50,
            700,
            [
                "第一条 员工出差的住宿费在标准内据实报销，超出标准",
                "的部分由个人承担，每晚不超过公司规定的限额人民币",
            ],
            16,
        )
        lines(canvas, 50, 668, ["500元。"], 16)

    assert pages_of(make_pdf(draw))[0].text == (
        "第一条 员工出差的住宿费在标准内据实报销，超出标准"
        "的部分由个人承担，每晚不超过公司规定的限额人民币500元。"
    )


def test_page_numbers_and_running_heads_do_not_interrupt_the_text(make_pdf: MakePdf) -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            canvas.drawString(50, 810, "Travel policy, version 3.2")
            canvas.drawString(50, 700, f"Text of page {number}.")
            canvas.drawString(50, 60, f"{number} working days")  # low, but not a page number
            canvas.drawString(50, 30, "Kestrelmont Ltd")
            canvas.drawString(500, 30, f"page {number} of 4")
            canvas.drawString(280, 15, str(number))

        return draw

    texts = [page.text for page in pages_of(make_pdf(*map(page, range(1, 5))))]
    assert texts[0] == (
        "Travel policy, version 3.2\n\nText of page 1.\n\n1 working days\n\nKestrelmont Ltd | page 1 of 4"
    )
    assert texts[3] == "Text of page 4.\n\n4 working days"


def test_every_line_has_its_box(make_pdf: MakePdf) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, 72, 700, ["The room costs 150 euros.", "Breakfast is free."])

    page = pages_of(make_pdf(draw))[0]
    start = page.text.index("Breakfast")
    box, cells = locate(page, start, start + 9)
    assert cells is None
    assert box is not None
    assert (round(box.x0), 680 < box.y0 < 690, box.y1 < 700) == (72, True, True)
    for anchor in page.anchors:
        assert page.text[anchor.start : anchor.end].strip()


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_boxes_follow_the_page_as_it_is_seen(make_pdf: MakePdf, rotation: int, tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(100, 200, "corner text")

    document = PdfDocument(make_pdf(draw))
    document[0].set_cropbox(50, 100, 550, 800)  # 500 x 700 points are seen
    document[0].set_rotation(rotation)
    path = tmp_path / "turned.pdf"
    document.save(path)
    box = load(path.read_bytes(), ".pdf").pages[0].anchors[0].box
    assert box is not None
    middle = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
    x, y = 50 + 26, 100 + 3  # the middle of the text within the crop box
    seen = {0: (x, y), 90: (y, 500 - x), 180: (500 - x, 700 - y), 270: (700 - y, x)}[rotation]
    assert middle == pytest.approx(seen, abs=6)


def test_a_scan_is_said_to_be_one(make_pdf: MakePdf, reader: Reader, tmp_path: Path) -> None:
    def picture(canvas: Canvas) -> None:
        canvas.drawInlineImage(_grey(), 50, 50, 400, 600)

    path = tmp_path / "scan.pdf"
    path.write_bytes(make_pdf(picture, picture, picture))
    found = reader.read(path)
    assert (found.state, found.pages) == (DocumentState.EMPTY, ())
    assert found.reason is not None
    assert (found.reason.code, found.reason.params) == ("file_scan", {"pages": 3})


def test_pages_without_text_are_named(make_pdf: MakePdf) -> None:
    def picture(canvas: Canvas) -> None:
        canvas.drawInlineImage(_grey(), 50, 50, 400, 600)

    def words(canvas: Canvas) -> None:
        canvas.drawString(50, 700, "text")

    def blank(canvas: Canvas) -> None:
        pass

    loaded = load(make_pdf(words, picture, blank, picture, picture, words), ".pdf")
    assert loaded.state is DocumentState.INDEXED
    assert [page.number for page in loaded.pages] == [1, 6]
    assert loaded.reason is not None
    assert loaded.reason.params == {"numbers": "2, 4–5", "count": 3, "pages": 6}


def test_a_stamped_page_number_does_not_make_a_scan_text(make_pdf: MakePdf) -> None:
    def picture(canvas: Canvas) -> None:
        canvas.drawInlineImage(_grey(), 50, 50, 400, 600)
        canvas.drawString(280, 20, str(canvas.getPageNumber()))

    loaded = load(make_pdf(picture, picture), ".pdf")
    assert (loaded.state, loaded.reason and loaded.reason.code) == (DocumentState.EMPTY, "file_scan")


def test_a_page_whose_font_tells_no_letters_is_named(
    make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def garbled(page: Any, number: int) -> PageCells:
        found = read_cells(page, number)
        found.unmapped = found.characters if number == 2 else 0
        return found

    monkeypatch.setattr(pdf_loader, "read_cells", garbled)
    loaded = load(make_pdf(*[lambda c: c.drawString(50, 700, "some text, " * 12)] * 3), ".pdf")
    assert [page.number for page in loaded.pages] == [1, 3]
    assert loaded.reason is not None
    assert loaded.reason.params["numbers"] == "2"


def test_a_locked_pdf_is_encrypted(make_pdf: MakePdf, reader: Reader, tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(make_pdf(lambda c: c.drawString(50, 700, "x"), encrypt=StandardEncryption("secret")))
    found = reader.read(path)
    assert (found.state, found.reason and found.reason.code) == (DocumentState.ENCRYPTED, "file_encrypted")


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.9])
def test_a_cut_off_pdf_never_counts_as_whole(make_pdf: MakePdf, kept: float) -> None:
    data = make_pdf(*[lambda c: c.drawString(50, 700, "some text")] * 20)
    try:
        loaded = load(data[: int(len(data) * kept)], ".pdf")
    except Unreadable as unreadable:
        loaded = unreadable.loaded
    assert loaded.reason is not None


def test_a_mended_pdf_is_read_with_a_warning(make_pdf: MakePdf) -> None:
    whole = make_pdf(lambda c: c.drawString(50, 700, "some text"))
    end = whole.rindex(b"startxref")
    loaded = load(whole[:end], ".pdf")
    assert loaded.pages[0].text == "some text"
    assert loaded.reason is not None
    assert loaded.reason.code == "file_cut_off"
    assert load(whole + b"\0" * 5000, ".pdf").reason is None


def test_ranges_are_short() -> None:
    assert ranges([1, 2, 3, 5, 8, 9]) == "1–3, 5, 8–9"


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("?rst ?scal", "first fiscal"),
        ("bene?ts", "benefits"),
        ("identi?ed", "identified"),
        ("in?ation and cash ?ow re?ect", "inflation and cash flow reflect"),
        ("con?ict", "conflict"),
        ("tari?s and a write-o?", "tariffs and a write-off"),
        ("e?ects di?er, o?ers", "effects differ, offers"),
        ("O!ce e!cient", "Office efficient"),
        ("ba!e", "baffle"),
        ("? alone", " alone"),
    ],
)
def test_ligatures_without_letters_are_spelt_out(broken: str, whole: str) -> None:
    assert mend(broken.replace("?", NARROW).replace("!", WIDE)) == whole


def _grey() -> object:
    from PIL import Image  # noqa: PLC0415 - reportlab brings it

    return Image.new("L", (200, 300), 200)
