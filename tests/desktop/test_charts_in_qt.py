"""The charts of the core, drawn by Qt's own SVG renderer."""

from __future__ import annotations

from dataclasses import fields

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.report import charts
from core.report.charts import DARK, LIGHT, Bar, Drawing, Palette, Stack, Tone
from core.report.hatch import Palette as Colours
from core.settings import Theme
from desktop import colors, theme
from desktop.widgets.chart import Chart

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


def names_of(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_the_widget_keeps_the_shape_and_says_the_title(qtbot: QtBot) -> None:
    drawing = charts.bars("Time", [Bar("A", 1.0)], limit=1.0)
    chart, narrow = Chart(), Chart(100)
    for each in (chart, narrow):
        qtbot.addWidget(each)
        each.show_chart(lambda palette: charts.bars("Time", [Bar("A", 1.0)], limit=1.0, palette=palette))
    assert (chart.sizeHint().width(), narrow.sizeHint().width()) == (round(drawing.width), 100)
    assert chart.heightForWidth(200) == round(drawing.height * 200 / drawing.width)
    assert chart.heightForWidth(9999) == round(drawing.height)
    assert narrow.heightForWidth(9999) == narrow.sizeHint().height() < chart.heightForWidth(200)
    assert chart.accessibleName() == "Time"


def test_the_widget_is_drawn_anew_when_the_theme_changes(qtbot: QtBot, qapp: QApplication) -> None:
    chart = Chart()
    qtbot.addWidget(chart)
    chart.show_chart(lambda palette: charts.bars("", [Bar("A", 1.0)], limit=1.0, palette=palette), "One bar")
    assert chart.accessibleName() == "One bar"
    assert LIGHT.surface in names_of(chart.grab().toImage())
    theme.apply(qapp, Theme.DARK, 1.0, chinese=False)
    qapp.processEvents()
    assert DARK.surface in names_of(chart.grab().toImage())
