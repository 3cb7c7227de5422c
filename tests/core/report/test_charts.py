from __future__ import annotations

import math
import re
from collections.abc import Callable
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.report import charts
from core.report.answer import environment, picture
from core.report.charts import DARK, LIGHT, Axis, Bar, Bin, Curve, Drawing, Palette, Stack, Tone
from core.report.drawing import Line, Polygon, Rect, Text, clean, shorten, text_width, wrap
from core.report.sheet import ticks

LEGEND = (("Supported", Tone.SUPPORTED), ("Not found", Tone.NOT_FOUND), ("Contradicted", Tone.CONTRADICTED))


def texts(drawing: Drawing) -> list[str]:
    return [shape.text for shape in drawing.shapes if isinstance(shape, Text)]


def every_kind(palette: Palette = LIGHT, words: str = "Words") -> list[Drawing]:
    axis = Axis(words, 0, 10)
    return [
        charts.bars(
            words, [Bar(words, 0.5, 0.4, 0.6), Bar("b", 0.0)], limit=1.0, note=words, palette=palette
        ),
        charts.stacked_bars(words, LEGEND, [Stack(words, (5, 1, 0), "n = 6")], palette=palette),
        charts.line(
            words, [Curve(words, ((0, 1), (9, 5))), Curve("b", ((3, 3),))], axis, axis, palette=palette
        ),
        charts.reliability_diagram(
            words, [Bin(0.2, 0.3, 9, 0.1, 0.5)], x_label=words, y_label=words, ideal=words, palette=palette
        ),
        charts.risk_coverage(
            words,
            [Curve(words, ((0.1, 0.02), (1.0, 0.31)))],
            x_label=words,
            y_label=words,
            marked=[((0.1, 0.02), words)],
            palette=palette,
        ),
    ]


@pytest.mark.parametrize("words", ["<b>&\"'", "a\x00b\x1bc\ud800", "\u202egnihsif", "很长的标签" * 60, ""])
def test_labels_from_anywhere_give_whole_xml(words: str) -> None:
    for drawing in every_kind(words=words):
        root = ElementTree.fromstring(drawing.to_svg())
        tags = {element.tag.rpartition("}")[2] for element in root.iter()}
        assert tags <= {"svg", "title", "rect", "polygon", "polyline", "text"}
        assert "\u202e" not in drawing.to_svg()


@pytest.mark.parametrize(
    "evil", ["</svg><script>x()</script>", '" onload="x()', "</title><img src=x>", "{{ 1 + 1 }}"]
)
def test_labels_stay_text_where_a_template_takes_the_svg_as_it_is(evil: str) -> None:
    """``picture`` marks our SVG as safe: no label of any kind of chart may become markup of the page."""
    template = environment().from_string("<body>{{ chart }}</body>")
    for drawing in every_kind(words=evil):
        page = ElementTree.fromstring(template.render(chart=picture(drawing)))
        names = {element.tag.rpartition("}")[2] for element in page.iter()}
        assert names <= {"body", "svg", "title", "rect", "polygon", "polyline", "text"}
        assert not any(name.startswith("on") for element in page.iter() for name in element.attrib)
        assert evil in "".join(page.itertext())


def test_nothing_leaves_the_drawing() -> None:
    for drawing in every_kind(words="A label that is rather long " * 12):
        for shape in drawing.shapes:
            for x, y in corners(shape):
                assert -1 <= x <= drawing.width + 1, shape
                assert -1 <= y <= drawing.height + 1, shape


def corners(shape: object) -> list[tuple[float, float]]:
    match shape:
        case Rect():
            return [(shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)]
        case Line() | Polygon():
            return list(shape.points)
        case Text(upright=True):
            return [(shape.x, shape.y)]
        case Text():
            width = text_width(shape.text, shape.size)
            left = shape.x - {"start": 0, "middle": width / 2, "end": width}[shape.anchor.value]
            return [(left, shape.y), (left + width, shape.y)]
    raise AssertionError(shape)


def test_every_bar_carries_its_number_and_its_interval() -> None:
    drawing = charts.bars(
        "Answer rate", [Bar("A", 0.42, 0.3, 0.55), Bar("B", 0.8)], limit=1.0, show=charts.percent_words
    )
    assert {"42 %", "80 %"} <= set(texts(drawing))
    filled = [
        shape.width for shape in drawing.shapes if isinstance(shape, Rect) and shape.fill == LIGHT.accent
    ]
    assert filled[1] / filled[0] == pytest.approx(0.8 / 0.42)
    whiskers = [shape for shape in drawing.shapes if isinstance(shape, Line) and shape.color == LIGHT.text]
    assert len(whiskers) == 3


