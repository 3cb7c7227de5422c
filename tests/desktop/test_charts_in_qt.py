"""The charts of the core, drawn by Qt's own SVG renderer."""

from __future__ import annotations

from dataclasses import fields

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from core.report import charts
from core.report.charts import DARK, LIGHT, Bar, Drawing, Palette, Stack, Tone
from core.report.hatch import Palette as Colours
from desktop import colors

PAIRS = [(LIGHT, colors.LIGHT), (DARK, colors.DARK)]


def painted(drawing: Drawing) -> QImage:
    renderer = QSvgRenderer(QByteArray(drawing.to_svg().encode()))
    assert renderer.isValid()
    image = QImage(int(drawing.width), int(drawing.height), QImage.Format.Format_RGB32)
    image.fill(0xFF00FF)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


@pytest.mark.parametrize(("palette", "window"), PAIRS, ids=["light", "dark"])
def test_the_colours_are_those_of_the_window(palette: Palette, window: colors.Colors) -> None:
    renamed = {"strong": "strong_border"}
    for field in fields(Colours):
        assert getattr(palette, field.name) == getattr(window, renamed.get(field.name, field.name))


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
def test_qt_paints_ground_bars_and_numbers(qapp: object, palette: Palette) -> None:
    image = painted(charts.bars("比较 <A>", [Bar("模型", 1.0)], limit=1.0, palette=palette))
    seen = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert {palette.surface, palette.accent, palette.text} <= seen
    assert "#ff00ff" not in seen


def test_hatched_parts_show_ground_and_ink(qapp: object) -> None:
    legend = [("a", Tone.CONTRADICTED), ("b", Tone.CONFLICTING)]
    image = painted(charts.stacked_bars("", legend, [Stack("", (50, 50))]))
    reds = sum(
        image.pixelColor(x, y).red() > image.pixelColor(x, y).blue() + 60
        for x in range(image.width())
        for y in range(image.height())
    )
    assert 500 < reds < image.width() * image.height() / 4
