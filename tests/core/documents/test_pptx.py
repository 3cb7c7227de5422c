from __future__ import annotations

from io import BytesIO

import pytest
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from core.documents.content import Unreadable
from core.documents.loaders.pptx_loader import load
from core.types import DocumentState


def test_a_slide_reads_from_top_to_bottom() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "Results 2024"
    lower = slide.shapes.add_textbox(Inches(1), Inches(5), Inches(3), Inches(1))
    lower.text_frame.text = "Below"
    right = slide.shapes.add_textbox(Inches(5), Inches(2), Inches(3), Inches(1))
    right.text_frame.text = "Right"
    left = slide.shapes.add_textbox(Inches(1), Inches(2), Inches(3), Inches(1))
    left.text_frame.text = "Left"
    left.text_frame.add_paragraph().text = "deeper"
    left.text_frame.paragraphs[1].level = 1
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(3), Inches(4), Inches(1)).table
    for row, cells in enumerate([("Region", "Sales"), ("North", "12 M€")]):
        for column, text in enumerate(cells):
            table.cell(row, column).text = text
    slide.notes_slide.notes_text_frame.text = "Say that the north grew."
    deck.slides.add_slide(deck.slide_layouts[6])
    target = BytesIO()
    deck.save(target)
    pages = load(target.getvalue(), ".pptx").pages
    assert [(page.number, page.section) for page in pages] == [(1, "Results 2024")]
    assert pages[0].text == (
        "Results 2024\n\nLeft\n  deeper\n\nRight\n\nRegion | Sales\nNorth | 12 M€\n\nBelow\n\n"
        "Say that the north grew."
    )


def test_a_chart_reads_as_the_rows_behind_it() -> None:
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    data = CategoryChartData()
    data.categories = ["2023", "2024"]
    data.add_series("Revenue", (10, 12.5))
    data.add_series("Cost", (8, None))
    slide.shapes.add_chart(XL_CHART_TYPE.COLUMN_CLUSTERED, Inches(1), Inches(1), Inches(4), Inches(3), data)
    target = BytesIO()
    deck.save(target)
    assert load(target.getvalue(), ".pptx").pages[0].text == " | Revenue | Cost\n2023 | 10 | 8\n2024 | 12.5"


def test_slides_without_text_are_empty() -> None:
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[6])
    target = BytesIO()
    deck.save(target)
    assert load(target.getvalue(), ".pptx").state is DocumentState.EMPTY


def test_a_damaged_deck_is_named(make_zip: object) -> None:
    assert callable(make_zip)
    with pytest.raises(Unreadable) as caught:
        load(make_zip({"ppt/presentation.xml": b"<broken"}), ".pptx")
    assert caught.value.loaded.reason is not None
    assert caught.value.loaded.reason.code == "file_damaged"