def test_a_part_too_narrow_for_its_number_has_it_above() -> None:
    drawing = charts.stacked_bars("", LEGEND, [Stack("A", (98, 1, 1), "n = 100")])
    numbers = {shape.text: shape for shape in drawing.shapes if isinstance(shape, Text)}
    assert {"98", "1", "n = 100"} <= numbers.keys()
    assert numbers["1"].y < numbers["98"].y
    ones = [shape.x for shape in drawing.shapes if isinstance(shape, Text) and shape.text == "1"]
    assert ones[1] - ones[0] >= text_width("1", 11)


def test_tones_differ_without_colour() -> None:
    """Each verdict's area has a hatch of its own: its lines, with the colour taken away."""
    seen = set()
    for tone in (Tone.SUPPORTED, Tone.NOT_FOUND, Tone.CONTRADICTED, Tone.CONFLICTING, Tone.UNCHECKED):
        drawing = charts.bars("", [Bar("", 1.0, tone=tone)])
        color = LIGHT.of(tone)
        plain = re.sub("#[0-9a-f]{6}", "#", drawing.to_svg().replace(color, "ink"))
        seen.add(plain)
    assert len(seen) == 5


def test_curves_differ_by_dash_and_mark() -> None:
    curves = [Curve(str(number), ((0, number), (5, number))) for number in range(4)]
    drawing = charts.line("", curves, Axis("x", 0, 5), Axis("y", 0, 5))
    dashes = {shape.dash for shape in drawing.shapes if isinstance(shape, Line) and shape.width == 2.0}
    assert len(dashes) == 4
    sides = [len(shape.points) for shape in drawing.shapes if isinstance(shape, Polygon)]
    assert len(set(sides)) == 3


def test_the_reliability_diagram_says_how_many_answers_stand_behind_a_point() -> None:
    bins = [Bin(0.1, 0.1, 40), Bin(0.5, 0.6, 0), Bin(0.9, 0.8, 12)]
    drawing = charts.reliability_diagram("", bins, x_label="x", y_label="y", ideal="calibrated")
    assert {"n=40", "n=12", "calibrated"} <= set(texts(drawing))
    assert "n=0" not in texts(drawing)


def test_dark_differs_from_light_in_its_colours_only() -> None:
    for light, dark in zip(every_kind(), every_kind(DARK), strict=True):
        assert light.to_svg() != dark.to_svg()
        assert re.sub("#[0-9a-f]{6}", "", light.to_svg()) == re.sub("#[0-9a-f]{6}", "", dark.to_svg())


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_value_that_is_no_number_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="cannot hold"):
        Drawing(value, 10, "", ()).to_svg()


@pytest.mark.parametrize(
    "chart", [lambda: charts.bars("t", []), lambda: charts.stacked_bars("t", LEGEND, [])]
)
def test_nothing_to_show_is_still_a_drawing(chart: Callable[[], Drawing]) -> None:
    assert "t" in texts(chart())


@settings(max_examples=200, deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(1e-6, 1e6))
def test_ticks_lie_on_the_axis_and_are_few(low: float, span: float) -> None:
    axis = Axis("", low, low + span)
    found = ticks(axis)
    assert 1 <= len(found) <= 8
    slack = 1e-6 * (abs(low) + span)
    assert all(axis.low - slack <= tick <= axis.high + slack for tick in found)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=120), st.floats(30, 300), st.integers(1, 4))
def test_wrapped_text_keeps_to_its_room(text: str, room: float, lines: int) -> None:
    rows = wrap(text, 12, room, lines)
    assert 1 <= len(rows) <= lines
    assert all(text_width(row, 12) <= room or len(row) == 1 for row in rows)
    whole = "".join(rows).replace("…", "").replace(" ", "")
    assert clean(text).replace(" ", "").replace("…", "").startswith(whole)


def test_shortening_marks_what_is_left_out() -> None:
    assert shorten("short", 12, 200) == "short"
    assert shorten("a very long label indeed", 12, 60).endswith("…")
